"""The digest of a function's code covers exactly what its zip holds."""

import hashlib
from pathlib import Path

import pytest

from infra.byte_code import AWS_PYTHON
from infra.catalog import CATALOG, Function
from infra.function_code import FunctionCode, digest
from infra.paths import ROOT
from tests.infra.templates import Templates

EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)


@EVERY_ROW
def test_zip_holds_shared_and_own_folder_only(prod: Templates, row: Function) -> None:
    shipped = contents(zip_of(prod, row))

    expected = {
        path: content
        for path, content in contents(ROOT, "shared", "functions").items()
        if path.startswith(("shared/", f"functions/{row.name}/")) or path == "functions/__init__.py"
    }
    assert shipped == expected


@EVERY_ROW
def test_deployed_hash_is_the_digest_of_the_zip(prod: Templates, row: Function) -> None:
    folder = zip_of(prod, row)
    compiler = AWS_PYTHON if any(folder.rglob("*.pyc")) else "none"

    assert asset_hash(prod, row) == hashlib.sha256(digest(folder, compiler).encode()).hexdigest()


def test_change_of_any_shipped_file_changes_the_digest(tmp_path: Path) -> None:
    folder = a_zip(tmp_path)
    before = digest(folder, "3.13")

    after = {path: digest_with_change(folder, path) for path in contents(folder)}

    assert set(after) == {"functions/__init__.py", "functions/invite/handler.py", "shared/clock.py", "shared/mail.toml"}
    assert [path for path, changed in after.items() if changed == before] == []


def test_digest_names_the_compiler(tmp_path: Path) -> None:
    folder = a_zip(tmp_path)

    assert digest(folder, "3.13") != digest(folder, "none")


def test_other_functions_do_not_change_the_digest(tmp_path: Path) -> None:
    before = digest(a_zip(tmp_path / "one"), "3.13")

    after = digest(a_zip(tmp_path / "two", handler_of_another="changed"), "3.13")

    assert after == before


def a_zip(root: Path, *, handler_of_another: str = "another") -> Path:
    """Make the zip's folder of `invite` from a small copy of the sources."""
    sources = {
        "shared/clock.py": "clock",
        "shared/mail.toml": "mail",
        "functions/__init__.py": "package",
        "functions/invite/handler.py": "handler",
        "functions/resend/handler.py": handler_of_another,
    }
    for path, content in sources.items():
        file = root / "all" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return FunctionCode(root, "3.13").zip_folder("invite")


def digest_with_change(folder: Path, path: str) -> str:
    """Return the digest with one byte more in this file, and restore the file."""
    file = folder / path
    content = file.read_bytes()
    file.write_bytes(content + b"\n")
    changed = digest(folder, "3.13")
    file.write_bytes(content)
    return changed


def contents(folder: Path, *parts: str) -> dict[str, bytes]:
    """Return the files that are not byte code, by path."""
    roots = [folder / part for part in parts] or [folder]
    files = [file for root in roots for file in root.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def zip_of(prod: Templates, row: Function) -> Path:
    """The folder that the CDK zips and uploads."""
    return prod.folder / f"asset.{asset_hash(prod, row)}"


def asset_hash(prod: Templates, row: Function) -> str:
    code = prod.named("AWS::Lambda::Function", row.name)["Code"]
    return str(code["S3Key"]).removesuffix(".zip")

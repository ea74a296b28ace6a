"""Folders as Lambda would see them: one for each zip, one for each layer, compiled as they are deployed."""

import compileall
import py_compile
import shutil
from collections.abc import Iterable
from pathlib import Path

import boto3

from infra.build_layer import CA_BUNDLE
from infra.paths import BUILD, ROOT

STAGE = BUILD / "bench"
LAYER = BUILD / "layer-local" / "python"
AMAZONS_AUTHORITIES = LAYER / CA_BUNDLE
PROGRAMS = Path(__file__).with_name("programs")
_PACKAGES = Path(boto3.__file__).parents[1]
_RUNTIME = ("awslambdaric", "simplejson", "snapshot_restore_py.py", "runtime_client*.so")
_STOCK = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3")
_TYPICAL = (
    "annotated_types",
    "aws_lambda_powertools",
    "pydantic",
    "pydantic_core",
    "typing_extensions.py",
    "typing_inspection",
)


def source_of(name: str) -> list[Path]:
    """The files of a function's zip."""
    ours = [*(ROOT / "shared").rglob("*"), *(ROOT / "functions" / name).rglob("*"), ROOT / "functions" / "__init__.py"]
    return sorted(path for path in ours if path.is_file() and not _is_cache(path.relative_to(ROOT)))


def _is_cache(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def clean_stage() -> Path:
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    return STAGE


def zip_folder(name: str) -> Path:
    """What is in a function's zip, unpacked."""
    folder = STAGE / "functions" / name
    for path in source_of(name):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    _compile(folder)
    return folder


def runtime_folder() -> Path:
    """What AWS brings: the runtime client."""
    return _installed("runtime", _RUNTIME)


def stock_folder() -> Path:
    """The whole of boto3, as AWS brings it."""
    return _installed("stock", _STOCK)


def typical_folder() -> Path:
    """Powertools and pydantic, as their published layers bring them."""
    return _installed("typical", _TYPICAL)


def programs_folder() -> Path:
    """The yardstick, the peer and the floor."""
    return _copied("programs", PROGRAMS.glob("*.py"))


def _installed(name: str, patterns: Iterable[str]) -> Path:
    return _copied(name, (path for pattern in patterns for path in _PACKAGES.glob(pattern)))


def _copied(name: str, paths: Iterable[Path]) -> Path:
    folder = STAGE / name
    folder.mkdir()
    for path in paths:
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(path, folder / path.name)
    _compile(folder)
    return folder


def _compile(folder: Path) -> None:
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(folder, quiet=2, workers=0, invalidation_mode=mode)

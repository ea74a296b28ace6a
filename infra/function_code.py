"""The code of each function: a folder with `shared/` and the function's own folder, and a digest of its files."""

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from infra import brand, partner_types, permissions, record_types
from infra.byte_code import AWS_PYTHON, compile_for
from infra.paths import BUILD, ROOT
from infra.stages import Stage

EXCLUDED = shutil.ignore_patterns("__pycache__", ".*")


@dataclass(frozen=True)
class FunctionCode:
    """Sources of all functions, copied and compiled once. `compiler` is the Python that compiled them, or "none"."""

    folder: Path
    compiler: str

    @classmethod
    def compile(cls, stage: Stage) -> "FunctionCode":
        """Copy the sources into a temporary folder of this process, since several may synthesise at once."""
        permissions.require_current()
        brand.require_current()
        partner_types.require_current()
        record_types.require_current()
        BUILD.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="code-", dir=BUILD))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        for source in ("shared", "functions"):
            shutil.copytree(ROOT / source, folder / "all" / source, ignore=EXCLUDED)
        is_compiled = compile_for("local" if stage.local else "arm64", folder / "all")
        compiler = (sys.version if stage.local else AWS_PYTHON) if is_compiled else "none"
        return cls(folder, compiler)

    def asset(self, name: str) -> lambda_.AssetCode:
        """Return the zip of one function, which changes only with its own files."""
        folder = self.zip_folder(name)
        return lambda_.Code.from_asset(
            str(folder), asset_hash=digest(folder, self.compiler), asset_hash_type=cdk.AssetHashType.CUSTOM
        )

    def zip_folder(self, name: str) -> Path:
        """Make a folder that holds exactly what the function's zip holds."""
        sources, folder = self.folder / "all", self.folder / name
        for part in ("shared", f"functions/{name}"):
            shutil.copytree(sources / part, folder / part, copy_function=os.link)
        os.link(sources / "functions" / "__init__.py", folder / "functions" / "__init__.py")
        return folder


def digest(folder: Path, compiler: str) -> str:
    """Hash every file of a zip's folder. Byte code counts as its compiler: it follows from that and the sources."""
    hashed = hashlib.sha256(compiler.encode())
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            hashed.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes() + b"\0")
    return hashed.hexdigest()

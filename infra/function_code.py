"""The code of functions, copied and compiled once for all of them; each zip holds `shared` and its own folder."""

import atexit
import hashlib
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from infra.byte_code import AWS_PYTHON, compile_for
from infra.paths import BUILD, ROOT
from infra.stages import Stage

LEFT_OUT = ("__pycache__", ".*")


@dataclass(frozen=True)
class FunctionCode:
    """A folder with everything, and what it was compiled by."""

    folder: Path
    compiled_by: str

    @classmethod
    def made_for(cls, stage: Stage) -> "FunctionCode":
        """In a folder of this process, since several may synthesise at once; the CDK keeps what it packs."""
        target = "local" if stage.local else "arm64"
        BUILD.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="code-", dir=BUILD))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        for source in ("shared", "functions"):
            shutil.copytree(ROOT / source, folder / source, ignore=shutil.ignore_patterns(*LEFT_OUT))
        compiled_by = (sys.version if stage.local else AWS_PYTHON) if compile_for(target, folder) else "nothing"
        return cls(folder, compiled_by)

    def of(self, name: str) -> lambda_.AssetCode:
        """Editing one handler changes one function: the hash is that of the sources, not of what compiling made."""
        return lambda_.Code.from_asset(
            str(self.folder),
            asset_hash=self._digest(name),
            asset_hash_type=cdk.AssetHashType.CUSTOM,
            ignore_mode=cdk.IgnoreMode.GIT,
            exclude=[
                "*",
                "!shared",
                "!shared/**",
                "!functions",
                "!functions/__init__.py",
                f"!functions/{name}",
                f"!functions/{name}/**",
            ],
        )

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256(self.compiled_by.encode())
        folders = [self.folder / "shared", self.folder / "functions" / name]
        files = [file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc"]
        for file in sorted(files):
            digest.update(str(file.relative_to(self.folder)).encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

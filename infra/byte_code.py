"""Compile sources ahead of time. The byte code is not checked against file dates, which unzipping changes."""

import shutil
import subprocess
import sys
from pathlib import Path

AWS_PYTHON = "3.13"


def compile_for(target: str, folder: Path, *, leave_out: str | None = None) -> bool:
    """Compile a folder for `local` or `arm64`, but for paths that match `leave_out`.

    Byte code depends on the minor version: returns False, and warns, if the target's Python is not installed here.
    """
    python = sys.executable if target == "local" else shutil.which(f"python{AWS_PYTHON}")
    if python is None or subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode:
        print(f"Python {AWS_PYTHON} not found: {folder.name} is not compiled, and starts more slowly.", file=sys.stderr)
        return False
    how = ["-q", "-j0", "--invalidation-mode", "unchecked-hash", "-s", str(folder)]
    if leave_out:
        how += ["-x", leave_out]
    subprocess.run([python, "-m", "compileall", *how, folder], check=True)
    return True

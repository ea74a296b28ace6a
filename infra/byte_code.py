"""Byte code beside the sources, so that no start compiles: by hash unchecked, since unzipping changes the times."""

import shutil
import subprocess
import sys
from pathlib import Path

AWS_PYTHON = "3.13"


def compile_for(target: str, folder: Path) -> bool:
    """Only the target's own Python can do it; whether it is at hand. The target is `local` or `arm64`."""
    python = sys.executable if target == "local" else shutil.which(f"python{AWS_PYTHON}")
    if python is None or subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode:
        print(f"No Python {AWS_PYTHON} here: {folder.name} goes uncompiled and starts more slowly.", file=sys.stderr)
        return False
    how = ["-q", "-j0", "--invalidation-mode", "unchecked-hash", "-s", str(folder)]
    subprocess.run([python, "-m", "compileall", *how, folder], check=True)
    return True

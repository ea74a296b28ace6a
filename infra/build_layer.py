"""Builds the layer's folder: `python -m infra.build_layer local|arm64`."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.folders import BUILD, ROOT

SERVICES_USED = {"cognito-idp", "dynamodb", "events", "kms", "sesv2"}
AWS_PYTHON = "3.13"
NEVER_READ = [
    "aws_lambda_powertools/event_handler/openapi/swagger_ui",
    "boto3/data",  # of resources, which we do not use
    "boto3/examples",
    "phonenumbers/carrierdata",  # whose and where a number is, which nobody asks
    "phonenumbers/geodata",
    "phonenumbers/tzdata",
]
FOR_AWS = ["--python-platform", "aarch64-manylinux2014", "--python-version", AWS_PYTHON]


def build(target: str) -> Path:
    folder = BUILD / f"layer-{target}"
    packages = folder / "python"
    shutil.rmtree(folder, ignore_errors=True)
    install(packages, options=[] if target == "local" else FOR_AWS)
    leave_out_what_nobody_reads(packages)
    compile_for(target, packages)
    return folder


def install(packages: Path, *, options: Sequence[str]) -> None:
    # Copied, not linked: trimming must not reach into the installer's cache.
    how: list[str | Path] = [
        "--quiet",
        "--link-mode=copy",
        "--only-binary",
        ":all:",
        "--no-deps",
        "--require-hashes",
        *options,
    ]
    what: list[str | Path] = ["--requirements", ROOT / "requirements" / "runtime.txt", "--target", packages]
    subprocess.run([Path(sys.prefix) / "bin" / "uv", "pip", "install", *how, *what], check=True)


def leave_out_what_nobody_reads(packages: Path) -> None:
    """Most of it is botocore's models of services that we never call."""
    models = [path for path in (packages / "botocore" / "data").iterdir() if path.is_dir()]
    waste = [path for path in models if path.name not in SERVICES_USED]
    waste += [*packages.glob("*.dist-info"), *packages.rglob("__pycache__"), packages / "bin"]
    waste += [packages / path for path in NEVER_READ]
    for path in waste:
        shutil.rmtree(path, ignore_errors=True)


def compile_for(target: str, packages: Path) -> None:
    """By hash unchecked, since unzipping changes the times; only the target's own Python can do it."""
    python = sys.executable if target == "local" else shutil.which(f"python{AWS_PYTHON}")
    if python is None or subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode:
        print(f"No Python {AWS_PYTHON} here: the layer goes uncompiled and starts more slowly.")
        return
    subprocess.run(
        [python, "-m", "compileall", "-q", "-j0", "--invalidation-mode", "unchecked-hash", packages], check=True
    )


if __name__ == "__main__":
    print(build(sys.argv[1]).relative_to(ROOT))

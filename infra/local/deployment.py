"""The same stacks as on AWS, deployed to the emulator; templates are made anew only when their sources changed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import boto3

from infra.local.place import CDK, NODE, Place
from infra.paths import ROOT

ASSETS_BUCKET = "usher-assets"
SOURCES = ("functions", "infra", "shared", "pyproject.toml", "requirements")
Outputs = Mapping[str, str]


def synthesise(place: Place) -> None:
    """Six seconds, or none at all."""
    templates, noted = place.folder / "cdk.out", place.folder / "cdk.out.sources"
    sources = digest(place)
    if noted.exists() and noted.read_text() == sources:
        return
    noted.unlink(missing_ok=True)
    shutil.rmtree(templates, ignore_errors=True)
    ports = {"USHER_PORT": str(place.emulator_port), "USHER_WEB_PORT": str(place.web_port)}
    environment = {"STAGE": "local", "CDK_OUTDIR": str(templates), "JSII_NODE": str(NODE), **ports}
    _run(place, "synth", [sys.executable, "-m", "infra.app"], environment)
    noted.write_text(sources)


def deploy(place: Place) -> Outputs:
    """The outputs of all stacks, by their names."""
    _make_assets_bucket()
    outputs = place.folder / "outputs.json"
    command: list[str | Path] = [
        NODE,
        CDK,
        "deploy",
        "--all",
        "--app",
        place.folder / "cdk.out",
        "--outputs-file",
        outputs,
    ]
    quietly = ["--require-approval", "never", "--progress", "events"]
    without_asking = {"CDK_DISABLE_VERSION_CHECK": "1", "CDK_DISABLE_CLI_TELEMETRY": "true"}
    _run(place, "deploy", [*command, *quietly], {**place.aws_environment, **without_asking})
    stacks = json.loads(outputs.read_text())
    return {name: value for stack in stacks.values() for name, value in stack.items()}


def _make_assets_bucket() -> None:
    s3 = boto3.client("s3")
    try:
        s3.create_bucket(Bucket=ASSETS_BUCKET)
    except s3.exceptions.BucketAlreadyOwnedByYou:
        return


def _run(place: Place, name: str, command: list[str | Path], environment: Mapping[str, str]) -> None:
    log = place.folder / f"{name}.log"
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("wb") as output:
        ended = subprocess.run(
            command, cwd=ROOT, env={**bare, **environment}, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if ended.returncode:
        sys.stderr.write(log.read_text(errors="replace")[-4000:])
        raise SystemExit(f"The {name} failed; all of it is in {log}")


def digest(place: Place) -> str:
    """Of everything that the templates and the functions' files are made from."""
    digest = hashlib.sha256(f"{place.ports} {sys.version}".encode())
    for path in _source_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)

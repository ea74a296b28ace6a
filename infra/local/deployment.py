"""Synthesise and deploy the stacks of AWS to the emulator. Synthesis runs only if a source changed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import boto3

from infra.local.config import CDK, NODE, Config
from infra.paths import ROOT

ASSETS_BUCKET = "usher-assets"
SOURCES = ("cdk.json", "functions", "infra", "shared", "stages", "pyproject.toml", "requirements")
Outputs = Mapping[str, str]


def synthesise(config: Config) -> None:
    """Write the templates, which takes six seconds, unless they are up to date."""
    templates, stamp = config.folder / "cdk.out", config.folder / "cdk.out.sources"
    sources = digest(config)
    if stamp.exists() and stamp.read_text() == sources:
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(templates, ignore_errors=True)
    ports = {"USHER_PORT": str(config.emulator_port), "USHER_WEB_PORT": str(config.web_port)}
    environment = {"STAGE": "local", "CDK_OUTDIR": str(templates), "JSII_NODE": str(NODE), **ports}
    _run(config, "synth", [sys.executable, "-m", "infra.app"], environment)
    stamp.write_text(sources)


def deploy(config: Config) -> Outputs:
    """Deploy all stacks and return their outputs by name."""
    _make_assets_bucket()
    outputs = config.folder / "outputs.json"
    command: list[str | Path] = [
        NODE,
        CDK,
        "deploy",
        "--all",
        "--app",
        config.folder / "cdk.out",
        "--outputs-file",
        outputs,
    ]
    quietly = ["--require-approval", "never", "--progress", "events"]
    without_asking = {"CDK_DISABLE_VERSION_CHECK": "1", "CDK_DISABLE_CLI_TELEMETRY": "true"}
    _run(config, "deploy", [*command, *quietly], {**config.aws_environment, **without_asking})
    stacks = json.loads(outputs.read_text())
    return {name: value for stack in stacks.values() for name, value in stack.items()}


def _make_assets_bucket() -> None:
    s3 = boto3.client("s3")
    try:
        s3.create_bucket(Bucket=ASSETS_BUCKET)
    except s3.exceptions.BucketAlreadyOwnedByYou:
        return


def _run(config: Config, name: str, command: list[str | Path], environment: Mapping[str, str]) -> None:
    log = config.folder / f"{name}.log"
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("wb") as output:
        ended = subprocess.run(
            command, cwd=ROOT, env={**bare, **environment}, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if ended.returncode:
        sys.stderr.write(log.read_text(errors="replace")[-4000:])
        raise SystemExit(f"{name} failed; see {log}")


def digest(config: Config) -> str:
    """Hash everything that the templates and the functions' zips are built from."""
    hashed = hashlib.sha256(f"{config.ports} {sys.version}".encode())
    for path in _source_files():
        hashed.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)

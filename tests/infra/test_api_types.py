import os
import subprocess
from pathlib import Path

from infra.local.config import NODE
from infra.openapi import DOCUMENT
from infra.paths import ROOT

WEB = ROOT / "web"


def test_api_types_of_the_pages_are_current(tmp_path: Path) -> None:
    """Generate the types to a temporary file, as `npm run api-types` does, and compare."""
    fresh = tmp_path / "schema.d.ts"
    program = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"

    subprocess.run(
        [NODE, program, DOCUMENT, "--default-non-nullable=false", "-o", fresh],
        check=True,
        capture_output=True,
        env=os.environ | {"FORCE_COLOR": "0"},
    )

    assert (WEB / "shared" / "schema.d.ts").read_text("utf-8") == fresh.read_text("utf-8")

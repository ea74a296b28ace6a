import os
import subprocess
from pathlib import Path

from infra.local.place import NODE
from infra.openapi import DOCUMENT
from infra.paths import ROOT

WEB = ROOT / "web"


def test_the_pages_know_the_api_as_it_is(tmp_path: Path) -> None:
    """`npm run api-types` writes it; here the same program writes it elsewhere."""
    fresh = tmp_path / "schema.d.ts"
    program = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"

    subprocess.run(
        [NODE, program, DOCUMENT, "--default-non-nullable=false", "-o", fresh],
        check=True,
        capture_output=True,
        env=os.environ | {"FORCE_COLOR": "0"},
    )

    assert (WEB / "shared" / "schema.d.ts").read_text("utf-8") == fresh.read_text("utf-8")

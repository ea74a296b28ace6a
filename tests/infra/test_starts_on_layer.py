"""Each handler is imported with the layer alone: what the layer leaves out, no function may need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.catalog import CATALOG, Function
from infra.paths import BUILD, ROOT
from shared.settings import VARIABLES
from tests.logos import a_png

LAYER = BUILD / "layer-local" / "python"


@pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
def test_handler_starts_with_the_layer_alone(row: Function) -> None:
    environment = dict.fromkeys(VARIABLES, "1=arn") | {
        "PASSWORD_MIN_LENGTH": "7",
        "AWS_DEFAULT_REGION": "us-east-1",
        "PATH": os.environ["PATH"],
        "POWERTOOLS_SERVICE_NAME": row.name,
    }
    program = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(LAYER)!r}]; import functions.{row.name}.handler"

    assert run(program, environment) == ""


def test_pictures_are_rewritten_with_the_layer_of_their_function(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(a_png())
    places = [str(ROOT), str(LAYER), str(BUILD / "pictures-local" / "python")]
    program = f"""
import sys
sys.path[:0] = {places!r}
from shared.adapters.pictures import rewrite
print(rewrite(open({str(upload)!r}, "rb").read()).media_type)
"""

    assert run(program, {"PATH": os.environ["PATH"]}) == "image/png\n"


def run(program: str, environment: dict[str, str]) -> str:
    """Return what the program prints; it finds nothing but what it puts into its path."""
    command = [sys.executable, "-S", "-I", "-B", "-c", program]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout

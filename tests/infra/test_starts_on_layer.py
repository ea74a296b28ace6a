"""Each handler is imported with the layer alone: what the layer leaves out, no function may need."""

import os
import subprocess
import sys

import pytest

from infra.catalog import CATALOG, Function
from infra.paths import BUILD, ROOT
from shared.settings import VARIABLES

LAYER = BUILD / "layer-local" / "python"


@pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
def test_handler_starts_with_the_layer_alone(row: Function) -> None:
    environment = dict.fromkeys(VARIABLES, "1=arn") | {
        "AWS_DEFAULT_REGION": "us-east-1",
        "PATH": os.environ["PATH"],
        "POWERTOOLS_SERVICE_NAME": row.name,
    }
    program = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(LAYER)!r}]; import functions.{row.name}.handler"

    started = subprocess.run(
        [sys.executable, "-S", "-I", "-B", "-c", program], env=environment, capture_output=True, text=True, check=False
    )

    assert started.returncode == 0, started.stderr

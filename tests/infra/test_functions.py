from typing import Any

import pytest

from infra.catalog import CATALOG, Function
from infra.paths import ROOT
from tests.infra.stages import PROD
from tests.infra.templates import Templates, log_group_of

EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)


def test_folders_equal_the_catalogue() -> None:
    folders = {handler.parent.name for handler in (ROOT / "functions").glob("*/handler.py")}

    assert folders == {row.name for row in CATALOG}


def test_functions_equal_the_catalogue(prod: Templates) -> None:
    names = {function["FunctionName"] for function in functions(prod)}

    assert names == {f"usher-prod-{row.name}" for row in CATALOG}


@EVERY_ROW
def test_function_runs_its_handler(prod: Templates, row: Function) -> None:
    function = prod.named("AWS::Lambda::Function", row.name)

    assert function["Handler"] == f"functions.{row.name}.handler.lambda_handler"
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == ["arm64"]
    assert function["Timeout"] == row.timeout_seconds
    assert function["LoggingConfig"] == {"LogGroup": log_group_of(row.name)}


def test_only_public_functions_have_reserved_concurrency(prod: Templates) -> None:
    ceilings = {
        function["FunctionName"]: function["ReservedConcurrentExecutions"]
        for function in functions(prod)
        if "ReservedConcurrentExecutions" in function
    }

    assert ceilings == {f"usher-prod-{row.name}": PROD.public_concurrency for row in CATALOG if row.public}


def test_only_the_function_of_logos_has_the_layer_with_pillow(prod: Templates) -> None:
    layers = {function["FunctionName"]: len(function["Layers"]) for function in functions(prod)}

    assert layers == {f"usher-prod-{row.name}": 2 if row.manages_logos else 1 for row in CATALOG}


def functions(prod: Templates) -> list[dict[str, Any]]:
    """Return the product's functions, without the CDK's own."""
    return [function for function in prod.of_type("AWS::Lambda::Function") if "FunctionName" in function]

from typing import Any

import pytest

from infra.catalog import CATALOG, Function
from infra.paths import ROOT
from infra.stages import PROD
from shared.domain.model.signed_tokens import TokenPurpose
from shared.settings import Settings
from shared.storage_schema import DIRECTORY, IDENTITIES, TABLES
from tests.infra.templates import Templates

EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
FOR_ALL = {
    "STAGE",
    "PRODUCT_NAME",
    "CONSOLE_URL",
    "HELP_URL",
    "TERMS_VERSION",
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_LOG_LEVEL",
    "AWS_CA_BUNDLE",
    "PYDANTIC_DISABLE_PLUGINS",
}


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
    assert function["LoggingConfig"] == {"LogGroup": f"/aws/lambda/usher-prod-{row.name}"}


@EVERY_ROW
def test_environment_has_only_what_the_row_needs(prod: Templates, row: Function) -> None:
    told = set(environment_of(prod, row))

    assert told == FOR_ALL | needed_by(row)


def test_environment_variables_are_known_to_settings(prod: Templates) -> None:
    told = {variable for row in CATALOG for variable in environment_of(prod, row)}

    known = set(map(str.upper, Settings._fields))
    assert {variable for variable in told if not variable.startswith(("AWS_", "POWERTOOLS_", "PYDANTIC_"))} <= known


def test_service_name_is_the_row_name(prod: Templates) -> None:
    told = {row.name: environment_of(prod, row)["POWERTOOLS_SERVICE_NAME"] for row in CATALOG}

    assert told == {row.name: row.name for row in CATALOG}


def test_only_public_functions_have_reserved_concurrency(prod: Templates) -> None:
    ceilings = {
        function["FunctionName"]: function["ReservedConcurrentExecutions"]
        for function in functions(prod)
        if "ReservedConcurrentExecutions" in function
    }

    assert ceilings == {f"usher-prod-{row.name}": PROD.public_concurrency for row in CATALOG if row.public}


def test_pepper_is_in_no_template(prod: Templates) -> None:
    peppers = {environment_of(prod, row).get("PEPPER", "{{resolve:secretsmanager:") for row in CATALOG}

    assert all(pepper.startswith("{{resolve:secretsmanager:") for pepper in peppers)


def needed_by(row: Function) -> set[str]:
    tables = {on.table for on in row.tables}
    needs = {
        "PEPPER": bool(tables & {DIRECTORY, IDENTITIES}),
        **{
            f"{purpose.upper()}_KEYS": purpose in {*row.generates_mac_with, *row.verifies_mac_with}
            for purpose in TokenPurpose
        },
        "USER_POOL_ID": bool(row.user_pool),
        "USER_POOL_CLIENT_ID": bool(row.user_pool),
        "SENDER": row.sends_mail,
        "CONFIGURATION_SET": row.sends_mail,
        "EVENT_BUS": row.puts_events,
        "LOGOS_BUCKET": row.manages_logos,
        **{table.environment: table in tables for table in TABLES},
    }
    return {variable for variable, needed in needs.items() if needed}


def environment_of(prod: Templates, row: Function) -> dict[str, str]:
    found: dict[str, str] = prod.named("AWS::Lambda::Function", row.name)["Environment"]["Variables"]
    return found


def functions(prod: Templates) -> list[dict[str, Any]]:
    """Return the product's functions, without the CDK's own."""
    return [function for function in prod.of_type("AWS::Lambda::Function") if "FunctionName" in function]

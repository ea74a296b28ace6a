from typing import Any

import pytest

from infra.catalog import CATALOG, Function
from infra.paths import ROOT
from infra.stages import PROD
from shared.settings import Settings
from shared.storage_schema import DIRECTORY, IDENTITIES, TABLES
from tests.infra.synthesised import Synthesised

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


def test_every_row_is_a_folder_and_every_folder_is_a_row() -> None:
    folders = {handler.parent.name for handler in (ROOT / "functions").glob("*/handler.py")}

    assert folders == {row.name for row in CATALOG}


def test_every_row_is_a_function_and_every_function_is_a_row(prod: Synthesised) -> None:
    names = {function["FunctionName"] for function in functions(prod)}

    assert names == {f"usher-prod-{row.name}" for row in CATALOG}


@EVERY_ROW
def test_a_function_runs_its_own_handler(prod: Synthesised, row: Function) -> None:
    function = prod.named("AWS::Lambda::Function", row.name)

    assert function["Handler"] == f"functions.{row.name}.handler.lambda_handler"
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == ["arm64"]
    assert function["Timeout"] == row.timeout_seconds
    assert function["LoggingConfig"] == {"LogGroup": f"/aws/lambda/usher-prod-{row.name}"}


@EVERY_ROW
def test_a_function_is_told_what_its_row_needs_and_nothing_else(prod: Synthesised, row: Function) -> None:
    told = set(environment_of(prod, row))

    assert told == FOR_ALL | needed_by(row)


def test_what_functions_are_told_is_what_settings_read(prod: Synthesised) -> None:
    told = {variable for row in CATALOG for variable in environment_of(prod, row)}

    known = set(map(str.upper, Settings._fields))
    assert {variable for variable in told if not variable.startswith(("AWS_", "POWERTOOLS_", "PYDANTIC_"))} <= known


def test_a_function_knows_itself_by_the_name_of_its_row(prod: Synthesised) -> None:
    told = {row.name: environment_of(prod, row)["POWERTOOLS_SERVICE_NAME"] for row in CATALOG}

    assert told == {row.name: row.name for row in CATALOG}


def test_only_functions_that_anyone_can_call_have_a_ceiling(prod: Synthesised) -> None:
    ceilings = {
        function["FunctionName"]: function["ReservedConcurrentExecutions"]
        for function in functions(prod)
        if "ReservedConcurrentExecutions" in function
    }

    assert ceilings == {f"usher-prod-{row.name}": PROD.public_concurrency for row in CATALOG if row.public}


def test_the_pepper_is_in_no_template(prod: Synthesised) -> None:
    peppers = {environment_of(prod, row).get("PEPPER", "{{resolve:secretsmanager:") for row in CATALOG}

    assert all(pepper.startswith("{{resolve:secretsmanager:") for pepper in peppers)


def needed_by(row: Function) -> set[str]:
    tables = {on.table for on in row.tables}
    needs = {
        "PEPPER": bool(tables & {DIRECTORY, IDENTITIES}),
        "MAILED_LINK_KEY": "mailed" in {*row.generates_mac_with, *row.verifies_mac_with},
        "COPIED_LINK_KEY": "copied" in {*row.generates_mac_with, *row.verifies_mac_with},
        "USER_POOL_ID": bool(row.user_pool),
        "USER_POOL_CLIENT_ID": bool(row.user_pool),
        "SENDER": row.sends_mail,
        "CONFIGURATION_SET": row.sends_mail,
        "EVENT_BUS": row.puts_events,
        "LOGOS_BUCKET": row.keeps_logos,
        **{table.environment: table in tables for table in TABLES},
    }
    return {variable for variable, needed in needs.items() if needed}


def environment_of(prod: Synthesised, row: Function) -> dict[str, str]:
    found: dict[str, str] = prod.named("AWS::Lambda::Function", row.name)["Environment"]["Variables"]
    return found


def functions(prod: Synthesised) -> list[dict[str, Any]]:
    """Ours; the CDK has one of its own in another stack."""
    return [function for function in prod.of_type("AWS::Lambda::Function") if "FunctionName" in function]

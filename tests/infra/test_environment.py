"""The environment variables of each function: those that its row needs, and a start fails without any of them."""

import functools
import importlib
import os
import sys
from collections.abc import Iterator

import pytest

import functions
from infra.catalog import CATALOG, Function
from shared.domain.model.signed_tokens import TokenPurpose
from shared.settings import VARIABLES, MissingSetting, settings
from shared.storage_schema import IDENTITIES, TABLES
from tests.infra.templates import Templates

EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
OF_LIBRARIES = {
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_LOG_LEVEL",
    "PYDANTIC_DISABLE_PLUGINS",
    "AWS_CA_BUNDLE",
}


def needed_by(row: Function) -> set[str]:
    purposes = {*row.generates_mac_with, *row.verifies_mac_with}
    needs = {
        "CONSOLE_URL": bool(purposes),
        "PEPPER": any(access.table is IDENTITIES for access in row.tables),
        **{f"{purpose.upper()}_KEYS": purpose in purposes for purpose in TokenPurpose},
        "USER_POOL_ID": bool(row.user_pool),
        "USER_POOL_CLIENT_ID": bool(row.user_pool),
        "SENDER": row.sends_mail,
        "CONFIGURATION_SET": row.sends_mail,
        "EVENT_BUS": row.puts_events,
        "LOGOS_BUCKET": row.manages_logos or row.deletes_logos,
        **{table.environment: bool(row.tables) for table in TABLES},
    }
    return {*row.settings, *(variable for variable, is_needed in needs.items() if is_needed)}


@pytest.fixture
def fresh_process() -> Iterator[None]:
    """Handlers, settings and adapters are made again, as at a cold start; afterwards those of before are back."""
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("functions.")}
    attributes = dict(vars(functions))
    forget_adapters()
    yield
    for name in [name for name in sys.modules if name.startswith("functions.")]:
        del sys.modules[name]
    sys.modules |= kept
    vars(functions).update(attributes)
    forget_adapters()


def forget_adapters() -> None:
    settings.cache_clear()
    for module in [module for name, module in sys.modules.items() if name.startswith("shared.adapters.")]:
        for name, opened in vars(module).items():
            if name.startswith("open_") and isinstance(opened, functools._lru_cache_wrapper):  # noqa: SLF001
                opened.cache_clear()


def start(row: Function, monkeypatch: pytest.MonkeyPatch, *, without: str | None = None) -> None:
    """Import the handler in an environment of exactly what the row needs."""
    given = {name: os.environ[name] for name in needed_by(row) - {without}}
    for variable in VARIABLES:
        monkeypatch.delenv(variable)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    importlib.import_module(f"functions.{row.name}.handler")


@EVERY_ROW
def test_template_has_only_the_variables_that_the_row_needs(prod: Templates, row: Function) -> None:
    assert set(environment_of(prod, row)) == OF_LIBRARIES | needed_by(row)


def test_variables_in_templates_are_known_to_settings(prod: Templates) -> None:
    variables = {variable for row in CATALOG for variable in environment_of(prod, row)}

    assert variables - OF_LIBRARIES == set(VARIABLES)


def test_service_name_is_the_row_name(prod: Templates) -> None:
    names = {row.name: environment_of(prod, row)["POWERTOOLS_SERVICE_NAME"] for row in CATALOG}

    assert names == {row.name: row.name for row in CATALOG}


def test_pepper_is_in_no_template(prod: Templates) -> None:
    peppers = {environment_of(prod, row).get("PEPPER", "{{resolve:secretsmanager:") for row in CATALOG}

    assert all(pepper.startswith("{{resolve:secretsmanager:") for pepper in peppers)


@EVERY_ROW
@pytest.mark.usefixtures("fresh_process")
def test_function_starts_with_exactly_its_variables(row: Function, monkeypatch: pytest.MonkeyPatch) -> None:
    start(row, monkeypatch)

    assert f"functions.{row.name}.handler" in sys.modules


@pytest.mark.parametrize(
    ("row", "variable"),
    [(row, variable) for row in CATALOG for variable in sorted(needed_by(row))],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
@pytest.mark.usefixtures("fresh_process")
def test_function_does_not_start_without_one_of_its_variables(
    row: Function, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MissingSetting, match=f" {variable} "):
        start(row, monkeypatch, without=variable)


@pytest.mark.usefixtures("fresh_process")
def test_an_empty_variable_is_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENT_BUS", "")

    with pytest.raises(MissingSetting, match="EVENT_BUS"):
        importlib.import_module("functions.publish_events.handler")


def environment_of(prod: Templates, row: Function) -> dict[str, str]:
    found: dict[str, str] = prod.named("AWS::Lambda::Function", row.name)["Environment"]["Variables"]
    return found

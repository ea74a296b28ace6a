import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from openapi_spec_validator import validate

from infra import openapi
from infra.catalog import CATALOG
from shared.api.problems import INTERNAL_ERROR, STATUS
from shared.domain.model import errors
from shared.domain.model.errors import Refusal
from tests.factories import GET_ACCOUNT
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import body_validator, call, document, require_described
from tests.invoke import Answer

TESTS = Path(__file__).parent


def _operations() -> list[tuple[str, dict[str, Any]]]:
    paths = document()["paths"]
    return [(f"{method.upper()} {path}", operation) for path in paths for method, operation in paths[path].items()]


def schema_faults(route: str, body: Any) -> list[str]:
    return [fault.message for fault in body_validator(route).iter_errors(body)]


def all_refusals(of: type[Refusal] = Refusal) -> set[type[Refusal]]:
    return {of, *(deeper for each in of.__subclasses__() for deeper in all_refusals(each))}


def test_the_checked_in_document_is_what_the_routes_say() -> None:
    rendered = openapi.rendered()

    assert openapi.DOCUMENT.read_text("utf-8") == rendered


def test_the_document_is_valid_and_names_every_route_once() -> None:
    routes = {route for function in CATALOG for route in function.routes} - {"$default"}

    described = {f"{method.upper()} {path}" for path, item in document()["paths"].items() for method in item}

    validate(document())
    assert described == routes


def test_operations_have_their_own_summaries_and_parameters_are_described() -> None:
    operations = [operation for _, operation in _operations()]

    summaries = [operation["summary"] for operation in operations]

    assert len(set(summaries)) == len(summaries)
    assert all(parameter["description"] for operation in operations for parameter in operation["parameters"])


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("\nused = ", "\nunused = ", r"without a description \['SeatsView.used'\], without a field \['unused'\]"),
        (
            '\n"Terms.version" = ',
            '\n"Term.version" = ',
            r"without a description \[\], without a field \['Term.version'\]",
        ),
        ('\nemail = "lee@', '\nmail = "lee@', r"without a field \['mail'\]"),
    ],
)
def test_fields_and_descriptions_that_do_not_match_fail_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, why: str
) -> None:
    changed = openapi.TEXTS.read_text("utf-8").replace(before, after)
    monkeypatch.setattr(openapi, "TEXTS", tmp_path / "texts.toml")
    openapi.TEXTS.write_text(changed, "utf-8")

    with pytest.raises(ValueError, match=why):
        openapi.document()


def test_the_examples_of_bodies_are_valid_bodies() -> None:
    examples = {
        route: json["example"]
        for route, operation in _operations()
        if "example" in (json := operation.get("requestBody", {}).get("content", {}).get("application/json", {}))
    }

    faults = [(route, fault) for route, example in examples.items() for fault in schema_faults(route, example)]

    assert len(examples) >= 20
    assert faults == []


def test_every_shape_but_problems_and_those_of_authzen_is_closed() -> None:
    schemas: dict[str, Any] = document()["components"]["schemas"]
    of_authzen = {
        "EvaluationOptions",
        "PartialQuestion",
        "ResourceProperties",
        *(name for name in schemas if name.startswith("Asked")),
    }

    objects = {name: schema for name, schema in schemas.items() if schema.get("type") == "object"}
    open_ones = {name for name, schema in objects.items() if schema.get("additionalProperties") is not False}

    assert sum(name.endswith("View") for name in objects) > 15
    assert open_ones == {"Problem"} | of_authzen  # AuthZEN wants unknown fields ignored.


def test_public_routes_alone_need_no_token() -> None:
    open_routes = {
        f"{method.upper()} {path}"
        for path, item in document()["paths"].items()
        for method, operation in item.items()
        if operation["security"] == []
    }

    assert open_routes == {
        "POST /v1/invitations/preview",
        "POST /v1/invitations/accept",
        "POST /v1/invitations/decline",
        "POST /v1/invitations/request-new",
        "POST /v1/recovery/start",
        "POST /v1/recovery/preview",
        "POST /v1/recovery/finish",
        "GET /v1/openapi.json",
    }


def test_an_answer_with_something_beside_its_shape_is_noticed() -> None:
    ann = an_account()
    answer = call(GET_ACCOUNT, caller=ann.signed_in, account_id="ab123")
    leaking = Answer(200, answer.headers, answer.text.replace('"seats":{', '"seats":{"secret":1,'))

    with pytest.raises(ValidationError):
        require_described(GET_ACCOUNT, leaking)


def test_every_refusal_has_one_status_and_one_sentence() -> None:
    refusals = all_refusals() - {Refusal}

    assert refusals == set(STATUS)
    assert all(400 <= status < 500 or code == "busy" for status, code in STATUS.values())
    assert all(re.fullmatch(r"[A-Z].*\.", refusal.sentence) for refusal in refusals)
    assert len({refusal.sentence for refusal in refusals}) == len(refusals)


def test_the_codes_are_those_of_the_contract() -> None:
    codes = {code for _, code in STATUS.values()} | {INTERNAL_ERROR[1]}

    assert document()["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == sorted(codes)
    assert STATUS[errors.AccountExists] == STATUS[errors.StaleRead] == (409, "conflict")
    assert STATUS[errors.InvitationNotFound][0] == STATUS[errors.NotFound][0] == 404
    assert {code for status, code in STATUS.values() if status == 410} == {
        "invitation_expired",
        "invitation_replaced",
        "invitation_revoked",
        "invitation_declined",
        "invitation_accepted",
        "recovery_expired",
    }


@pytest.mark.parametrize("refusal", sorted(all_refusals() - {Refusal}, key=str))
def test_every_refusal_is_met_by_a_test_of_a_function(refusal: type[Refusal]) -> None:
    files = [file for file in TESTS.glob("test_*.py") if file != Path(__file__)]

    tests = "".join(file.read_text("utf-8") for file in files)

    assert f'"{STATUS[refusal][1]}"' in tests

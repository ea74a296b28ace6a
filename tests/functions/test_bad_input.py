"""Requests that every route refuses, and that a refusal changes nothing."""

import base64
import importlib
import json
from typing import Any

import pytest

from infra.catalog import CATALOG
from tests.command_cases import PLAIN, ROUTES
from tests.factories import EVALUATION, EVALUATIONS, INVITE_MANY, PUT_RECORDS
from tests.functions.cached_fixtures import cached
from tests.functions.contract import body_schema, call, nothing_changes, refused, require_described, wrong_fields
from tests.invoke import Context, SignedIn, event, function_of, handler_of, run


def admits_host(route: str) -> bool:
    """Whether the host product may call the route with credentials of its own."""
    module = importlib.import_module(f"functions.{function_of(route).name}.handler")
    return not module.api.routes[route].takes.keys().isdisjoint({"staff", "reader", "writer"})


WITH_BODY = [route for route in ROUTES if (body_schema(route) or {}).get("properties")]
NEEDING_A_BODY = [route for route in WITH_BODY if (body_schema(route) or {}).get("required")]
PROTECTED = [route for route in ROUTES if not function_of(route).public]
WRONG_KINDS: tuple[object, ...] = (None, True, 7, 1.5, "text", [], ["x"], {}, {"x": "y"}, [[[]]])
NOT_JSON = (
    "{",
    "}",
    "nonsense",
    '{"a":1,}',
    "{'a': 1}",
    '{"a":1}{"b":2}',
    "\ufeff\ufeff{}",
    "\0",
    "\ud800",
    '"\\ud800"',
)
NESTED = "[" * 5_000
# Readers of JSON differ over these, so that a check and the code behind it may see other values.
AMBIGUOUS = (
    b'{"a": "\xff"}',
    b'{"a": "\xc3"}',
    b'{"a": "\xed\xa0\x80"}',
    "{}".encode("utf-16"),
    b'{"a": 1, "a": 1}',
    b'{"a": {"b": 1, "b": 2}}',
    b'[{"token": "x", "t\\u006fken": "y"}]',
    b'{"a": NaN}',
    b'{"a": -Infinity}',
    b"Infinity",
)


def good_request(route: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The body of a good request, and its other parts."""
    given = cached(("bad input", route), PLAIN[route].arrange)
    return given.parts.get("body", {}), {name: part for name, part in given.parts.items() if name != "body"}


@pytest.mark.parametrize("route", WITH_BODY)
def test_malformed_json_is_refused(route: str) -> None:
    _, parts = good_request(route)

    with nothing_changes():
        answers = [call(route, raw=raw, **parts) for raw in (*NOT_JSON, NESTED)]

    assert [refused(answer) for answer in answers] == [(400, "malformed_json")] * (len(NOT_JSON) + 1)


@pytest.mark.parametrize("route", WITH_BODY)
def test_json_that_readers_understand_differently_is_refused(route: str) -> None:
    _, parts = good_request(route)
    sent = [base64.b64encode(raw).decode() for raw in AMBIGUOUS]

    with nothing_changes():
        answers = [run(event(route, **parts) | {"body": raw, "isBase64Encoded": True}) for raw in sent]

    assert [refused(answer) for answer in answers] == [(400, "malformed_json")] * len(AMBIGUOUS)


@pytest.mark.parametrize("route", WITH_BODY)
def test_body_that_is_no_object_is_refused(route: str) -> None:
    _, parts = good_request(route)

    with nothing_changes():
        answers = [call(route, raw=raw, **parts) for raw in ("null", "[]", "7", '"text"', "true", "[{}]")]

    assert [wrong_fields(answer) for answer in answers] == [{"body"}] * 6


@pytest.mark.parametrize("route", WITH_BODY)
def test_field_of_the_wrong_kind_is_named(route: str) -> None:
    good, parts = good_request(route)

    with nothing_changes():
        found = [
            (name, wrong, call(route, body=good | {name: wrong}, **parts))
            for name in good
            for wrong in WRONG_KINDS
            if type(wrong) is not type(good[name]) and not (wrong is None and is_nullable(route, name))
        ]

    for name, wrong, answer in found:
        assert refused(answer) == (422, "invalid_request"), (name, wrong, answer.text)
        assert {field.partition(".")[0] for field in wrong_fields(answer)} == {name}, (name, wrong)


def is_nullable(route: str, field: str) -> bool:
    """Whether the document lets this field be null."""
    schema = (body_schema(route) or {})["properties"][field]
    return {"type": "null"} in (schema, *schema.get("anyOf", []))


IGNORING = {EVALUATION, EVALUATIONS}  # Their standard wants unknown fields ignored.


@pytest.mark.parametrize("route", [route for route in WITH_BODY if route not in IGNORING])
def test_unknown_field_is_refused(route: str) -> None:
    good, parts = good_request(route)

    names = ("unknown", "user_id", "__proto__", "")
    with nothing_changes():
        answers = [call(route, body=good | {name: 1}, **parts) for name in names]

    assert [wrong_fields(answer) for answer in answers] == [{"unknown"}, {"user_id"}, {"__proto__"}, {"body"}]


@pytest.mark.parametrize("route", NEEDING_A_BODY)
def test_empty_body_names_every_missing_field(route: str) -> None:
    good, parts = good_request(route)

    with nothing_changes():
        answers = [call(route, **parts), call(route, raw="", **parts), call(route, body={}, **parts)]

    assert len({str(answer.body["errors"]) for answer in answers}) == 1
    assert wrong_fields(answers[0]) <= set(good)


@pytest.mark.parametrize("route", WITH_BODY)
def test_body_of_more_than_64_kilobytes_or_a_megabyte_is_refused(route: str) -> None:
    body, parts = good_request(route)
    good, most = json.dumps(body), 1_048_576 if route in {INVITE_MANY, PUT_RECORDS} else 65_536
    largest = good + " " * (most - len(good))

    with nothing_changes():
        too_large = (largest + " ", "x" * (most + 5_000), "\u00e9" * (most // 2 + 1))
        answers = [call(route, raw=raw, **parts) for raw in too_large]
    answer = call(route, raw=largest, **parts)

    assert [refused(each) for each in answers] == [(413, "body_too_large")] * 3
    assert answer.status == PLAIN[route].status


@pytest.mark.parametrize("route", WITH_BODY)
def test_body_in_base64_is_the_same_body(route: str) -> None:
    body, parts = good_request(route)
    sent = base64.b64encode(json.dumps(body).encode()).decode()

    answer = run(event(route, **parts) | {"body": sent, "isBase64Encoded": True})

    assert answer.status == PLAIN[route].status


# ---- callers ----


@pytest.mark.parametrize("route", PROTECTED)
def test_only_a_valid_access_token_is_accepted(route: str) -> None:
    body, parts = good_request(route)
    caller: SignedIn = parts["caller"]
    groups = ("operators",)
    callers = {
        "id token": SignedIn(caller.username, caller.sub, groups, token_use="id"),
        "other sub": SignedIn(caller.username, "other", groups),
        "nobody": SignedIn("nobody@example.org", caller.sub, groups),
        "upper case": SignedIn(caller.username.upper(), caller.sub, groups),
        "empty": SignedIn("", "", groups),
    }

    with nothing_changes():
        answers = {name: refused(call(route, body=body, **(parts | {"caller": one}))) for name, one in callers.items()}

    assert answers == dict.fromkeys(callers, (401, "unauthorized"))


@pytest.mark.parametrize("route", [route for route in PROTECTED if not admits_host(route)])
def test_token_of_a_machine_is_refused(route: str) -> None:
    body, parts = good_request(route)
    made = event(route, **(parts | {"body": body, "caller": SignedIn("", "client")}))
    claims = {"sub": "client", "client_id": "client", "token_use": "access", "scope": "usher/host"}
    made["requestContext"]["authorizer"]["jwt"]["claims"] = claims

    with nothing_changes():
        answer = run(made)

    require_described(route, answer)
    assert refused(answer) == (403, "not_allowed")


@pytest.mark.parametrize("name", sorted({function.name for function in CATALOG if function.routes}))
@pytest.mark.parametrize(
    "shape", [{}, {"every": "minute"}, {"Records": []}, {"routeKey": "GET /elsewhere"}, {"version": "1.0"}]
)
def test_event_of_another_shape_raises(name: str, shape: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        handler_of(name)(shape, Context())

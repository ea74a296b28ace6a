"""What no route accepts, and that a refusal changes nothing."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest

from infra.catalog import CATALOG
from tests import aws_fixture
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    EDIT,
    EDIT_ME,
    INVITE,
    JOIN,
    OPEN_ACCOUNT,
    PREVIEW,
    PROFILE,
    SETTINGS,
    TERMS,
    a_user,
    acceptance,
    an_account,
    an_operator,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import standing
from tests.functions.contract import call, nothing_changes, refused, require_described, wrong_fields
from tests.invoke import Context, SignedIn, event, handler_of, run

POSTS = (INVITE, DEACTIVATE, PREVIEW, ACCEPT, JOIN, OPEN_ACCOUNT, ADMINISTRATORS)
PROTECTED = [route for function in CATALOG for route in function.routes if not function.public]
LEE = {"first_name": "Lee", "last_name": "Sherron", "email": "new@example.org"}
WRONG_KINDS: tuple[object, ...] = (None, True, 7, 1.5, "text", [], ["x"], {}, {"x": "y"}, [[[]]])
NOT_JSON = ("{", "}", "nonsense", '{"a":1,}', "{'a': 1}", '{"a":1}{"b":2}', "\ufeff{}", "\0", "\ud800", '"\\ud800"')
NESTED = "[" * 5_000


# Something that may change, for routes that take no less.
SMALL = {
    EDIT: {"first_name": "Lea"},
    EDIT_ME: {"first_name": "Lea"},
    PROFILE: {"signature": "Lea"},
    SETTINGS: {"locale": "de"},
}


def a_scene() -> tuple[dict[str, Any], dict[str, Any]]:
    """A good body for each route that takes one, and the other parts of such calls."""
    return standing("a snapshot of bad input", _a_scene)


def _a_scene() -> tuple[dict[str, Any], dict[str, Any]]:
    ann = an_account()
    lee = a_user(ann)
    user = invited(ann, "new@example.org")
    bodies = {
        INVITE: LEE | {"email": "newer@example.org", "groups": ["everyone"]},
        DEACTIVATE: {"reassign_to": None},
        PREVIEW: {"token": token_for(user)},
        ACCEPT: acceptance(token_for(user)),
        JOIN: {"token": token_for(user), "terms_version": TERMS},
        OPEN_ACCOUNT: {"account_id": "zz999", "name": "Z", "seats": 1, "admin": LEE},
        ADMINISTRATORS: LEE | {"email": "newest@example.org"},
    }
    by_ann = {"caller": ann.signed_in}
    by_operator = {"caller": an_operator()}
    parts: dict[str, Any] = {
        INVITE: by_ann | {"account_id": ACCOUNT},
        DEACTIVATE: by_ann | {"account_id": ACCOUNT, "user_id": lee.user_id},
        PREVIEW: {},
        ACCEPT: {},
        JOIN: {"caller": lee.signed_in},
        OPEN_ACCOUNT: by_operator,
        ADMINISTRATORS: by_operator | {"account_id": ACCOUNT},
    }
    return bodies, parts


@pytest.mark.parametrize("route", POSTS)
def test_what_is_no_json_is_refused_everywhere(route: str) -> None:
    _, parts = a_scene()

    with nothing_changes():
        answers = [call(route, raw=raw, **parts[route]) for raw in (*NOT_JSON, NESTED)]

    assert [refused(answer) for answer in answers] == [(400, "malformed_json")] * (len(NOT_JSON) + 1)


@pytest.mark.parametrize("route", POSTS)
def test_a_body_that_is_no_object_is_refused_everywhere(route: str) -> None:
    _, parts = a_scene()

    with nothing_changes():
        answers = [call(route, raw=raw, **parts[route]) for raw in ("null", "[]", "7", '"text"', "true", "[{}]")]

    assert [wrong_fields(answer) for answer in answers] == [{"body"}] * 6


@pytest.mark.parametrize("route", POSTS)
def test_a_field_of_the_wrong_kind_is_named_everywhere(route: str) -> None:
    bodies, parts = a_scene()
    good = bodies[route]

    with nothing_changes():
        found = [
            (name, wrong, call(route, body=good | {name: wrong}, **parts[route]))
            for name in good
            for wrong in WRONG_KINDS
            if type(wrong) is not type(good[name]) and not (wrong is None and name == "terms_version" and route == JOIN)
        ]

    for name, wrong, answer in found:
        assert refused(answer) == (422, "invalid_request"), (name, wrong, answer.text)
        assert {field.partition(".")[0] for field in wrong_fields(answer)} == {name}, (name, wrong)


@pytest.mark.parametrize("route", POSTS)
def test_an_unknown_field_is_refused_everywhere(route: str) -> None:
    bodies, parts = a_scene()

    names = ("unknown", "user_id", "__proto__", "")
    with nothing_changes():
        answers = [call(route, body=bodies[route] | {name: 1}, **parts[route]) for name in names]

    assert [wrong_fields(answer) for answer in answers] == [{"unknown"}, {"user_id"}, {"__proto__"}, {"body"}]


@pytest.mark.parametrize("route", [route for route in POSTS if route != DEACTIVATE])
def test_an_empty_body_names_everything_that_is_missing(route: str) -> None:
    bodies, parts = a_scene()

    with nothing_changes():
        answers = [
            call(route, **parts[route]),
            call(route, raw="", **parts[route]),
            call(route, body={}, **parts[route]),
        ]

    assert len({str(answer.body["errors"]) for answer in answers}) == 1
    assert wrong_fields(answers[0]) <= set(bodies[route])


@pytest.mark.parametrize("route", POSTS)
def test_a_body_of_more_than_64_kilobytes_is_refused_everywhere(route: str) -> None:
    bodies, parts = a_scene()
    good = json.dumps(bodies[route])
    largest = good + " " * (65_536 - len(good))

    with nothing_changes():
        answers = [call(route, raw=raw, **parts[route]) for raw in (largest + " ", "x" * 70_000, "\u00e9" * 32_769)]
    answer = call(route, raw=largest, **parts[route])

    assert [refused(each) for each in answers] == [(413, "body_too_large")] * 3
    assert answer.status in {200, 201} or route == JOIN


def test_a_body_in_base64_is_the_same_body() -> None:
    bodies, parts = a_scene()
    made = event(INVITE, **parts[INVITE])
    sent = base64.b64encode(json.dumps(bodies[INVITE]).encode()).decode()

    answer = run(made | {"body": sent, "isBase64Encoded": True})

    assert (answer.status, answer.body["email"]) == (201, "newer@example.org")


# ---- who calls ----


@pytest.mark.parametrize("route", PROTECTED)
def test_only_a_valid_access_token_is_heard(route: str) -> None:
    bodies, parts = a_scene()
    ids = {name: value for name, value in parts.get(route, {}).items() if name != "caller"}
    ids |= {"account_id": ACCOUNT} if "{account_id}" in route else {}
    ids |= {"user_id": "z" * 26} if "{user_id}" in route else {}
    sub = aws_fixture.cognito.admin_get_user(UserPoolId=aws_fixture.USER_POOL_ID, Username="ann@example.org")[
        "UserAttributes"
    ]
    right = {each["Name"]: each["Value"] for each in sub}["sub"]
    callers: Mapping[str, SignedIn] = {
        "id token": SignedIn("ann@example.org", right, groups=("operators",), token_use="id"),
        "other sub": SignedIn("ann@example.org", "other", groups=("operators",)),
        "nobody": SignedIn("nobody@example.org", right, groups=("operators",)),
        "upper case": SignedIn("ANN@example.org", right, groups=("operators",)),
        "empty": SignedIn("", "", groups=("operators",)),
    }

    with nothing_changes():
        answers = {
            name: refused(call(route, caller=caller, body=bodies.get(route, SMALL.get(route)), **ids))
            for name, caller in callers.items()
        }

    assert answers == dict.fromkeys(callers, (401, "unauthorized"))


@pytest.mark.parametrize("route", PROTECTED)
def test_a_machines_token_is_nobodys(route: str) -> None:
    bodies, _ = a_scene()
    ids = {"account_id": ACCOUNT, "user_id": "z" * 26}
    named: Any = {name: value for name, value in ids.items() if f"{{{name}}}" in route}
    made = event(route, caller=SignedIn("", "client"), body=bodies.get(route), **named)
    claims = {"sub": "client", "client_id": "client", "token_use": "access", "scope": "usher/host"}
    made["requestContext"]["authorizer"]["jwt"]["claims"] = claims

    with nothing_changes():
        answer = run(made)

    require_described(route, answer)
    assert refused(answer) == (401, "unauthorized")


@pytest.mark.parametrize("name", sorted({function.name for function in CATALOG if function.routes}))
@pytest.mark.parametrize(
    "shape", [{}, {"every": "minute"}, {"Records": []}, {"routeKey": "GET /elsewhere"}, {"version": "1.0"}]
)
def test_an_event_of_another_shape_raises(name: str, shape: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        handler_of(name)(shape, Context())

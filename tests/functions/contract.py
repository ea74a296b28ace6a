"""Calls whose answers are checked against the OpenAPI document, and states that must not change."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from functions import openapi
from tests import aws_fixture, invoke
from tests.factories import ACCOUNT, REACTIVATE, ActiveUser
from tests.invoke import Answer

_PROBLEM = {"type", "title", "status", "code", "detail", "request_id"}
_DEAD_LINKS = [f"invitation_{became}" for became in ("expired", "replaced", "revoked", "declined", "accepted")]
_FURTHER = {
    "invalid_request": {"errors"},
    "no_seat_available": {"seats", "options"},
    "group_in_use": {"user_count"},
    "last_admin": {"account_ids"},
    "reassign_target_required": {"counts", "options"},
    "already_invited": {"user_id"},
    "already_member": {"user_id"},
    "user_inactive": {"hint", "user_id"},
    "user_blocked": {"user_id"},
    "wrong_state": {"user_status", "allowed_actions"},
    "wrong_answer": {"attempts_left"},
    "rate_limited": {"retry_after"},
    "busy": {"retry_after"},
    **{code: {"locale"} for code in _DEAD_LINKS},
    "invitation_replaced": {"locale", "sent_at"},
}

_ONLY_FOR_SOME_CALLERS = {"user_id", "account_ids"}  # Who may view users; operators.


@cache
def document() -> Any:
    """The document as it is checked in."""
    return json.loads(Path(openapi.__file__).with_name("openapi.json").read_text("utf-8"))


def operation_of(route: str) -> dict[str, Any]:
    """The route's operation in the document."""
    method, path = route.split(" ")
    found: dict[str, Any] = document()["paths"][path][method.lower()]
    return found


def parameters_of(route: str, place: str) -> list[str]:
    """The names of a route's parameters in the path, the query or the header."""
    return [parameter["name"] for parameter in operation_of(route)["parameters"] if parameter["in"] == place]


def body_schema(route: str) -> dict[str, Any] | None:
    """The schema of a route's body, resolved; None if it takes no body."""
    body = operation_of(route).get("requestBody")
    return _resolved(body["content"]["application/json"]["schema"]) if body else None


def body_validator(route: str) -> Draft202012Validator:
    """What holds a body against the schema of its route."""
    return _validator(json.dumps(operation_of(route)["requestBody"]["content"]["application/json"]["schema"]))


def body_fields(route: str) -> list[str]:
    """Dotted paths of every field that a route's body may hold."""
    return list(_paths(body_schema(route) or {}))


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _paths(schema: dict[str, Any], before: str = "") -> Iterator[str]:
    for one in schema.get("anyOf", [schema]):
        for name, inner in (_resolved(one) if "$ref" in one else one).get("properties", {}).items():
            yield before + name
            yield from _paths(inner, f"{before}{name}.")


def with_field(body: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """The same body with another value at a dotted path."""
    name, _, rest = path.partition(".")
    return {**body, name: with_field(body.get(name) or {}, rest, value) if rest else value}


def call(route: str, **parts: Any) -> Answer:
    """An answer that is what the document says, and nothing beside it."""
    answer = invoke.call(route, **parts)
    require_described(route, answer)
    return answer


def on_user(route: str, by: ActiveUser, user_id: str, /, **body: Any) -> Answer:
    """Call a route about a user of the account ACCOUNT; `body` holds the fields of the request."""
    return call(route, caller=by.signed_in, account_id=ACCOUNT, user_id=user_id, body=body)


def comes_back(by: ActiveUser, person: ActiveUser, **body: Any) -> Answer:
    """Call the route that gives an inactive user access again."""
    return on_user(REACTIVATE, by, person.user_id, **body)


def require_described(route: str, answer: Answer) -> None:
    """Fails for an answer that the document does not describe."""
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.status >= 400:
        _require_problem(answer)
        return
    assert answer.headers["content-type"] == "application/json"
    schema = operation_of(route)["responses"][str(answer.status)]["content"]["application/json"]["schema"]
    _validator(json.dumps(schema)).validate(answer.body)


def _require_problem(answer: Answer) -> None:
    body = answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    _validator('{"$ref": "#/components/schemas/Problem"}').validate(body)
    assert body["status"] == answer.status, body
    assert answer.status < 500 or body["code"] == "busy", body
    further = _FURTHER.get(body["code"], set())
    assert set(body) - further == _PROBLEM
    assert further - set(body) <= _ONLY_FOR_SOME_CALLERS
    assert answer.headers.get("retry-after") == (str(body["retry_after"]) if "retry_after" in further else None)
    assert ("www-authenticate" in answer.headers) == (answer.status == 401)


@cache
def _validator(schema: str) -> Draft202012Validator:
    closed = {"components": _closed(document()["components"])}
    return Draft202012Validator(json.loads(schema) | closed)


def _closed(schema: Any) -> Any:
    """The same schema; an object has no members but those that it names, unless it says so."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return made


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Fails if tables, sign-ins or mails are others afterwards."""
    before = _state()
    yield
    assert _state() == before


def _state() -> Any:
    users = aws_fixture.cognito.list_users(UserPoolId=aws_fixture.USER_POOL_ID)["Users"]
    return aws_fixture.everything(), users, len(aws_fixture.sent_mails())


def refused(answer: Answer) -> tuple[int, str | None]:
    """Status and code."""
    return answer.status, answer.code


def wrong_fields(answer: Answer) -> set[str]:
    """The fields that an answer of 422 complains of."""
    assert refused(answer) == (422, "invalid_request"), answer.text
    return {error["field"] for error in answer.body["errors"]}

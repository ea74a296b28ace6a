"""From an event of the HTTP API to what a use case takes: ids, bodies, queries, the caller, the idempotency key."""

import base64
import re
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from shared.api.idempotency import request_key
from shared.domain.model import errors
from shared.domain.model.ids import ACCOUNT_ID, USER_ID
from shared.domain.policy.principals import Request

LARGEST_BODY = 64 * 1024  # bytes
_MOST_ERRORS = 50
_ENTITY_TAG = r'(?:W/)?("?)([0-9]{1,15})\1'
_ID_FORMS = {"account_id": ACCOUNT_ID, "user_id": USER_ID}

Event = dict[str, Any]


class Body(BaseModel):
    """A request's body: JSON types as they are, and no unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TokenBody(Body):
    """Of a request that needs a link and nothing else."""

    token: str


class IfMatch(NamedTuple):
    """The version that the caller saw, if they say so."""

    version: int | None


class Changes(Body):
    """What is to change: only what is given does, and something must be."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _something_is_given(self) -> "Changes":
        if not self.model_fields_set:
            raise ValueError("Name at least one field to change.")
        return self

    @property
    def given(self) -> dict[str, Any]:
        """The fields that the body names, also those that it empties with null."""
        return {name: getattr(self, name) for name in self.model_fields_set}


Unchanged = Field(default_factory=lambda: None)  # A field of `Changes`, in the document without a default.


class Query(BaseModel):
    """A request's query: text that is read as what the field wants, and no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def path_id(event: Event, name: str) -> str:
    """An id from the path; a malformed one is as unknown as any other: raises NotFound."""
    value = (event.get("pathParameters") or {}).get(name, "")
    if not _ID_FORMS[name].fullmatch(value):
        raise errors.NotFound
    return str(value)


def known_ids(event: Event) -> dict[str, str]:
    """Those ids of the path that have the form of one, and so may be logged."""
    given = event.get("pathParameters") or {}
    return {name: given[name] for name, form in _ID_FORMS.items() if form.fullmatch(given.get(name, ""))}


def raw_body(event: Event) -> bytes:
    """The body as it was sent, or an empty object; raises BodyTooLarge."""
    sent = event.get("body") or ""
    raw = base64.b64decode(sent) if event.get("isBase64Encoded") else sent.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST_BODY:
        raise errors.BodyTooLarge
    return raw or b"{}"


def body(event: Event, model: type[Body]) -> Body:
    """The body; raises BodyTooLarge, MalformedJson, InvalidRequest."""
    try:
        return model.model_validate_json(raw_body(event))
    except ValidationError as error:
        raise _refusal(error) from None


def query(event: Event, model: type[Query]) -> Query:
    """The query; raises InvalidRequest."""
    try:
        return model.model_validate(event.get("queryStringParameters") or {})
    except ValidationError as error:
        raise _refusal(error) from None


def if_match(event: Event) -> IfMatch:
    """The version of `If-Match`, which any matches where it is missing or `*`; raises InvalidRequest."""
    given = event["headers"].get("if-match", "*").strip()
    match = re.fullmatch(_ENTITY_TAG, given)
    if match is None and given != "*":
        raise errors.InvalidRequest([("If-Match", 'Use the version that you loaded, such as "3".')])
    return IfMatch(int(match[2]) if match else None)


def request(event: Event, operation_id: str, sent: Body | None) -> Request:
    """Return the request's id and, on a POST, its Idempotency-Key; raises InvalidRequest."""
    given = event["headers"].get("idempotency-key")
    if given is None or not event["routeKey"].startswith("POST "):
        return Request(operation_id)
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    sender = claims.get("username") or getattr(sent, "token", "")
    route = event["routeKey"], event["rawPath"]
    return Request(operation_id, request_key(given, route=route, sender=sender, body=raw_body(event)))


def _refusal(error: ValidationError) -> errors.Refusal:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(one["type"] == "json_invalid" for one in found):
        return errors.MalformedJson()
    return errors.InvalidRequest(
        (".".join(map(str, one["loc"])) or "body", one["msg"].removeprefix("Value error, "))
        for one in found[:_MOST_ERRORS]
    )

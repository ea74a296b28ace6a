"""From an event of the HTTP API to what a use case takes: ids, bodies, queries, the caller, the idempotency key."""

import base64
import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from shared.api.idempotency import request_key
from shared.api.validation_messages import message
from shared.domain.model import addresses, errors
from shared.domain.model.ids import ACCOUNT_ID, GROUP_ID, REQUEST_ID, TEAM_ID, USER_ID
from shared.domain.model.move_jobs import JOB_ID
from shared.domain.model.records import RECORD_ID, RECORD_TYPE
from shared.domain.policy.principals import Request

_MAX_ERRORS = 50
_NAME = r"[A-Za-z0-9_]+"
_REQUEST_ID = r"[!-~]{1,200}"
_VERSION = r'(?:W/)?("?)([0-9]{1,15})\1'
_OTHER_ENTITY_TAG = r'(?:W/)?"[!#-~]*"'
_NO_VERSION = 0  # The first is 1.
ID_FORMS = {
    "account_id": ACCOUNT_ID,
    "user_id": USER_ID,
    "request_id": REQUEST_ID,
    "team_id": TEAM_ID,
    "group_id": GROUP_ID,
    "type": RECORD_TYPE,
    "job_id": JOB_ID,
    "record_id": RECORD_ID,
}
ADDRESS = "email"  # The name of a part of the path; never logged.
_LOGGED_AS = {"request_id": "seat_request_id", "type": "record_type"}  # the line has a request_id of its own

Event = dict[str, Any]
Row = TypeVar("Row", bound="Body")


class Body(BaseModel):
    """A request's body: JSON types as they are, and no unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)
    max_bytes: ClassVar[int] = 64 * 1024


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
        """Return the fields that the body names, also those that it empties with null."""
        return {name: getattr(self, name) for name in self.model_fields_set}


Unchanged = Field(default_factory=lambda: None)  # A field of `Changes`, in the document without a default.


class InvalidRow(NamedTuple):
    """A row that its model refuses: as it was sent, and why."""

    given: Any
    refusal: errors.Refusal


def row_reader(model: type[Row]) -> Callable[[Any], Row | InvalidRow]:
    """Return the validator of the rows of a body, in which an invalid row refuses nothing but itself."""

    def read(given: Any) -> Row | InvalidRow:
        try:
            return model.model_validate_json(json.dumps(given))  # As JSON, whose lists are taken for tuples.
        except ValidationError as error:
            return InvalidRow(given, _refusal(error))

    return read


class Query(BaseModel):
    """A request's query: text that is read as what the field wants, and no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _flag(text: object) -> object:
    if text not in ("true", "false", True, False):
        raise ValueError("Use true or false.")
    return text in ("true", True)


Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]  # Of a query.


class PageQuery(Query):
    """Of a list; the cursor is that of the page before."""

    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Annotated[str, Field(min_length=1, max_length=2_000)] | None = None


def path_id(event: Event, name: str) -> str:
    """Return an id, or a canonical address, from the path; raises NotFound for a malformed one, as for one unknown."""
    value = (event.get("pathParameters") or {}).get(name, "")
    if name == ADDRESS:
        return _path_address(value)
    if not ID_FORMS[name].fullmatch(value):
        raise errors.NotFound
    return str(value)


def _path_address(value: str) -> str:
    try:
        return addresses.canonical(value)
    except ValueError as error:
        raise errors.NotFound from error


def known_ids(event: Event) -> dict[str, str]:
    """Return those ids of the path that have the form of one, and so may be logged."""
    given = event.get("pathParameters") or {}
    return {
        _LOGGED_AS.get(name, name): given[name]
        for name, form in ID_FORMS.items()
        if form.fullmatch(given.get(name, ""))
    }


def raw_body(event: Event, model: type[Body]) -> bytes:
    """Return the body as it was sent, without a byte-order mark, or an empty object; raises BodyTooLarge."""
    sent = event.get("body") or ""
    encoded = base64.b64decode(sent) if event.get("isBase64Encoded") else sent.encode("utf-8", "surrogatepass")
    raw = encoded.removeprefix(BOM_UTF8)
    if len(raw) > model.max_bytes:
        raise errors.BodyTooLarge
    return raw or b"{}"


def body(event: Event, model: type[Body]) -> Body:
    """Return the body; raises BodyTooLarge, MalformedJson, InvalidRequest."""
    raw = raw_body(event, model)
    _require_interoperable(raw)
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise _refusal(error) from None


def given_token(event: Event, model: type[Body]) -> str | None:
    """Return the token of a body, which may be invalid otherwise; None if it has none that is a text."""
    given = json.loads(raw_body(event, model))
    token = given.get("token") if isinstance(given, dict) else None
    return token if isinstance(token, str) else None


def query(event: Event, model: type[Query]) -> Query:
    """Return the query; raises InvalidRequest."""
    try:
        return model.model_validate(event.get("queryStringParameters") or {})
    except ValidationError as error:
        raise _refusal(error) from None


def callers_request_id(event: Event) -> dict[str, str]:
    """Return the header by which the caller names the request, for the answer to repeat; none without a plain one."""
    given = event["headers"].get("x-request-id", "")
    return {"x-request-id": given} if re.fullmatch(_REQUEST_ID, given) else {}


def if_match(event: Event) -> IfMatch:
    """Return the version of `If-Match`, which any matches where it is missing or `*`; raises InvalidRequest.

    An entity tag that is no version matches none.
    """
    given = event["headers"].get("if-match", "*").strip()
    if given == "*":
        return IfMatch(None)
    if match := re.fullmatch(_VERSION, given):
        return IfMatch(int(match[2]))
    if re.fullmatch(_OTHER_ENTITY_TAG, given):
        return IfMatch(_NO_VERSION)
    raise errors.InvalidRequest([("If-Match", 'Use the version that you loaded, such as "3".')])


def request(event: Event, operation_id: str, sent: Body | None) -> Request:
    """Return the request's id and, on a POST, its Idempotency-Key; raises InvalidRequest."""
    given = event["headers"].get("idempotency-key")
    if given is None or not event["routeKey"].startswith("POST "):
        return Request(operation_id)
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    sender = (
        claims.get("username") or claims.get("client_id") or getattr(sent, "token", "") or getattr(sent, "email", "")
    )
    route = event["routeKey"], event["rawPath"]
    return Request(
        operation_id, request_key(given, route=route, sender=sender, body=raw_body(event, type(sent) if sent else Body))
    )


def _require_interoperable(raw: bytes) -> None:
    """Raises MalformedJson for what readers of JSON understand differently (RFC 7493).

    That is text that is not UTF-8, an object that names a member twice, NaN and Infinity. The validator would take the
    last two.
    """
    try:
        json.loads(raw.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise errors.MalformedJson from error


def _without_repeats(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise ValueError("an object names a member twice")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _refusal(error: ValidationError) -> errors.Refusal:
    found = error.errors(include_url=False, include_input=False)
    if any(one["type"] == "json_invalid" for one in found):
        return errors.MalformedJson()
    # A list is counted without its invalid entries, of which each is named.
    named = {one["loc"][:depth] for one in found for depth in range(len(one["loc"]))}
    found = [one for one in found if one["type"] != "too_short" or one["loc"] not in named]
    return errors.InvalidRequest(
        (_field(one) or "body", message(one["type"], one.get("ctx", {}))) for one in found[:_MAX_ERRORS]
    )


def _field(error: Mapping[str, Any]) -> str:
    """Return the path of the field that an error is about, without the validator's own names of alternatives."""
    path = [str(part) for part in error["loc"]]
    if error["type"] != "extra_forbidden":  # The name of a field that does not exist is the caller's.
        path = [part for part in path if re.fullmatch(_NAME, part)]
    return ".".join(path)

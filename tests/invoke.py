"""Calls of the functions as API Gateway makes them: real events in, real answers out."""

import importlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from infra.catalog import CATALOG, Function
from tests import aws_recorder

_FUNCTIONS = {route: function for function in CATALOG for route in function.routes}


@dataclass
class Context:
    """Stands in for Lambda's context, as far as functions look at it."""

    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    remaining: int = 10_000
    function_name: str = "usher-tests"
    memory_limit_in_mb: int = 1024
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:111122223333:function:usher-tests"

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: of a function that is called here, or of the running stack."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str | None:
        """Return a problem's code, or the name of an exception of Cognito's."""
        if self.status < 400:
            return None
        name: str | None = self.body.get("code") or self.body.get("__type")
        return name.rpartition("#")[2] if name else None


@dataclass(frozen=True)
class SignedIn:
    """The claims of an access token."""

    username: str
    sub: str
    groups: tuple[str, ...] = ()
    token_use: str = "access"
    scope: str = ""
    signed_in_at: int = 0
    session: str = ""

    @classmethod
    def host(cls, client_id: str) -> "SignedIn":
        """Return the claims of the host's back end, which has no username."""
        return cls("", client_id, scope="usher/host")

    @property
    def claims(self) -> dict[str, str]:
        if self.scope:
            return {"sub": self.sub, "client_id": self.sub, "token_use": self.token_use, "scope": self.scope}
        claims = {"sub": self.sub, "username": self.username, "token_use": self.token_use}
        claims |= {"auth_time": str(self.signed_in_at), "origin_jti": self.session}
        return claims | ({"cognito:groups": f"[{' '.join(self.groups)}]"} if self.groups else {})


HOST = SignedIn.host("crm")


def event(
    route: str,
    *,
    caller: SignedIn | None = None,
    body: object = None,
    raw: str | None = None,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    **ids: str,
) -> dict[str, Any]:
    """Return an event of the HTTP API, payload format 2.0; `raw` is a body that need not be JSON."""
    method, _, path = route.partition(" ")
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    made: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "api.usher.example"} | (headers or {}),
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": "127.0.0.1"},
            "requestId": str(uuid.uuid4()),
            "stage": "$default",
        },
        "isBase64Encoded": False,
    }
    if caller:
        made["requestContext"]["authorizer"] = {"jwt": {"claims": caller.claims, "scopes": None}}
    if ids:
        made["pathParameters"] = ids
    if query:
        made["queryStringParameters"] = query
    if raw is not None or body is not None:
        made["body"] = json.dumps(body) if raw is None else raw
    return made


def function_of(route: str) -> Function:
    return _FUNCTIONS[route]


def handler_of(name: str) -> Any:
    """Return a function's entry point."""
    return importlib.import_module(f"functions.{name}.handler").lambda_handler


def call(route: str, *, context: Context | None = None, **parts: Any) -> Answer:
    """Call the function that answers this route."""
    return run(event(route, **parts), context=context)


def run(made: dict[str, Any], *, context: Context | None = None) -> Answer:
    """Call the function that answers this event's route."""
    name = function_of(made["routeKey"]).name
    with aws_recorder.running(name):
        answer = handler_of(name)(made, context or Context())
    found = Answer(answer["statusCode"], answer["headers"], answer["body"])
    aws_recorder.tell_answer(made, found.status, found.text)
    return found


def wake(name: str, payload: dict[str, Any] | None = None, *, context: Context | None = None) -> Any:
    """Run a function that is invoked by an event: that of its schedule, unless another is given."""
    with aws_recorder.running(name):
        return handler_of(name)(payload or {"every": "minute"}, context or Context(remaining=50_000))

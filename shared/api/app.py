"""The entry point of every function that answers over HTTP."""

import inspect
import json
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from shared import retries
from shared.api import parsing
from shared.api.authentication import Admitted, claims_of
from shared.api.idempotency import Replayed
from shared.api.parsing import Body, Event, IfMatch, Query
from shared.api.problems import INTERNAL_ERROR, problem, problem_of
from shared.domain.model import errors
from shared.domain.policy.principals import Caller, Request
from shared.logging import aws_code, entry_point, error_fields, logger

# By which AWS refuses a request for now, in any of its services.
_THROTTLED = {
    "ForbiddenException",  # Of the user pool's web ACL: too many sign-ins from one address, here that of a function.
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}

UseCase = TypeVar("UseCase", bound=Callable[..., BaseModel | str])
Answer = tuple[int, str, dict[str, object]]  # status, JSON, further fields of the log line
LinkCheck = Callable[[str, Request], object]  # Raises why the link of this token is dead.


class Route(NamedTuple):
    """A use case with its parameters and its result, read from its signature."""

    key: str
    status: int
    use_case: Callable[..., BaseModel | str]
    require_usable: LinkCheck | None = None

    @property
    def takes(self) -> dict[str, type]:
        """Return the types of the parameters by name: ids of the path, `request`, `body`, `query`, a caller."""
        return {name: getattr(found, "__origin__", found) for name, found in self._annotations.items()}

    @property
    def admits(self) -> dict[str, Admitted]:
        """Return whom the route admits, by the name of the parameter; empty for a route that anyone may call."""
        return {
            name: mark
            for name, found in self._annotations.items()
            for mark in getattr(found, "__metadata__", ())
            if isinstance(mark, Admitted)
        }

    @property
    def _annotations(self) -> dict[str, Any]:
        parameters = inspect.signature(self.use_case).parameters
        return {name: parameter.annotation for name, parameter in parameters.items()}

    @property
    def answers(self) -> type:
        """Return the model of a successful answer."""
        found: type = inspect.signature(self.use_case).return_annotation
        return found


class Api:
    """The routes of one function, and its entry point `handler`."""

    def __init__(self) -> None:
        self.handler = entry_point(self._handle)
        self.routes: dict[str, Route] = {}
        self._takes: dict[str, dict[str, type]] = {}
        self._admits: dict[str, dict[str, Admitted]] = {}

    def route(
        self, key: str, *, status: int = HTTPStatus.OK, require_usable: LinkCheck | None = None
    ) -> Callable[[UseCase], UseCase]:
        """Register the use case that answers `key`, the route as the HTTP API names it.

        `require_usable` checks the link of a body that is invalid otherwise, so that a dead link is refused first.
        """

        def register(use_case: UseCase) -> UseCase:
            route = Route(key, status, use_case, require_usable)
            self.routes[key], self._takes[key], self._admits[key] = route, route.takes, route.admits
            return use_case

        return register

    def _handle(self, event: Event, context: Any) -> dict[str, Any]:
        """Answer an event of the HTTP API, and log one line; raises for an event of another shape."""
        began = time.perf_counter()
        route, operation_id = self.routes[event["routeKey"]], context.aws_request_id
        status, body, log_fields = self._answer(route, event, context, operation_id)
        logger.info(
            "answered",
            extra={
                "route": route.key,
                "status": status,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                **parsing.known_ids(event),
                **log_fields,
            },
        )
        is_problem = status >= HTTPStatus.BAD_REQUEST
        return {
            "statusCode": status,
            "headers": {
                "content-type": "application/problem+json" if is_problem else "application/json",
                "cache-control": "no-store",
                "x-content-type-options": "nosniff",
            }
            | parsing.callers_request_id(event)
            | ({"www-authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {})
            | ({"retry-after": str(log_fields["retry_after"])} if "retry_after" in log_fields else {}),
            "body": body,
        }

    def _answer(self, route: Route, event: Event, context: Any, operation_id: str) -> Answer:
        try:
            arguments = self._arguments(route, event, operation_id)
            answer = retries.run(lambda: route.use_case(**arguments), remaining_ms=context.get_remaining_time_in_millis)
        except Replayed as replayed:
            return route.status, replayed.response, {"replayed": True}
        except errors.Refusal as refusal:
            return _refused(refusal, operation_id)
        except Exception as error:  # noqa: BLE001 (caught once, here: logged, counted, and answered)
            if aws_code(error) in _THROTTLED:
                status, busy, log_fields = _refused(errors.Busy(), operation_id)
                return status, busy, log_fields | error_fields(error)
            status, code = INTERNAL_ERROR
            sentence = "Something went wrong on our side. Try again, and quote this request_id if it keeps happening."
            body = problem(status, code, sentence, request_id=operation_id)
            return status, json.dumps(body), {"code": code, **error_fields(error)}
        return route.status, answer if isinstance(answer, str) else answer.model_dump_json(), {}

    def _arguments(self, route: Route, event: Event, operation_id: str) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        takes = self._takes[route.key]
        principals = {name: mark.principal_of(claims_of(event)) for name, mark in self._admits[route.key].items()}
        for name, kind in takes.items():
            if kind is str:
                arguments[name] = parsing.path_id(event, name)
            elif issubclass(kind, Body):
                arguments[name] = _body(route, event, kind, operation_id)
            elif issubclass(kind, Query):
                arguments[name] = parsing.query(event, kind)
            elif kind is IfMatch:
                arguments[name] = parsing.if_match(event)
        if "body" not in takes and route.key.startswith("POST "):
            parsing.body(event, Body)  # Refuses unknown fields where none is known.
        request = parsing.request(event, operation_id, arguments.get("body"))
        for name, principal in principals.items():
            arguments[name] = Caller(principal, request)
        if "request" in takes:
            arguments["request"] = request
        return arguments


def _body(route: Route, event: Event, model: type[Body], operation_id: str) -> Body:
    """Return the body. Raises why it is refused, but first why its link is dead (rule 12)."""
    try:
        return parsing.body(event, model)
    except errors.InvalidRequest:
        if route.require_usable and (token := parsing.given_token(event, model)):
            route.require_usable(token, Request(operation_id))
        raise


def _refused(refusal: errors.Refusal, operation_id: str) -> Answer:
    body = problem_of(refusal, request_id=operation_id)
    log_fields: dict[str, object] = {name: body[name] for name in ("code", "retry_after") if name in body}
    return int(str(body["status"])), json.dumps(body), log_fields

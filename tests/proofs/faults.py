"""What AWS and the network do to a call, done below botocore's own retries, as on the wire.

An injector sees every request of every client in this process while it is active, each attempt of a retrying client
by itself. It never patches the product itself.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError
from moto.core import botocore_stubber


class Killed(BaseException):
    """The process has died. Nothing catches this, and no later call reaches AWS."""


class Fault(StrEnum):
    """One fault of a call. Those "for good" strike each attempt and each further call of the operation."""

    REFUSED = "refused before it took effect"
    THROTTLED = "throttled once"
    THROTTLED_LASTING = "throttled for good"
    DOWN = "5xx once"
    DOWN_LASTING = "5xx for good"
    CONTENDED = "in conflict once"
    CONTENDED_LASTING = "in conflict for good"
    LOST = "answer lost once"
    LOST_LASTING = "answers lost for good"
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"

    @property
    def is_lasting(self) -> bool:
        return self.value.endswith("for good")

    @property
    def takes_effect(self) -> bool:
        return self in {Fault.LOST, Fault.LOST_LASTING, Fault.KILLED_AFTER}

    @property
    def is_passing(self) -> bool:
        """Whether a retrying client hides it from its caller."""
        return self.value.endswith("once")


@dataclass(frozen=True)
class Call:
    """One request as it is about to be sent; `attempt` counts from 1 within one call of a client's method."""

    service: str
    operation: str
    attempt: int
    request: AWSPreparedRequest

    @property
    def body(self) -> Any:
        """The request's JSON."""
        sent = self.request.body
        assert isinstance(sent, (bytes, str))
        return json.loads(sent)


Perform = Callable[[], AWSResponse]


class Injector(Protocol):
    """Decide what happens to each request."""

    def meet(self, call: Call, perform: Perform) -> AWSResponse: ...


_active: list[Injector] = []
_answer = botocore_stubber.BotocoreStubber.__call__


def _meet(self: Any, event_name: str, request: AWSPreparedRequest, **kwargs: Any) -> AWSResponse | None:
    def perform() -> AWSResponse:
        answer = _answer(self, event_name, request, **kwargs)
        assert answer is not None, "nothing may leave this process"
        return answer

    if not _active:
        return perform()
    _, service, operation = event_name.split(".")
    return _active[-1].meet(Call(service, operation, _attempt(request), request), perform)


botocore_stubber.BotocoreStubber.__call__ = _meet  # type: ignore[method-assign]


def _attempt(request: AWSPreparedRequest) -> int:
    """The number in the header of clients with standard retries; 1 for all others."""
    found = re.search(r"attempt=(\d+)", str(request.headers.get("amz-sdk-request")))
    return int(found[1]) if found else 1


@contextmanager
def injected(injector: Injector) -> Iterator[None]:
    """Hand every request to this injector."""
    _active.append(injector)
    try:
        yield
    finally:
        _active.pop()


class Strike:
    """Record the calls and strike one of them, counted from 0, with a fault; without a fault only record."""

    def __init__(self, position: int = 0, fault: Fault | None = None) -> None:
        self.calls: list[str] = []
        self.struck: str | None = None
        self.strikes = 0
        self._position, self._fault = position, fault
        self._dead = False

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        if self._dead:
            raise Killed
        if call.attempt == 1:
            self.calls.append(call.operation)
        if self._fault and self._strikes(call, self._fault):
            self.struck = call.operation
            self.strikes += 1
            self._dead = self._fault in {Fault.KILLED_BEFORE, Fault.KILLED_AFTER}
            return suffer(self._fault, call, perform)
        return perform()

    def _strikes(self, call: Call, fault: Fault) -> bool:
        if self.struck and fault.is_lasting:
            return call.operation == self.struck
        return not self.struck and len(self.calls) == self._position + 1


class Interruption:
    """Let something else happen completely just before one call, counted from 0."""

    def __init__(self, position: int, meanwhile: Callable[[], None]) -> None:
        self.happened: str | None = None
        self._count = 0
        self._position, self._meanwhile = position, meanwhile

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        self._count += call.attempt == 1
        if self._count == self._position + 1 and not self.happened:
            self.happened = call.operation
            with injected(PassThrough()):
                self._meanwhile()
        return perform()


class PassThrough:
    """Let everything pass."""

    def meet(self, call: Call, perform: Perform) -> AWSResponse:  # noqa: ARG002 (the protocol's)
        return perform()


def suffer(fault: Fault, call: Call, perform: Perform) -> AWSResponse:
    """Return or raise what the caller gets for this call."""
    match fault:
        case Fault.REFUSED:
            return _problem(call, 400, "AccessDeniedException")
        case Fault.THROTTLED | Fault.THROTTLED_LASTING:
            return _problem(call, 400, "ThrottlingException")
        case Fault.DOWN | Fault.DOWN_LASTING:
            return _problem(call, 500, "InternalServerError")
        case Fault.CONTENDED | Fault.CONTENDED_LASTING:
            return contended(call)
        case Fault.LOST | Fault.LOST_LASTING:
            perform()
            raise ConnectionClosedError(endpoint_url=call.request.url)
        case Fault.KILLED_BEFORE:
            raise Killed
        case Fault.KILLED_AFTER:
            perform()
            raise Killed


def contended(call: Call) -> AWSResponse:
    """Return the answer with which this operation reports a concurrent write."""
    if call.operation == "TransactWriteItems":
        writes = call.body["TransactItems"]
        reasons = [{"Code": "TransactionConflict", "Message": "in progress"}, *[{"Code": "None"}] * (len(writes) - 1)]
        return _problem(call, 400, "TransactionCanceledException", CancellationReasons=reasons)
    if call.operation in {"UpdateItem", "PutItem", "DeleteItem"}:
        return _problem(call, 400, "TransactionConflictException")
    if call.operation == "BatchGetItem":
        return response(call, 200, {"Responses": {}, "UnprocessedKeys": call.body["RequestItems"]})
    return _problem(call, 400, "TooManyRequestsException")


_OF_S3 = {  # Which has words of its own, in XML.
    "AccessDeniedException": (403, "AccessDenied"),
    "InternalServerError": (500, "InternalError"),
    "ThrottlingException": (503, "SlowDown"),
    "TooManyRequestsException": (503, "SlowDown"),
}


def _problem(call: Call, status: int, code: str, **members: Any) -> AWSResponse:
    if call.service == "s3":
        status, code = _OF_S3[code]
        raw = botocore_stubber.MockRawResponse(f"<Error><Code>{code}</Code><Message>{code}</Message></Error>")
        return AWSResponse(call.request.url, status, HTTPHeaders.from_dict({"x-amz-request-id": "injected"}), raw)
    return response(call, status, {"__type": code, "message": code, "Message": code, **members}, code=code)


def response(call: Call, status: int, body: dict[str, Any], *, code: str | None = None) -> AWSResponse:
    """Return an answer of AWS that comes from the injector alone."""
    raw = botocore_stubber.MockRawResponse(json.dumps(body))
    headers = {"x-amzn-RequestId": "injected"} | ({"x-amzn-ErrorType": code} if code else {})
    return AWSResponse(call.request.url, status, HTTPHeaders.from_dict(headers), raw)

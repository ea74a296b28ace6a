"""Make AWS calls fail, count them, and collect log lines."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from shared.adapters import clients
from shared.logging import logger


class _Http(NamedTuple):
    status_code: int


@contextmanager
def refusing(
    service: str,
    operation: str,
    code: str,
    *,
    message: str = "refused",
    status: int = 400,
    attempts: int = 3,
    times: int = 1_000,
    after: int = 0,
) -> Iterator[list[str]]:
    """AWS refuses such requests before it has done anything; yields those.

    It refuses each of them, or the first `times`, `after` so many that it takes.
    """
    refused: list[str] = []
    taken: list[str] = []

    def refuse(**_: Any) -> tuple[_Http, dict[str, Any]] | None:
        if len(taken) < after:
            taken.append(operation)
            return None
        if len(refused) >= times:
            return None
        refused.append(operation)
        metadata = {"HTTPStatusCode": status}
        return _Http(status), {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}

    with _listening(service, f"before-call.*.{operation}", refuse, attempts=attempts):
        yield refused


def losing_answers(
    service: str, operation: str, *, attempts: int = 3, times: int = 1
) -> AbstractContextManager[list[str]]:
    """AWS does what it is asked, and the answer is lost on its way; yields what was lost."""
    error = ReadTimeoutError(endpoint_url="https://aws.example")
    return _breaking(service, operation, error, is_done=True, attempts=attempts, times=times)


def unreachable(
    service: str, operation: str, *, attempts: int = 3, times: int = 1
) -> AbstractContextManager[list[str]]:
    """No connection to AWS comes about for the first such requests; yields those."""
    error = ConnectTimeoutError(endpoint_url="https://aws.example")
    return _breaking(service, operation, error, is_done=False, attempts=attempts, times=times)


@contextmanager
def _breaking(
    service: str, operation: str, error: Exception, *, is_done: bool, attempts: int, times: int
) -> Iterator[list[str]]:
    broken: list[str] = []

    def fail(event_name: str, **_: Any) -> None:
        if event_name.endswith(f".{operation}") and len(broken) < times:
            broken.append(operation)
            raise error

    events = _client(service, attempts).meta.events
    # After the one who stands in for AWS, or before.
    (events.register_last if is_done else events.register_first)("before-send", fail)
    try:
        yield broken
    finally:
        events.unregister("before-send", fail)


@contextmanager
def meanwhile(
    service: str, operation: str, what: Callable[[], object], *, attempts: int = 3, times: int = 1
) -> Iterator[None]:
    """Something happens before the first such request reaches AWS, or before each of the first `times`."""
    happened: list[object] = []

    def happen(**_: Any) -> None:
        if len(happened) < times:
            happened.append(True)
            what()

    with _listening(service, f"before-call.*.{operation}", happen, attempts=attempts):
        yield


@contextmanager
def counting(*services: str) -> Iterator[list[str]]:
    """The names of the requests that the product makes of these services."""
    made: list[str] = []

    def note(model: Any, **_: Any) -> None:
        made.append(model.name)

    with _listening(services[0], "before-call.*.*", note):
        if len(services) == 1:
            yield made
            return
        with counting(*services[1:]) as others:
            yield made
            made += others


@contextmanager
def _listening(service: str, event: str, what: Any, *, attempts: int = 3) -> Iterator[None]:
    client = _client(service, attempts)
    client.meta.events.register_first(event, what)
    try:
        yield
    finally:
        client.meta.events.unregister(event, what)


def _client(service: str, attempts: int) -> Any:
    return clients.client(service) if attempts == 3 else clients.client(service, attempts=attempts)


@contextmanager
def captured_logs() -> Iterator[io.StringIO]:
    """Collect what the functions log, as CloudWatch would have it."""
    captured = io.StringIO()
    handler: Any = logger.registered_handler
    before = handler.setStream(captured)
    try:
        yield captured
    finally:
        handler.setStream(before)


def log_lines(logs: io.StringIO, message: str) -> list[dict[str, Any]]:
    """Return the collected lines with this message."""
    return [line for line in map(json.loads, logs.getvalue().splitlines()) if line["message"] == message]

"""Records requests to AWS and answers to callers, for the tests that judge them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

_running: ContextVar[str | None] = ContextVar("running", default=None)


@contextmanager
def running(function: str) -> Iterator[None]:
    """What is asked of AWS meanwhile is asked by this function."""
    before = _running.set(function)
    try:
        yield
    finally:
        _running.reset(before)


@dataclass(frozen=True)
class Exchange:
    """One request of a function that reached AWS; one whose fault is injected before never does."""

    function: str
    service: str
    operation: str
    request: AWSPreparedRequest
    response: AWSResponse

    @property
    def text(self) -> str:
        """The request's body as it was sent."""
        sent = self.request.body or b""
        return sent.decode() if isinstance(sent, bytes) else str(sent)

    @cached_property
    def asked(self) -> Any:
        return json.loads(self.text)

    @property
    def answered(self) -> Any:
        return json.loads(self.response.text)

    @property
    def took_effect(self) -> bool:
        return self.response.status_code < 300

    @property
    def is_signed(self) -> bool:
        """Whether AWS judges it by the rights of the function's role; sign-ins are for everybody."""
        return "Authorization" in self.request.headers


Listener = Callable[[Exchange], None]
Reader = Callable[[dict[str, Any], int, str], None]  # an event of the HTTP API, the status and text of its answer
_listeners: list[Listener] = []
_readers: list[Reader] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call the listener with every exchange of every function in this process."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def reading(reader: Reader) -> Iterator[None]:
    """Call the reader with every answer to a caller."""
    _readers.append(reader)
    try:
        yield
    finally:
        _readers.remove(reader)


def tell(event_name: str, request: AWSPreparedRequest, response: AWSResponse | None) -> None:
    """`event_name` is botocore's: before-send.<service>.<operation>. What the tests themselves ask is not told."""
    function = _running.get()
    if function is None or response is None or not _listeners:
        return
    _, service, operation = event_name.split(".")
    exchange = Exchange(function, service, operation, request, response)
    for listener in tuple(_listeners):
        listener(exchange)


def tell_answer(event: dict[str, Any], status: int, text: str) -> None:
    """What a caller is answered."""
    for reader in tuple(_readers):
        reader(event, status, text)

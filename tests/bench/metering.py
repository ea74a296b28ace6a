"""Listens to what functions ask of AWS in this process, and to what AWS answers."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from moto.core.botocore_stubber import BotocoreStubber

from tests.bench.aws_stub import Recorded

# Moto has its own way to say it; AWS says application/x-amz-json-1.0 (DynamoDB) and -1.1 (others).
_JSON_1_0 = {"DynamoDB_20120810"}


@dataclass(frozen=True)
class Call:
    """One request that reached AWS, and its answer."""

    target: str  # as X-Amz-Target says it
    asked: dict[str, Any]
    answer: Recorded

    @property
    def service(self) -> str:
        return "dynamodb" if self.target.startswith("DynamoDB") else self.target.partition(".")[0].lower()

    @property
    def operation(self) -> str:
        return self.target.rpartition(".")[2]

    @property
    def answered(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.answer.body or b"{}")
        return parsed


@dataclass
class Calls:
    """In their order."""

    made: list[Call] = field(default_factory=list)

    @property
    def operations(self) -> Counter[str]:
        return Counter(call.operation for call in self.made)

    @property
    def dynamodb(self) -> list[Call]:
        return [call for call in self.made if call.service == "dynamodb"]

    @property
    def conversation(self) -> dict[str, list[Recorded]]:
        """For replaying: the answers by operation."""
        answers: dict[str, list[Recorded]] = {}
        for call in self.made:
            answers.setdefault(call.operation, []).append(call.answer)
        return answers


@contextmanager
def metered() -> Iterator[Calls]:
    """Everything that is asked of AWS meanwhile."""
    calls, answer = Calls(), BotocoreStubber.__call__

    def listen(self: Any, event_name: str, request: Any, **rest: Any) -> Any:
        response = answer(self, event_name, request, **rest)
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        if response is not None and "x-amz-target" in headers:
            target = headers["x-amz-target"]
            body = response.content
            response.raw = BytesIO(body)
            version = "1.0" if target.partition(".")[0] in _JSON_1_0 else "1.1"
            recorded = Recorded(response.status_code, f"application/x-amz-json-{version}", body)
            calls.made.append(Call(target, json.loads(request.body), recorded))
        return response

    BotocoreStubber.__call__ = listen  # type: ignore[method-assign]
    try:
        yield calls
    finally:
        BotocoreStubber.__call__ = answer  # type: ignore[method-assign]


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)

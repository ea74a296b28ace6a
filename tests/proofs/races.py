"""Races: threads behind one barrier, on an AWS with random transaction conflicts."""

import math
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from botocore.awsrequest import AWSResponse

from tests.invoke import Answer
from tests.proofs import snapshots
from tests.proofs.faults import Call, Perform, contended, injected
from tests.proofs.promises import CROWD, PROMISES, tried

T = TypeVar("T")

_CONFLICTING = {"TransactWriteItems", "UpdateItem"}
_CONFLICT_RATE = 0.2
_KINDS = 29  # of races, which share the promised number of rounds
_threads = ThreadPoolExecutor(CROWD)


class Crowd:
    """Let every fifth write conflict; keep the types of written journal entries in order."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._lock = threading.RLock()

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        if call.operation in _CONFLICTING and random.random() < _CONFLICT_RATE:  # noqa: S311 (chance, not secrecy)
            return contended(call)
        with self._lock:
            answer = perform()
            if call.operation == "TransactWriteItems" and answer.status_code == 200:
                self.written += _entries(call)
        return answer


def _entries(call: Call) -> Iterator[str]:
    """Yield the types of the journal entries that a transaction writes."""
    for write in call.body["TransactItems"]:
        item = write.get("Put", {}).get("Item", {})
        if "entry_id" in item:
            yield item["type"]["S"]


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """The answers in the order of the calls; the types of journal entries in the order of writing."""

    answers: list[T]
    written: list[str]


def race(calls: Sequence[Callable[[], T]]) -> Outcome[T]:
    """Run all calls at once, released by one barrier."""
    barrier = threading.Barrier(len(calls))

    def run(one: Callable[[], T]) -> T:
        barrier.wait(timeout=30)
        return one()

    crowd = Crowd()
    with injected(crowd):
        answers = list(_threads.map(run, calls))
    return Outcome(answers, crowd.written)


def rounds(part: float = 1) -> Iterator[int]:
    """Yield the promised number of rounds, each from the state that is stored now."""
    prepared, promised = snapshots.keep(), math.ceil(PROMISES["races"].cases * part / _KINDS)
    run = 0
    for number in range(promised):
        snapshots.put_back(prepared)
        yield number
        run += 1
    tried("races", run)


def divided(answers: Sequence[Answer], *, won: int, lost: set[tuple[int, str]]) -> tuple[list[Answer], list[Answer]]:
    """Return winners and losers. Raises AssertionError if a loser got another refusal than `lost` lists."""
    winners = [answer for answer in answers if answer.status == won]
    losers = [answer for answer in answers if answer.status != won]
    refusals = {(answer.status, answer.code or "") for answer in losers}
    assert refusals <= lost, f"unexpected refusals: {refusals - lost}"
    return winners, losers

"""Many at once: threads behind one barrier, on an AWS whose transactions meet each other now and then."""

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

_MEETING = {"TransactWriteItems", "UpdateItem"}
_HOW_OFTEN = 0.2
_KINDS = 26  # of races: what is promised for all of them is shared out
_threads = ThreadPoolExecutor(CROWD)


class Crowd:
    """Every fifth write is in conflict with another one; what was written is kept in its order."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._lock = threading.RLock()

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        if call.operation in _MEETING and random.random() < _HOW_OFTEN:  # noqa: S311 (chance, not secrecy)
            return contended(call)
        with self._lock:
            answer = perform()
            if call.operation == "TransactWriteItems" and answer.status_code == 200:
                self.written += _entries(call)
        return answer


def _entries(call: Call) -> Iterator[str]:
    """The types of the journal entries that a transaction writes."""
    for write in call.body["TransactItems"]:
        item = write.get("Put", {}).get("Item", {})
        if "entry_id" in item:
            yield item["type"]["S"]


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """Each one's answer, in the order in which they were given; the journal in the order in which it was written."""

    answers: list[T]
    written: list[str]


def race(calls: Sequence[Callable[[], T]]) -> Outcome[T]:
    """All of them at the same moment."""
    barrier = threading.Barrier(len(calls))

    def run(one: Callable[[], T]) -> T:
        barrier.wait(timeout=30)
        return one()

    crowd = Crowd()
    with injected(crowd):
        answers = list(_threads.map(run, calls))
    return Outcome(answers, crowd.written)


def rounds(part: float = 1) -> Iterator[int]:
    """The same race over and over from the same beginning, which is the world as it is now."""
    prepared, promised = snapshots.keep(), math.ceil(PROMISES["races"].cases * part / _KINDS)
    run = 0
    for number in range(promised):
        snapshots.put_back(prepared)
        yield number
        run += 1
    tried("races", run)


def divided(answers: Sequence[Answer], *, won: int, lost: set[tuple[int, str]]) -> tuple[list[Answer], list[Answer]]:
    """Winners and losers; losers were told one of these reasons and nothing else."""
    winners = [answer for answer in answers if answer.status == won]
    losers = [answer for answer in answers if answer.status != won]
    told = {(answer.status, answer.code or "") for answer in losers}
    assert told <= lost, f"somebody was told {told - lost}"
    return winners, losers

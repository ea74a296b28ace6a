"""Many clients at the same moment."""

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.invoke import Answer
from tests.proofs.promises import PROMISES, tried

SUITE = "emulator races"
_KINDS = 7  # of races: what is promised for all of them is shared out


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Each one's answer, in the order in which the calls were given."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Answer]) -> Answer:
        barrier.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def rounds() -> Iterator[int]:
    """The same race over and over."""
    yield from rounds_of(SUITE, kinds=_KINDS)


def rounds_of(suite: str, *, kinds: int = 1) -> Iterator[int]:
    """One of `kinds` races of a suite over and over."""
    promised = math.ceil(PROMISES[suite].cases / kinds)
    yield from range(promised)
    tried(suite, promised)


def winners_of(answers: Sequence[Answer], *, won: int, lost: set[tuple[int, str]]) -> list[Answer]:
    """Those who won; all others were told one of these reasons and nothing else."""
    told = {(answer.status, answer.code) for answer in answers if answer.status != won}
    assert told <= lost, f"someone was told {told - lost}"
    return [answer for answer in answers if answer.status == won]

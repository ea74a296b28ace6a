"""The one retry policy: exponential backoff with jitter, within a budget of retries and before a deadline.

Two loops draw on the budget of an invocation: a command that lost an optimistic lock runs again on a fresh read
(`run`), and a request to DynamoDB that contends with others is repeated (`current().wait()`). So an invocation makes at
most 1 + `max_retries` transactions, however they fail. Below it botocore repeats only what ended in a connection error,
a 5xx or in being throttled, up to the attempts of its client.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeVar

from shared.domain.model import errors

Remaining = Callable[[], float]  # milliseconds until the function's time-out

Result = TypeVar("Result")


class RetryPolicy(NamedTuple):
    """Pauses in seconds, before jitter: `base` before the first retry, then twice the one before, at most `cap`."""

    base: float = 0.03
    cap: float = 0.8
    max_retries: int = 8
    min_remaining_ms: float = 4_000  # For one more attempt.

    def pause(self, retry: int) -> float:
        """Return the seconds before this retry, counted from 0, times 0.5 to 1.5."""
        return min(self.cap, self.base * 2.0**retry) * random.uniform(0.5, 1.5)  # noqa: S311 (jitter is no secret)


POLICY = RetryPolicy()


class RetryBudget:
    """The retries of one invocation."""

    def __init__(
        self,
        policy: RetryPolicy = POLICY,
        *,
        remaining_ms: Remaining = lambda: float("inf"),
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._policy, self._remaining_ms, self._sleep = policy, remaining_ms, sleep or time.sleep
        self.used = 0

    def wait(self) -> bool:
        """Pause before one more attempt; return False, at once, if none is left or the deadline is too near."""
        pause = self._policy.pause(self.used)
        if self.used >= self._policy.max_retries:
            return False
        if self._remaining_ms() - pause * 1_000 < self._policy.min_remaining_ms:
            return False
        self.used += 1
        self._sleep(pause)
        return True


_current: ContextVar[RetryBudget | None] = ContextVar("retry_budget", default=None)


def current() -> RetryBudget:
    """Return the budget of this invocation; outside of one, as in a developer's command, a new one."""
    return _current.get() or RetryBudget()


@contextmanager
def budget(found: RetryBudget) -> Iterator[RetryBudget]:
    """Make this the budget of everything within."""
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


def run(command: Callable[[], Result], *, remaining_ms: Remaining) -> Result:
    """Return the command's result; it runs again on a fresh read if what it read has changed before its commit.

    So a refusal names its true reason. Raises StaleRead once the budget is used up or the deadline near.
    """
    with budget(RetryBudget(remaining_ms=remaining_ms)) as retries:
        while True:
            try:
                return command()
            except errors.StaleRead:
                if not retries.wait():
                    raise

from collections.abc import Callable

import pytest

from shared import retries
from shared.domain.model import errors
from shared.retries import POLICY, RetryBudget, RetryPolicy


class Clock:
    """Counts down while a budget sleeps."""

    def __init__(self, remaining_ms: float) -> None:
        self.remaining_ms = remaining_ms
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.remaining_ms -= seconds * 1_000

    def budget(self, policy: RetryPolicy = POLICY) -> RetryBudget:
        return RetryBudget(policy, remaining_ms=lambda: self.remaining_ms, sleep=self.sleep)


def test_pauses_double_up_to_the_cap_with_jitter() -> None:
    policy = RetryPolicy(base=0.1, cap=0.4, max_retries=5)
    clock = Clock(remaining_ms=1_000_000)
    budget = clock.budget(policy)

    while budget.wait():
        pass

    assert clock.pauses == [pytest.approx(pause, rel=0.5) for pause in (0.1, 0.2, 0.4, 0.4, 0.4)]


def test_budget_ends_after_its_retries() -> None:
    clock = Clock(remaining_ms=1_000_000)
    budget = clock.budget()

    waited = [budget.wait() for _ in range(20)]

    assert waited.count(True) == POLICY.max_retries == budget.used


@pytest.mark.parametrize("remaining_ms", [3_999, 4_000, 4_500, 5_000, 10_000])
def test_no_retry_begins_after_the_deadline(remaining_ms: float) -> None:
    clock = Clock(remaining_ms)
    budget = clock.budget()

    while budget.wait():
        assert clock.remaining_ms >= POLICY.min_remaining_ms

    assert clock.remaining_ms >= min(remaining_ms, POLICY.min_remaining_ms)


def failing(*refusals: type[errors.Refusal]) -> Callable[[], str]:
    left = iter(refusals)

    def command() -> str:
        for refusal in left:
            raise refusal
        return "done"

    return command


def test_command_runs_again_after_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)

    result = retries.run(failing(errors.StaleRead, errors.StaleRead), remaining_ms=lambda: 10_000)

    assert (result, len(pauses)) == ("done", 2)


@pytest.mark.parametrize("refusal", [errors.Outdated, errors.AccountExists, errors.NotFound])
def test_other_refusals_are_final(refusal: type[errors.Refusal]) -> None:
    with pytest.raises(refusal):
        retries.run(failing(refusal), remaining_ms=lambda: 10_000)


def test_nested_loops_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    transactions: list[int] = []

    def command() -> None:
        transactions.append(1)
        while retries.current().wait():
            transactions.append(1)
        raise errors.StaleRead

    with pytest.raises(errors.StaleRead):
        retries.run(command, remaining_ms=lambda: 1_000_000)

    assert len(transactions) == 1 + POLICY.max_retries


def test_budget_ends_with_its_invocation() -> None:
    retries.run(lambda: retries.current().wait(), remaining_ms=lambda: 10_000)

    assert retries.current().used == 0

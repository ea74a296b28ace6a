"""Clocks for tests that ask for them: one without waiting, and one that stands at noon."""

from collections.abc import Iterator

import pytest

from tests.functions.recovering import NOON
from tests.proofs import movable_clock


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.clock.time.sleep", lambda _: None)


@pytest.fixture
def movable_from_noon() -> Iterator[None]:
    movable_clock.install()
    movable_clock.stand_at(NOON)
    yield
    movable_clock.uninstall()

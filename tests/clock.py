"""The one clock of a test run: the machine's, or, with `USHER_TEST_CLOCK`, that clock moved to another date."""

import os
import time
from datetime import UTC, datetime, timedelta

import time_machine

from shared.domain.model.values import INDEX_LAG

INDEXES_KNOW = INDEX_LAG + timedelta(seconds=1)  # How long after a write the jobs that read indexes rely on them.


def is_moved() -> bool:
    """Return whether this run is one on another date."""
    return bool(os.environ.get("USHER_TEST_CLOCK"))


def move_process_clock() -> None:
    """Move the clock of this process as `USHER_TEST_CLOCK` names it; raise KeyError for an unknown name."""
    name = os.environ.get("USHER_TEST_CLOCK")
    if name:
        time_machine.travel(_moments(datetime.now(UTC))[name], tick=True).start()
        _RUN_IS_AHEAD[0] = _ahead()


def is_travelling() -> bool:
    """Return whether a test has moved the clock away from the run's own."""
    return abs(_ahead() - _RUN_IS_AHEAD[0]) > 1


def _ahead() -> float:
    """Return by how many seconds the clock is ahead of the machine's."""
    return time.time() - time_machine.escape_hatch.time.time() if time_machine.escape_hatch.is_travelling() else 0.0


_RUN_IS_AHEAD = [0.0]


def _moments(now: datetime) -> dict[str, datetime]:
    """The moments at which `make dates` runs tests that need no stack."""
    return {
        "in-400-days": now + timedelta(days=400),
        # Early enough to end before midnight: what a test reads as tomorrow must not become today on the way.
        "new-years-eve": datetime(now.year, 12, 31, 23, 55, tzinfo=UTC),
        "leap-day": datetime(2028, 2, 29, 12, tzinfo=UTC),
    }


def next_noon() -> datetime:
    """Return noon (UTC) of tomorrow: later than whatever the test has written, and twelve hours from any midnight."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, 12, tzinfo=UTC)

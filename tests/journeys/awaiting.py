"""Waiting for what happens by itself: asked again until it is so, for a limited time."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

SOON_SECONDS = 90.0  # The mails of a batch of 200 may be sent first: some six a second.
NEXT_MINUTE_SECONDS = 100.0  # A schedule of every minute, the emulator's own tick, and a busy machine.


def awaited(look: Callable[[], Found | None], *, what: str, seconds: float = SOON_SECONDS) -> Found:
    """The first answer that is something; fails if there is none in time."""
    until = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < until, f"waited {seconds:.0f} s in vain for {what}"
        time.sleep(0.05)

"""The clock; no other module reads it."""

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the current time in UTC, to the millisecond, the precision of everything that is stored or signed."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def wait_until(moment: datetime) -> None:
    """Return at this moment, or at once if it has passed."""
    time.sleep(max(0.0, (moment - utc_now()).total_seconds()))

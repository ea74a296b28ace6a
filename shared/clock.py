"""The clock; no other module reads it."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the current time in UTC, to the millisecond, the precision of everything that is stored or signed."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)

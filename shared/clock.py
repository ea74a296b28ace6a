"""The time, asked for in one place."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, to the millisecond, as everything that is stored or signed says it."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)

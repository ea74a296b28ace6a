"""The product's clock, under the control of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

from shared import clock


class _Moved(datetime):
    """The system's time, and `ahead` of it; or the one moment at which the clock stands."""

    ahead = timedelta()
    stands_at: datetime | None = None

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return cls.stands_at or super().now(tz) + cls.ahead


def install() -> None:
    """From now on the product asks this clock, which tells the system's time until it is moved."""
    clock.datetime = _Moved  # type: ignore[attr-defined]
    _Moved.ahead, _Moved.stands_at = timedelta(), None


def uninstall() -> None:
    """The product asks the system again."""
    clock.datetime = datetime  # type: ignore[attr-defined]


def forward(by: timedelta) -> None:
    """Lets time pass, also where the clock stands."""
    _Moved.ahead += by
    if _Moved.stands_at:
        _Moved.stands_at += by


def stand_at(moment: datetime) -> None:
    """Stop the clock at this moment."""
    _Moved.stands_at = moment


def moved() -> timedelta:
    """How far ahead the clock is."""
    return _Moved.ahead


def put(ahead: timedelta) -> None:
    """Sets how far ahead the clock is."""
    _Moved.ahead = ahead


@contextmanager
def ago(by: timedelta) -> Iterator[None]:
    """Make everything inside happen that long ago, whether or not the clock has been moved before."""
    was_installed, before = clock.datetime is _Moved, _Moved.ahead  # type: ignore[attr-defined]
    if not was_installed:
        install()
        before = timedelta()
    _Moved.ahead = before - by
    try:
        yield
    finally:
        _Moved.ahead = before
        if not was_installed:
            uninstall()

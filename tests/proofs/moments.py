"""The product's clock, under the control of the tests."""

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
    """Lets time pass."""
    _Moved.ahead += by


def stand_at(moment: datetime) -> None:
    """From now on no time passes but by this."""
    _Moved.stands_at = moment


def moved() -> timedelta:
    """How far ahead the clock is."""
    return _Moved.ahead


def put(ahead: timedelta) -> None:
    """Sets how far ahead the clock is."""
    _Moved.ahead = ahead

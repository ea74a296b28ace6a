"""The account: its name, settings, and the counters that hold the seats and the administrators (rules 5, 19 and 26)."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from shared.domain.model import errors
from shared.domain.model.base import Model, Moment
from shared.domain.model.counters import CounterDelta
from shared.domain.model.users import Locale, Status

NO_SEAT_OPTIONS = ("purchase_seat", "request_complimentary_seat", "deactivate_user")

# Patterns that few requests need are compiled, and kept, by `re` when they are first used: a start has no time for it.
_WEB_ADDRESS = r"https://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!#$%&()*+,\-./:;=?@A-Z\[\]_a-z~0-9]*)?"


def _web_address(value: str) -> str:
    if not re.fullmatch(_WEB_ADDRESS, value):
        message = "Use a web address that begins with https://."
        raise ValueError(message)
    return value


HelpUrl = Annotated[str, Field(max_length=500), AfterValidator(_web_address)]


class Seats(Model):
    """Licences: each user who is not a partner takes one from the invitation on."""

    limit: int
    used: int

    @property
    def available(self) -> int:
        """Never below zero, because `used` never passes `limit`."""
        return self.limit - self.used


class Settings(Model):
    """What an account decides for itself."""

    invite_profile: Literal["full", "simple"] = "full"
    default_group: str | None = None
    allow_link_copy: bool = True
    locale: Locale = "en"
    daily_mail_limit: int = 1_000  # Mails to and about invited people in a UTC day (rule 9).
    help_url: str | None = None


class Account(Model):
    """One customer of the host product; `admins` counts active administrators, `counts` the users of each status.

    `mails_sent` are those that count on the UTC day `mails_on`.
    """

    account_id: str
    name: str
    seats_limit: int
    seats_used: int = 0
    admins: int = 0
    counts: dict[Status, int] = Field(default_factory=lambda: dict.fromkeys(Status, 0))
    mails_on: str | None = None
    mails_sent: int = 0
    groups_version: int = 1
    settings: Settings = Field(default_factory=Settings)
    settings_version: int = 1
    created_at: Moment

    @property
    def seats(self) -> Seats:
        """The licences as they stand."""
        return Seats(limit=self.seats_limit, used=self.seats_used)

    def count(self, statuses: Iterable[Status]) -> int:
        """How many users have one of these statuses."""
        return sum(self.counts.get(status, 0) for status in statuses)

    def counted(self, tally: CounterDelta) -> "Account":
        """The account with its counters moved."""
        counts = {status: number + tally.counts.get(status, 0) for status, number in self.counts.items()}
        moved = {"seats_used": self.seats_used + tally.seats, "admins": self.admins + tally.admins}
        posted = {}
        if tally.postage:
            before = 0 if tally.postage.is_first else self.mails_sent
            posted = {"mails_on": tally.postage.day, "mails_sent": before + tally.postage.mails}
        return self.model_copy(update={**moved, **posted, "counts": counts})


def with_settings(account: Account, changes: Mapping[str, object]) -> Account:
    """The account with these of its settings changed; the same account if they are as they were."""
    settings = account.settings.model_copy(update=dict(changes))
    if settings == account.settings:
        return account
    return account.model_copy(update={"settings": settings, "settings_version": account.settings_version + 1})


def open_account(account_id: str, *, name: str, seats: int, now: datetime) -> Account:
    """A new account, empty as yet."""
    return Account(account_id=account_id, name=name, seats_limit=seats, created_at=now)


def require_seat(account: Account) -> None:
    """Raises NoSeatAvailable with the seats and what can be done; the write holds the same condition."""
    if account.seats.available < 1:
        seats = {"limit": account.seats.limit, "used": account.seats.used, "available": account.seats.available}
        raise errors.NoSeatAvailable(seats=seats, options=list(NO_SEAT_OPTIONS))


def require_another_admin(account: Account) -> None:
    """Raises LastAdmin if the account would be left without an active administrator; the write holds it, too."""
    if account.admins <= 1:
        raise errors.LastAdmin

"""The account: its name, settings and counters (rules 5, 19 and 26)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from shared.domain.model import errors, web_addresses
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.domain.model.groups import EVERYONE
from shared.domain.model.permissions import StoredPermissions
from shared.domain.model.users import Locale, Status
from shared.domain.model.values import Model, Moment

NO_LIMIT = 10**12  # `seats_available` of an empty account without a limit.
MAX_DAILY_MAILS = 1_000  # To and about invited people, a UTC day (rule 9); the account can only lower it.
NO_SEAT_OPTIONS = ("purchase_seat", "request_complimentary_seat", "deactivate_user")

HelpUrl = Annotated[str, Field(max_length=web_addresses.MAX_LENGTH), AfterValidator(web_addresses.canonical)]


class Seats(Model):
    """Licences: each user who is not a partner takes one from the invitation on; `limit` None is no limit (rule 26)."""

    limit: int | None
    used: int
    available: int | None


class AccountSettings(Model):
    """Settings that the account's administrators choose.

    `default_group` is the group of those who are invited into none, and `global_permissions` come to the individual
    permissions of each new user who is no administrator (rules 3 and 28).
    """

    invite_profile: Literal["full", "simple"] = "full"
    default_group: str | None = None
    allow_link_copy: bool = True
    locale: Locale = "en"
    daily_mail_limit: int = MAX_DAILY_MAILS
    help_url: str | None = None
    global_permissions: StoredPermissions = ()


class Account(Model):
    """One customer of the host product.

    `seats_available` is the limit less `seats_used`, and below zero after the limit was cut. It is stored, since
    conditions of DynamoDB have no arithmetic. An account without a limit counts down from `NO_LIMIT`.

    `admins` counts active administrators, `counts` the users of each status. `group_users` counts the invited, active
    and blocked users of each group. `seat_requests_pending` counts requests that wait for a decision, `mails_sent` the
    mails of the UTC day `mails_on`.
    """

    account_id: str
    name: str
    status: Literal["active", "suspended"] = "active"
    seats_purchased: int | None = None
    seats_granted: int = 0
    seats_used: int = 0
    seats_available: int
    admins: int = 0
    administrators: dict[str, int] = Field(default_factory=dict)  # Who gets the mails about the account.
    counts: dict[Status, int] = Field(default_factory=lambda: dict.fromkeys(Status, 0))
    group_users: dict[str, int] = Field(default_factory=dict)
    seat_requests_pending: int = 0
    teams: int = 0
    mails_on: str | None = None
    mails_sent: int = 0
    groups_version: int = 1
    settings: AccountSettings = Field(default_factory=AccountSettings)
    settings_version: int = 1
    created_at: Moment

    @property
    def is_suspended(self) -> bool:
        """Return whether staff have suspended the account: its users and its links are refused until they resume it."""
        return self.status == "suspended"

    @property
    def seats(self) -> Seats:
        """Return the numbers of seats; `available` is never shown below zero."""
        if self.seats_purchased is None:
            return Seats(limit=None, used=self.seats_used, available=None)
        limit = self.seats_purchased + self.seats_granted
        return Seats(limit=limit, used=self.seats_used, available=max(self.seats_available, 0))

    def users_in(self, group_id: str) -> int:
        """Return how many invited, active or blocked users a group has."""
        return self.group_users.get(group_id, 0)

    def count_users(self, statuses: Iterable[Status]) -> int:
        """Return how many users have one of these statuses."""
        return sum(self.counts.get(status, 0) for status in statuses)

    def with_counters(self, delta: CounterDelta, quota: MailQuotaUse | None = None) -> "Account":
        """Return the account with its counters moved."""
        counts = {status: number + delta.statuses.get(status, 0) for status, number in self.counts.items()}
        group_ids = (*self.group_users, *(name for name in delta.groups if name not in self.group_users))
        moved: dict[str, object] = {
            "seats_used": self.seats_used + delta.seats,
            "seats_available": self.seats_available - delta.seats,
            "admins": self.admins + delta.admins,
            "administrators": {
                user_id: 1
                for user_id in {**self.administrators, **delta.administrators}
                if delta.administrators.get(user_id, 1) > 0
            },
            "teams": self.teams + delta.teams,
            "counts": counts,
            "group_users": {name: self.group_users.get(name, 0) + delta.groups.get(name, 0) for name in group_ids},
        }
        if quota:
            moved |= {"mails_on": quota.day, "mails_sent": quota.mails + (0 if quota.is_first else self.mails_sent)}
        return self.model_copy(update=moved)


def with_settings(account: Account, changes: Mapping[str, object]) -> Account:
    """Return the account with these of its settings changed; the same account if they are as they were."""
    settings = account.settings.model_copy(update=dict(changes))
    if settings == account.settings:
        return account
    return account.model_copy(update={"settings": settings, "settings_version": account.settings_version + 1})


def with_seats(account: Account, *, purchased: int | None, granted: int) -> Account:
    """Return the account with these seats; what is available moves by the difference of the limits."""
    moved = _capacity(purchased, granted) - _capacity(account.seats_purchased, account.seats_granted)
    return account.model_copy(
        update={
            "seats_purchased": purchased,
            "seats_granted": granted,
            "seats_available": account.seats_available + moved,
        }
    )


def _capacity(purchased: int | None, granted: int) -> int:
    return NO_LIMIT if purchased is None else purchased + granted


def new_account(account_id: str, *, name: str, seats: int | None, now: datetime) -> Account:
    """Return a new, empty account, whose users start in "Everyone" (rule 3); `seats` None is no limit."""
    available = NO_LIMIT if seats is None else seats
    return Account(
        account_id=account_id,
        name=name,
        seats_purchased=seats,
        seats_available=available,
        settings=AccountSettings(default_group=EVERYONE),
        created_at=now,
    )


def require_seat(account: Account) -> None:
    """Raises NoSeatAvailable with the seats and the options (rule 5); the commit holds the same condition."""
    if account.seats_available < 1:
        raise errors.NoSeatAvailable(seats=account.seats.model_dump(), options=list(NO_SEAT_OPTIONS))


def require_another_admin(account: Account) -> None:
    """Raises LastAdmin if the account would be left without an active administrator; the commit holds it, too."""
    if account.admins <= 1:
        raise errors.LastAdmin

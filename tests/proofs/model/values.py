"""What there is, as plain values: accounts, users, invitations, identities, mails, and the commands given to them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

OPERATOR = "operator@usher.example"
CLOCK = "clock"
SEATED = {"invited", "active", "blocked"}
STATUSES = ("invited", "active", "expired", "declined", "inactive", "blocked", "removed")

EVERYONE = frozenset(
    {
        "companies.edit",
        "companies.view",
        "contacts.edit",
        "contacts.view",
        "marketing.send",
        "marketing.view",
        "opportunities.edit",
        "opportunities.own",
        "opportunities.view",
        "orders.edit",
        "orders.view",
        "tasks.edit",
        "tasks.view",
        "users.view",
    }
)
EVERYTHING = EVERYONE | frozenset(
    {
        "admin.billing",
        "admin.settings",
        "contacts.delete",
        "contacts.export",
        "groups.edit",
        "journal.view",
        "records.reassign",
        "seats.view",
        "teams.edit",
        "teams.view",
        "users.edit",
        "users.invite",
    }
)
GROUPS = {"administrators": EVERYTHING, "everyone": EVERYONE}
SALES = frozenset({"contacts.view", "orders.view", "users.view"})  # Of a group that comes and goes.

SETTINGS: dict[str, Any] = {
    "invite_profile": "full",
    "default_group": None,
    "allow_link_copy": True,
    "locale": "en",
    "daily_mail_limit": 1_000,
    "help_url": None,
}


def canonical(address: str) -> str:
    """Lower case, and the domain as A-labels."""
    local, _, domain = address.partition("@")
    return f"{local}@{domain.encode('idna').decode()}".lower()


def iso(moment: datetime | None) -> str | None:
    """As JSON has it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z" if moment else None


class Refused(Exception):
    """The command changes nothing and is answered so; `why` tells reasons apart that have one code."""

    def __init__(self, status: int, code: str, *, why: str | None = None, **details: Any) -> None:
        super().__init__(status, code)
        self.status, self.code, self.why, self.details = status, code, why, details


@dataclass(frozen=True)
class Command:
    """`by` is a caller (see `caller_of`), `link` names one (see `Link.named`), `defect` spoils the body on its way.

    `seen` is the version that an editor has seen.
    """

    name: str
    by: str | None = None
    account: str | None = None
    whom: str | None = None
    link: str | None = None
    body: Any = field(default_factory=dict)
    key: str | None = None
    seen: int | None = None
    defect: str | None = None


@dataclass(frozen=True)
class Answer:
    """`shows` is what a success must show; `again`: the very text that was answered before.

    A refusal has `details` that it must tell.
    """

    status: int
    code: str | None = None
    why: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    shows: Any = None
    again: bool = False


@dataclass(frozen=True)
class Link:
    """One generation of one user's invitation, by one way; `forged` says what somebody did to it."""

    account: str
    address: str
    generation: int
    channel: str
    forged: str = ""

    @classmethod
    def named(cls, name: str) -> "Link":
        """Of a name such as `ab123/lee@example.org/2/mailed`, a forged one with `~how` behind."""
        name, _, forged = name.partition("~")
        account, address, generation, channel = name.split("/")
        return cls(account, address, int(generation), channel, forged)

    @property
    def name(self) -> str:
        forged = f"~{self.forged}" if self.forged else ""
        return f"{self.account}/{self.address}/{self.generation}/{self.channel}{forged}"


def caller_of(by: str) -> tuple[str, str]:
    """Address and kind of token: `now` valid, one from `before` the latest sign-in was made, an `id` token."""
    address, _, kind = by.partition(" ")
    return address, kind or "now"


@dataclass
class User:
    address: str
    status: str
    first_name: str
    last_name: str
    phone: dict[str, str] | None
    locale: str
    admin: bool
    groups: tuple[str, ...]
    allow: tuple[str, ...]
    deny: tuple[str, ...]
    generation: int
    sent_at: datetime
    expires_at: datetime
    sent_count: int
    resent_that_day: int
    invited_by: str
    created_at: datetime
    updated_at: datetime
    version: int
    delivery: str = "queued"
    reminded: bool = False
    new_link_requested_at: datetime | None = None
    joined_at: datetime | None = None
    last_seen_at: datetime | None = None
    has_invitations_to_revoke: bool = False

    def at(self, now: datetime) -> str:
        """The status as it is shown: the clock decides expiry."""
        return "expired" if self.status == "invited" and now >= self.expires_at else self.status

    def change(self, *, now: datetime, **changes: Any) -> None:
        """One change more."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.updated_at, self.version = now, self.version + 1


@dataclass(frozen=True)
class Entry:
    """One line of the journal."""

    at: datetime
    type: str
    actor: str
    about: str | None


@dataclass
class Mail:
    """Without an `inviter` an operator invited; `due_at` is when the next sender may take it without the stream."""

    kind: str
    account: str
    about: str
    generation: int
    inviter: str | None
    to: str
    queued_at: datetime
    due_at: datetime | None
    state: str = "queued"
    attempts: int = 0

    @property
    def name(self) -> tuple[object, ...]:
        """What tells it from all others."""
        return self.kind, self.account, self.about, self.generation, self.to, self.queued_at


@dataclass
class Account:
    account_id: str
    limit: int
    users: dict[str, User] = field(default_factory=dict)
    journal: list[Entry] = field(default_factory=list)
    groups: dict[str, frozenset[str]] = field(default_factory=lambda: dict(GROUPS))
    settings: dict[str, Any] = field(default_factory=lambda: dict(SETTINGS))
    settings_version: int = 1
    mails_on: str | None = None
    mails_sent: int = 0

    def granted(self, user: User) -> frozenset[str]:
        """All that groups and exceptions give, whatever they deny."""
        given = (self.groups.get(name, frozenset()) for name in user.groups)
        return EVERYTHING if user.admin else frozenset(user.allow).union(*given)

    def rights(self, user: User) -> frozenset[str]:
        return EVERYTHING if user.admin else self.granted(user) - frozenset(user.deny)

    def reaches(self, actor: User, user: User) -> bool:
        """Nobody acts on somebody who holds more, nor gives more than they hold."""
        return (actor.admin or not user.admin) and self.granted(user) <= self.rights(actor)

    def may_invite(self, actor: User, user: User) -> bool:
        return "users.invite" in self.rights(actor) and self.reaches(actor, user)

    @property
    def name(self) -> str:
        return f"Account {self.account_id}"

    @property
    def used(self) -> int:
        return sum(user.status in SEATED for user in self.users.values())

    @property
    def admins(self) -> int:
        return sum(user.admin and user.status == "active" for user in self.users.values())

    @property
    def counts(self) -> dict[str, int]:
        statuses = [user.status for user in self.users.values()]
        return {status: statuses.count(status) for status in STATUSES}


@dataclass
class Identity:
    """`made` counts the sign-ins that this address has had; 0: there is none. `home`: where an unproven one works."""

    made: int = 0
    password: str | None = None
    proven: bool = False
    home: str | None = None
    first_name: str = ""
    last_name: str = ""
    accounts: set[str] = field(default_factory=set)
    claimed_until: datetime | None = None
    complained: bool = False

    def works_in(self, account_id: str) -> bool:
        return self.proven or self.home == account_id


@dataclass(frozen=True)
class Memory:
    """What is kept of a POST under its Idempotency-Key: link and body, to tell a repeat from another request."""

    body: Any
    until: datetime


MILLISECOND = timedelta(milliseconds=1)

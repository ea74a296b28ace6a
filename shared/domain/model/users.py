"""A user of an account, with their status and the invitation that brought them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, get_args

from pydantic import Field

from shared.domain.model import errors
from shared.domain.model.fields import Phone, full_name
from shared.domain.model.permissions import StoredPermissions
from shared.domain.model.values import Model, Moment


class Status(StrEnum):
    """The states of a user."""

    INVITED = "invited"
    ACTIVE = "active"
    EXPIRED = "expired"
    DECLINED = "declined"
    INACTIVE = "inactive"
    BLOCKED = "blocked"
    REMOVED = "removed"


JOINED = frozenset({Status.ACTIVE, Status.BLOCKED, Status.INACTIVE})
HAS_LEFT = frozenset({Status.INACTIVE, Status.REMOVED})
WITH_ACCESS_TO_END = frozenset({Status.ACTIVE, Status.BLOCKED})

Kind = Literal["user", "partner"]
Locale = Literal["en", "de", "es", "fr"]
# In order of precedence: a later one supersedes an earlier one. A failed mail may have arrived all the same.
Delivery = Literal["queued", "sent", "failed", "delivered", "bounced", "complained"]


INVITATION_VALID_FOR = timedelta(hours=168)
REMINDED_BEFORE = timedelta(days=2)  # the expiry (rule 36)
MIN_BETWEEN_NOTICES = timedelta(days=1)  # Of one deadline, however often it is moved (rule 9).
END_TOLD_BEFORE = timedelta(days=7)  # the end of access (rule 37)


def _next_notice(deadline: datetime, *, before: timedelta, last: datetime | None) -> datetime:
    """Return when a deadline is announced: so long before it, but not within a day of the last announcement."""
    at = deadline - before
    return min(max(at, last + MIN_BETWEEN_NOTICES), deadline) if last else at


class DailyCount(Model):
    """How often something was done on a UTC day."""

    day: str
    number: int


class BatchInvitation(Model):
    """A request that invited the user among many, and when."""

    batch_id: str
    invited_at: Moment


class Invitation(Model):
    """The newest link; every older generation is dead. Stays with the user after joining."""

    generation: int
    sent_at: Moment
    expires_at: Moment
    sent_count: int
    delivery: Delivery
    invited_by: str
    message: str | None = None
    resent_that_day: int = 0  # Mails on the day (UTC) of `sent_at`, the very first to this user apart.
    copies: DailyCount | None = None  # Of the link, on the last day on which it was copied.
    reminded: bool = False  # For this expiry, or it is so short that no reminder goes out.
    reminded_at: Moment | None = None  # An expiry that is moved has another reminder, a day later at the earliest.
    new_link_requested_at: Moment | None = None
    return_path: str | None = None  # Where the person goes in the host product once they have joined (rule 38).
    from_account: tuple[str, ...] = ()  # Groups and permissions that the account gives to everybody new (rule 1).
    batch_id: str | None = None  # Of the request that sent it among many: a repeat finds what is done.
    earlier_batches: tuple[BatchInvitation, ...] | None = None  # Of earlier links; None, so that none takes no room.

    @property
    def batches(self) -> tuple[BatchInvitation, ...]:
        """Return the requests that invited the user among many, while their answers may be remembered, newest last."""
        present = (BatchInvitation(batch_id=self.batch_id, invited_at=self.sent_at),) if self.batch_id else ()
        return (*(self.earlier_batches or ()), *present)

    @property
    def next_deadline(self) -> datetime:
        """Return when the sweep acts next: for the reminder, then for the expiry."""
        if self.reminded:
            return self.expires_at
        return _next_notice(self.expires_at, before=REMINDED_BEFORE, last=self.reminded_at)

    def sent_by(self, actor_id: str) -> "Invitation":
        """Return the invitation with this one as the inviter; a message of another one is not theirs to send."""
        message = self.message if actor_id == self.invited_by else None
        return self.model_copy(update={"invited_by": actor_id, "message": message})

    def to_tombstone(self) -> "Invitation":
        """Return the invitation without personal data: generation, dates, sender and batch ids stay (rule 25)."""
        kept = (
            "generation",
            "sent_at",
            "expires_at",
            "sent_count",
            "delivery",
            "invited_by",
            "batch_id",
            "earlier_batches",
        )
        return Invitation(**{name: getattr(self, name) for name in kept})

    def valid_until(self, access_until: datetime | None) -> "Invitation":
        """Return the invitation with its full validity, cut short by the end of the access that it gives (rule 37)."""
        expires_at = self.sent_at + INVITATION_VALID_FOR
        return self.model_copy(update={"expires_at": min(expires_at, access_until) if access_until else expires_at})


class User(Model):
    """One person inside one account. `version` counts the commands that changed them."""

    account_id: str
    user_id: str
    identity_id: str  # Derives from the address, whether or not that identity exists.
    kind: Kind = "user"
    partner_type: str | None = None  # Of a partner, when they were invited or reactivated last (rule 6).
    status: Status
    holds_seat: bool  # Stored, so that no seat is freed or taken twice.
    first_name: str
    last_name: str
    email: str
    phone: Phone | None = None
    locale: Locale
    admin: bool
    groups: tuple[str, ...]
    allow: StoredPermissions = ()
    deny: StoredPermissions = ()
    manages_teams: tuple[str, ...] = ()
    member_of_teams: tuple[str, ...] = ()
    teams_version: int = 0  # Counts changes of the two above, which are no new version of the user.
    reference: str | None = None  # The host product's own, opaque to us (rule 38).
    access_until: Moment | None = None  # None: open. From then on the user is inactive (rule 37).
    access_end_told: bool = False  # Administrators were told of this end, or it was set too late to tell them.
    access_end_told_at: Moment | None = None  # Of an end that is moved they are told a day later at the earliest.
    invitation: Invitation
    joined_at: Moment | None = None
    last_seen_at: Moment | None = None
    move_job_id: str | None = None  # Of the newest job that hands over what they owned, while it is under way.
    last_move_job_id: str | None = None  # Of the newest such job, also once it is done.
    has_records_waiting: bool = False  # They may own records that wait for another owner; `owner` items count them.
    identity_blocked_at: Moment | None = None  # While an operator blocks the person's identity in every account.
    erased_at: Moment | None = None  # A tombstone: nothing of the person is left (rule 25).
    has_invitations_to_revoke: bool = False  # Until those that they may not send any more have been revoked.
    created_at: Moment
    updated_at: Moment
    version: int
    operation: str | None = Field(default=None, exclude=True)  # That wrote this; kept by the store.

    @property
    def name(self) -> str:
        """Return first and last name, as shown."""
        return full_name(self.first_name, self.last_name)

    @property
    def teams(self) -> tuple[str, ...]:
        """Return the teams that the user manages, and those that they are a user of (rule 31)."""
        return (*self.manages_teams, *self.member_of_teams)

    @property
    def takes_seat(self) -> bool:
        """Return whether a user of this kind needs a seat while invited, active or blocked (rule 26)."""
        return self.kind == "user"

    @property
    def is_group_member(self) -> bool:
        """Return whether groups count the user: an invited, active or blocked user has at least one (rule 30)."""
        return self.status in {Status.INVITED, Status.ACTIVE, Status.BLOCKED}

    @property
    def counts_as_admin(self) -> bool:
        """Return whether the user counts as an active administrator (rule 19).

        A partner never does (rule 6), and nobody whose access ends: the clock would take them past every guard.
        """
        is_lasting = self.access_until is None and self.kind != "partner"
        return self.admin and self.status is Status.ACTIVE and is_lasting

    @property
    def next_deadline(self) -> datetime | None:
        """Return when the sweep acts next; None if nothing waits for the clock.

        First comes the reminder of an invitation, or that of administrators before an end of access, then the end.
        """
        if self.status is Status.INVITED:
            return self.invitation.next_deadline
        if self.access_until is None or self.status not in WITH_ACCESS_TO_END:
            return None
        if self.access_end_told:
            return self.access_until
        return _next_notice(self.access_until, before=END_TOLD_BEFORE, last=self.access_end_told_at)

    def end_ahead(self, now: datetime) -> datetime | None:
        """Return the end of access, None if there is none or it has passed: who comes back then has open access."""
        return self.access_until if self.access_until and self.access_until > now else None

    @property
    def waits_for_move(self) -> bool:
        """Return whether they have no access, and a job still hands over what they owned (rules 22 and 25)."""
        return self.move_job_id is not None and self.status is not Status.ACTIVE

    def without_teams(self) -> "User":
        """Return the user outside of all teams: those do not come back (rule 24)."""
        if not self.teams:
            return self
        none = {"manages_teams": (), "member_of_teams": (), "teams_version": self.teams_version + 1}
        return self.model_copy(update=none)

    def to_tombstone(self, *, now: datetime) -> "User":
        """Return the tombstone of the user: ids, dates and what has not been told of them yet (rule 25).

        The invitations that they sent are still to be revoked.
        """
        return self.without_teams().with_changes(
            now=now,
            **_NOTHING_PERSONAL,
            status=Status.REMOVED,
            holds_seat=False,
            invitation=self.invitation.to_tombstone(),
            has_invitations_to_revoke=self.has_invitations_to_revoke or self.joined_at is not None,
            erased_at=now,
        )

    def with_changes(self, *, now: datetime, **changes: object) -> "User":
        """Return the next version of this user."""
        return self.model_copy(update={**changes, "updated_at": now, "version": self.version + 1})


_NOTHING_PERSONAL: Mapping[str, object] = {
    "first_name": "",
    "last_name": "",
    "email": "",
    "phone": None,
    "locale": "en",
    "admin": False,
    "groups": (),
    "allow": (),
    "deny": (),
    "reference": None,
    "access_until": None,
    "access_end_told": False,
    "identity_blocked_at": None,
    "last_seen_at": None,
}


def superseded_by(delivery: Delivery) -> tuple[Delivery, ...]:
    """Return the statuses that this one replaces: SES may repeat or reorder its events, and the result is the same."""
    in_order: tuple[Delivery, ...] = get_args(Delivery)
    return in_order[: in_order.index(delivery)]


def status_at(user: User, now: datetime) -> Status:
    """Return the status by the clock: invitations expire and access ends whether or not the sweep has written it."""
    if user.status is Status.INVITED and now >= user.invitation.expires_at:
        return Status.EXPIRED
    if user.status in WITH_ACCESS_TO_END and user.access_until is not None and now >= user.access_until:
        return Status.INACTIVE
    return user.status


def has_access(user: User, now: datetime) -> bool:
    """Return whether the user may use the account now: not while an operator blocks the person everywhere."""
    return status_at(user, now) is Status.ACTIVE and user.identity_blocked_at is None


def has_lost_access(user: User, now: datetime) -> bool:
    """Return whether the user came into the account once and may not use it now: blocked, inactive or removed."""
    return status_at(user, now) in HAS_LEFT | {Status.BLOCKED}


def require_user(user: User | None) -> User:
    """Return the user; raises NotFound for None."""
    if user is None:
        raise errors.NotFound
    return user

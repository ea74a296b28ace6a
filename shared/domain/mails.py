"""Mails that wait to be sent: which one, about whom, to whom; names and links are put in when it is sent."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from shared.domain.accounts import Account
from shared.domain.actors import is_operator
from shared.domain.commands import Command
from shared.domain.ids import fact_id
from shared.domain.models import Model, Moment
from shared.domain.users import Status, User, status_at

MailKind = Literal[
    "invitation",
    "reminder",
    "account_information",
    "joined",
    "declined",
    "expired",
    "new_link_requested",
    "bounced",
    "deactivated",
    "reactivated",
    "notify",
]
MailState = Literal["queued", "claimed", "retry", "sent", "failed", "skipped", "suppressed"]

GRACE = timedelta(seconds=60)  # How long the stream has before the rescue sweep takes a mail up.
LEASE = timedelta(seconds=90)  # Longer than a sender can live.
KEPT = timedelta(days=90)
MOST_ATTEMPTS = 6


class Mail(Model):
    """One mail. `generation` is the invitation's when it was queued; the recipient is a user, or a bare address.

    Without an `inviter_id` an operator invited.
    """

    mail_id: str
    kind: MailKind
    account_id: str
    user_id: str
    generation: int
    inviter_id: str | None = None
    to_user: str | None = None
    to_address: str | None = None
    state: MailState = "queued"
    attempts: int = 0
    queued_at: Moment


def mail(
    kind: MailKind, user: User, *, command: Command, to_user: str | None = None, to_address: str | None = None
) -> Mail:
    """A mail about this user, queued with the change that it tells of."""
    inviter = user.invitation.invited_by
    return Mail(
        mail_id=fact_id(command.operation, kind, user.user_id, to_user or to_address or ""),
        kind=kind,
        account_id=user.account_id,
        user_id=user.user_id,
        generation=user.invitation.generation,
        inviter_id=None if is_operator(inviter) else inviter,
        to_user=to_user,
        to_address=to_address,
        queued_at=command.now,
    )


def to_inviter(kind: MailKind, user: User, *, command: Command) -> tuple[Mail, ...]:
    """Operators have the journal; they get no mail."""
    inviter = user.invitation.invited_by
    return () if is_operator(inviter) else (mail(kind, user, command=command, to_user=inviter),)


class Correspondence(NamedTuple):
    """Everybody whom a mail is about or goes to, as they are at the moment of sending.

    `is_unwelcome` tells that the recipient has complained of our mail.
    """

    account: Account
    user: User
    inviter: User | None
    recipient: User | None
    is_unwelcome: bool = False


def is_still_wanted(mail: Mail, people: Correspondence, *, now: datetime) -> bool:
    """Whether the mail still tells the truth, to somebody who may know it."""
    status = status_at(people.user, now)
    if mail.kind == "invitation":
        is_current = status is Status.INVITED and people.user.invitation.generation == mail.generation
        return is_current and (mail.inviter_id is None or _is_active(people.inviter))
    if mail.kind == "notify":
        return status in {Status.INVITED, Status.ACTIVE}
    if mail.kind == "deactivated":
        return status is Status.INACTIVE
    if mail.kind == "bounced":
        is_waiting = status in {Status.INVITED, Status.EXPIRED} and people.user.invitation.generation == mail.generation
        return is_waiting and _is_active(people.recipient)
    return _is_active(people.recipient)


def _is_active(user: User | None) -> bool:
    return user is not None and user.status is Status.ACTIVE


def is_given_up(attempts: int) -> bool:
    """Whether a mail that was not taken again is offered no more."""
    return attempts >= MOST_ATTEMPTS


def next_try(attempts: int, *, now: datetime) -> datetime:
    """When a mail that was not taken is offered again: after 1, 2, 4, ... minutes."""
    return now + timedelta(minutes=2 ** (attempts - 1))

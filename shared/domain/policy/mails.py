"""Mails that wait to be sent: which one, about whom, to whom; names and links are put in when it is sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from shared.domain.model.accounts import Account
from shared.domain.model.base import Model, Moment
from shared.domain.model.ids import derived_id
from shared.domain.model.users import Status, User, status_at
from shared.domain.policy.authorization import is_operator
from shared.domain.policy.snapshot import OperationContext

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

WITH_LINK: frozenset[MailKind] = frozenset({"invitation", "reminder"})
GRACE = timedelta(seconds=60)  # How long the stream has before the rescue sweep takes a mail up.
LEASE = timedelta(seconds=90)  # longer than the time-out of `send_mail`: a test compares them
RETENTION = timedelta(days=90)
MAX_ATTEMPTS = 13  # Over nearly three days, by `next_attempt_at`: no outage of SES has lasted as long.


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
    kind: MailKind, user: User, *, context: OperationContext, to_user: str | None = None, to_address: str | None = None
) -> Mail:
    """A mail about this user, queued with the change that it tells of."""
    inviter = user.invitation.invited_by
    return Mail(
        mail_id=derived_id(context.operation_id, kind, user.user_id, to_user or to_address or ""),
        kind=kind,
        account_id=user.account_id,
        user_id=user.user_id,
        generation=user.invitation.generation,
        inviter_id=None if is_operator(inviter) else inviter,
        to_user=to_user,
        to_address=to_address,
        queued_at=context.now,
    )


def mail_to_inviter(kind: MailKind, user: User, *, context: OperationContext) -> tuple[Mail, ...]:
    """Operators have the journal; they get no mail."""
    inviter = user.invitation.invited_by
    return () if is_operator(inviter) else (mail(kind, user, context=context, to_user=inviter),)


class MailContext(NamedTuple):
    """Everybody whom a mail is about or goes to, as they are at the moment of sending.

    `is_suppressed` tells that the recipient has complained of our mail; `time_zone` is theirs, an IANA name.
    """

    account: Account
    user: User
    inviter: User | None
    recipient: User | None
    is_suppressed: bool = False
    time_zone: str | None = None


class SendCondition(NamedTuple):
    """What must hold for a mail when it is sent: where the person stands, whose link is meant, who must be active.

    Without an inviter an operator invited, who is always there.
    """

    statuses: frozenset[Status] = frozenset(Status)
    same_link: bool = False
    active: Literal["inviter", "recipient"] | None = None
    not_bounced: bool = False


_LINK_WORKS = SendCondition(frozenset({Status.INVITED}), same_link=True, active="inviter")
_EXPIRED = SendCondition(frozenset({Status.EXPIRED}), same_link=True, active="recipient")
_NEWS = SendCondition(active="recipient")
SEND_CONDITIONS: Mapping[MailKind, SendCondition] = MappingProxyType(
    {
        "invitation": _LINK_WORKS,
        "reminder": _LINK_WORKS._replace(not_bounced=True),
        "account_information": _NEWS,
        "joined": _NEWS,
        "declined": SendCondition(frozenset({Status.DECLINED}), same_link=True, active="recipient"),
        "expired": _EXPIRED,
        "new_link_requested": _EXPIRED,
        "bounced": SendCondition(frozenset({Status.INVITED, Status.EXPIRED}), same_link=True, active="recipient"),
        "deactivated": SendCondition(frozenset({Status.INACTIVE, Status.REMOVED})),
        "reactivated": SendCondition(frozenset({Status.ACTIVE})),
        "notify": SendCondition(frozenset({Status.INVITED, Status.ACTIVE})),
    }
)


def should_send(mail: Mail, people: MailContext, *, now: datetime) -> bool:
    """Whether the mail still tells the truth, to somebody who may know it."""
    truth = SEND_CONDITIONS[mail.kind]
    if status_at(people.user, now) not in truth.statuses:
        return False
    if truth.same_link and people.user.invitation.generation != mail.generation:
        return False
    if truth.not_bounced and people.user.invitation.delivery == "bounced":
        return False
    match truth.active:
        case "inviter":
            return mail.inviter_id is None or _is_active(people.inviter)
        case "recipient":
            return _is_active(people.recipient)
    return True


def _is_active(user: User | None) -> bool:
    return user is not None and user.status is Status.ACTIVE


def is_exhausted(attempts: int) -> bool:
    """Whether a mail that was not taken again is offered no more."""
    return attempts >= MAX_ATTEMPTS


def next_attempt_at(attempts: int, *, now: datetime) -> datetime:
    """When a mail that was not taken is offered again: after 1, 2, 4, ... minutes."""
    return now + timedelta(minutes=2 ** (attempts - 1))

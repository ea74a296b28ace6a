"""What must hold when a mail is sent: it is still true, and its recipient may still know it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from shared.domain.model.accounts import Account
from shared.domain.model.identities import Identity
from shared.domain.model.mails import Mail, MailKind, UserRef, UsersRef
from shared.domain.model.recoveries import Recovery
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.users import Status, User, has_access, status_at


class MailContext(NamedTuple):
    """Subject, inviter and recipient of a mail at the time of sending; what the mail does not concern is None.

    `users` are the subject of a mail about many, in its order; `identity` that of a mail about a person over all
    accounts, and `recovery` their newest password reset link. `seat_request` and `requester` are what a mail to the
    staff is about, and who asked. A bare address has no `recipient`. `is_suppressed`: the recipient has complained of
    our mail. `is_certified`: the invitee, or the partner whose certification was withdrawn, is in the registry.
    `time_zone` is the recipient's, an IANA name.
    """

    account: Account | None = None
    user: User | None = None
    users: tuple[User, ...] = ()
    identity: Identity | None = None
    recovery: Recovery | None = None
    inviter: User | None = None
    inviting_operator: Identity | None = None
    recipient: User | Identity | None = None
    seat_request: SeatRequest | None = None
    requester: User | None = None
    is_suppressed: bool = False
    time_zone: str | None = None
    is_certified: bool = False


class SendCondition(NamedTuple):
    """What must hold when a mail is sent: the user's status, the link it is about, and who must be active.

    `statuses`, `same_link`, `same_end`, `not_bounced` and `certification` concern mails about users; `undecided` those
    about a request for seats; `usable_recovery` those with a link to a new password, which must still take an answer.
    `certification`: a partner who is the recipient must be in the registry, or must not be there again.
    `despite_complaint`: the recipient, or an operator for them, has asked for it ("all"), or must know of it, if they
    have proven the mailbox ("proven"; rule 18). An operator who invited is active until they are blocked. Nobody counts
    as an active inviter while the account is suspended: the link refuses (rule 20).
    """

    statuses: frozenset[Status] = frozenset(Status)
    same_link: bool = False
    active: Literal["inviter", "recipient"] | None = None
    not_bounced: bool = False
    undecided: bool = False
    usable_recovery: bool = False
    same_end: bool = False
    certification: Literal["in_force", "withdrawn"] | None = None
    despite_complaint: Literal["all", "proven"] | None = None

    def holds(self, mail: Mail, context: MailContext, *, now: datetime) -> bool:
        """Return whether the mail is still true and its recipient may still know it."""
        if context.user and not self._holds_for(
            context.user, mail.user_ref, context, access_until=mail.access_until, now=now
        ):
            return False
        if isinstance(mail.subject, UsersRef) and not context.users:
            return False
        if self.usable_recovery and not _is_usable(context.recovery, mail, now=now):
            return False
        if self.undecided and (context.seat_request is None or context.seat_request.status != "pending"):
            return False
        return self._has_active_person(mail, context, now=now)

    def _has_active_person(self, mail: Mail, context: MailContext, *, now: datetime) -> bool:
        match self.active:
            case "inviter":
                inviter = context.inviter if mail.inviter_id else context.inviting_operator
                return _is_active(inviter, now) and not (context.account and context.account.is_suspended)
            case "recipient":
                return _is_active(context.recipient, now)
        return True

    def _holds_for(
        self, user: User, ref: UserRef, context: MailContext, *, access_until: datetime | None, now: datetime
    ) -> bool:
        is_same_link = user.invitation.generation == ref.generation
        may_be_of_kind = user.kind != "partner" or context.is_certified
        has_bounced = user.invitation.delivery == "bounced"
        return (
            status_at(user, now) in self.statuses
            and (is_same_link or not self.same_link)
            and not (has_bounced and self.not_bounced)
            and (may_be_of_kind or self.certification != "in_force")
            and not (context.is_certified and self.certification == "withdrawn")
            and not (self.same_end and user.access_until != access_until)
        )


_LINK_WORKS = SendCondition(frozenset({Status.INVITED}), same_link=True, active="inviter", certification="in_force")
_EXPIRED = SendCondition(frozenset({Status.EXPIRED}), same_link=True, active="recipient")
_REPORT = SendCondition(active="recipient")
_LINK_TO_PASSWORD = SendCondition(active="recipient", usable_recovery=True, despite_complaint="all")
_INVITED_OR_JOINED = SendCondition(frozenset({Status.INVITED, Status.ACTIVE}))
SEND_CONDITIONS: Mapping[MailKind, SendCondition] = MappingProxyType(
    {
        MailKind.INVITATION: _LINK_WORKS,
        MailKind.REMINDER: _LINK_WORKS._replace(not_bounced=True),
        MailKind.ACCOUNT_INFORMATION: _REPORT,
        MailKind.JOINED: _REPORT,
        MailKind.DECLINED: SendCondition(frozenset({Status.DECLINED}), same_link=True, active="recipient"),
        MailKind.EXPIRED: _EXPIRED,
        MailKind.NEW_LINK_REQUESTED: _EXPIRED,
        MailKind.BOUNCED: SendCondition(
            frozenset({Status.INVITED, Status.EXPIRED}), same_link=True, active="recipient"
        ),
        MailKind.DEACTIVATED: SendCondition(frozenset({Status.INACTIVE, Status.REMOVED})),
        MailKind.ACCESS_ENDED: SendCondition(frozenset({Status.INACTIVE, Status.REMOVED})),
        MailKind.ACCESS_ENDING: SendCondition(
            frozenset({Status.ACTIVE, Status.BLOCKED}), same_end=True, active="recipient"
        ),
        MailKind.REACTIVATED: SendCondition(frozenset({Status.ACTIVE})),
        MailKind.BLOCKED: SendCondition(frozenset({Status.BLOCKED, Status.INACTIVE, Status.REMOVED})),
        MailKind.UNBLOCKED: SendCondition(frozenset({Status.ACTIVE})),
        MailKind.STAFF_NOTICE: SendCondition(
            frozenset({Status.INVITED, Status.EXPIRED, Status.DECLINED}), same_link=True
        ),
        MailKind.NOTIFY: _INVITED_OR_JOINED,
        MailKind.NOTIFY_OF_MANY: _INVITED_OR_JOINED,
        MailKind.SEATS_REQUESTED: SendCondition(undecided=True),
        MailKind.SEATS_BOUGHT: SendCondition(),
        MailKind.SEATS_GIVEN_BACK: SendCondition(),
        MailKind.SEATS_APPROVED: _REPORT,
        MailKind.SEATS_DENIED: _REPORT,
        MailKind.SEATS_RETURNED: _REPORT,
        MailKind.RECOVERY: _LINK_TO_PASSWORD,
        MailKind.RECOVERY_HELP: _LINK_TO_PASSWORD,
        MailKind.PASSWORD_CHANGED: _REPORT._replace(despite_complaint="proven"),
        MailKind.PARTNER_LEFT: SendCondition(frozenset({Status.INACTIVE}), active="recipient"),
        MailKind.CERTIFICATION_WITHDRAWN: _REPORT._replace(certification="withdrawn"),
    }
)


def of_true_subject(mail: Mail, context: MailContext, *, now: datetime) -> MailContext:
    """Return the context without those of many users of whom the mail is not true any more."""
    statuses = SEND_CONDITIONS[mail.kind].statuses
    return context._replace(users=tuple(user for user in context.users if status_at(user, now) in statuses))


def should_send(mail: Mail, context: MailContext, *, now: datetime) -> bool:
    """Return whether the condition of the mail's kind holds; nothing is sent about or to a person who was erased."""
    if _is_erased(context.user) or _is_erased(context.recipient):
        return False
    return SEND_CONDITIONS[mail.kind].holds(mail, context, now=now)


def is_paused(mail: Mail, context: MailContext, *, now: datetime) -> bool:
    """Return whether the mail is true but for a block of its inviter, here or everywhere, or the account's suspension.

    Its link works again when that has ended (rules 1 and 20).
    """
    return not should_send(mail, context, now=now) and should_send(mail, _without_pauses(context, now), now=now)


def _without_pauses(context: MailContext, now: datetime) -> MailContext:
    inviter, operator, account = context.inviter, context.inviting_operator, context.account
    if inviter and status_at(inviter, now) in {Status.ACTIVE, Status.BLOCKED}:
        inviter = inviter.model_copy(update={"status": Status.ACTIVE, "identity_blocked_at": None})
    if operator:
        operator = operator.model_copy(update={"blocked": False})
    if account:
        account = account.model_copy(update={"status": "active"})
    return context._replace(inviter=inviter, inviting_operator=operator, account=account)


def is_suppressed(mail: Mail, context: MailContext) -> bool:
    """Return whether the mail is kept from a recipient who has complained of our mail.

    An unproven identity may belong to someone else than the mailbox does (rule 15).
    """
    recipient = context.recipient
    match SEND_CONDITIONS[mail.kind].despite_complaint:
        case "all":
            return False
        case "proven":
            is_reached = isinstance(recipient, Identity) and recipient.proven
            return context.is_suppressed and not is_reached
    return context.is_suppressed


def _is_usable(recovery: Recovery | None, mail: Mail, *, now: datetime) -> bool:
    """Return whether the link that the mail has is the newest one and still takes an answer (rule 18)."""
    return recovery is not None and recovery.version == mail.recovery_version and recovery.is_usable(now)


def _is_erased(person: User | Identity | None) -> bool:
    return isinstance(person, User) and person.erased_at is not None


def _is_active(person: User | Identity | None, now: datetime) -> bool:
    match person:
        case User():
            return has_access(person, now)
        case Identity():
            return person.sub is not None and not person.blocked
    return False

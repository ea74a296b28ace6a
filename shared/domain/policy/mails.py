"""Mails that commands queue with their changes: who gets which, and what it holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shared.domain.model.accounts import Account
from shared.domain.model.ids import derived_id
from shared.domain.model.mails import (
    AccountRef,
    AddressRecipient,
    IdentityRecipient,
    IdentityRef,
    Mail,
    MailKind,
    StaffRecipient,
    UserRecipient,
    UserRef,
    UsersRef,
)
from shared.domain.model.recoveries import Recovery
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.users import User
from shared.domain.model.values import iso
from shared.domain.policy.authorization import is_operator
from shared.domain.policy.snapshot import OperationContext

_ADMINISTRATORS_TOLD = 10


def mail(
    kind: MailKind,
    user: User,
    *,
    context: OperationContext,
    to_user: str | None = None,
    to_address: str | None = None,
) -> Mail:
    """Return a mail about this user, to be queued with the change that it reports."""
    inviter = user.invitation.invited_by
    return Mail(
        mail_id=derived_id(context.operation_id, kind, user.user_id, to_user or to_address or ""),
        kind=kind,
        subject=UserRef(account_id=user.account_id, user_id=user.user_id, generation=user.invitation.generation),
        recipient=UserRecipient(to_user=to_user) if to_user else AddressRecipient(to_address=to_address or ""),
        payload={} if is_operator(inviter) else {"inviter_id": inviter},
        operation_id=context.operation_id,
        queued_at=context.now,
    )


def summary_mail(users: Sequence[User], *, to_address: str, context: OperationContext) -> Mail:
    """Return the mail that tells an address whom the one who acts has invited together (rule 7)."""
    [account_id] = {user.account_id for user in users}
    return Mail(
        mail_id=derived_id(context.operation_id, MailKind.NOTIFY_OF_MANY, account_id, to_address),
        kind=MailKind.NOTIFY_OF_MANY,
        subject=UsersRef(account_id=account_id, user_ids=tuple(user.user_id for user in users)),
        recipient=AddressRecipient(to_address=to_address),
        payload={"inviter_id": context.actor.actor_id},
        operation_id=context.operation_id,
        queued_at=context.now,
    )


def mail_to_inviter(kind: MailKind, user: User, *, context: OperationContext) -> tuple[Mail, ...]:
    """Return the mail to the user's inviter; an operator's goes to the staff, who hear of no joining."""
    inviter = user.invitation.invited_by
    if not is_operator(inviter):
        return (mail(kind, user, context=context, to_user=inviter),)
    return () if kind is MailKind.JOINED else (mail_to_staff(kind, user, context=context),)


def mails_to_administrators(
    kind: MailKind, user: User, *, account: Account, context: OperationContext
) -> tuple[Mail, ...]:
    """Return the mails about a user to the account's active administrators, to ten of them at most."""
    others = sorted(account.administrators.keys() - {user.user_id})[:_ADMINISTRATORS_TOLD]
    return tuple(mail(kind, user, context=context, to_user=each) for each in others)


def mail_to_staff(happened: MailKind, user: User, *, context: OperationContext) -> Mail:
    """Return the mail to the staff in place of the mail `happened` to an inviter or an administrator."""
    notice = mail(MailKind.STAFF_NOTICE, user, context=context)
    return notice.model_copy(
        update={"recipient": StaffRecipient(), "payload": {**notice.payload, "happened": happened.value}}
    )


def access_ending_mails(user: User, *, to: Sequence[str], context: OperationContext) -> tuple[Mail, ...]:
    """Return the mails to the first ten of these administrators that the user's access ends at the moment in `payload`.

    Telling them is no new version of the user: ids derive from the version, so that two sweeps queue no mail twice.
    """
    kind, version = MailKind.ACCESS_ENDING, str(user.version)
    ends = {"access_until": iso(user.access_until)} if user.access_until else {}
    told = ((to_user, mail(kind, user, context=context, to_user=to_user)) for to_user in to[:_ADMINISTRATORS_TOLD])
    return tuple(
        each.model_copy(
            update={"mail_id": derived_id(kind, user.account_id, user.user_id, version, to_user), "payload": ends}
        )
        for to_user, each in told
    )


def seat_request_mail(kind: MailKind, request: SeatRequest, *, context: OperationContext) -> Mail:
    """Return the mail to the administrator who asked for seats."""
    return Mail(
        mail_id=derived_id(context.operation_id, kind, request.request_id),
        kind=kind,
        subject=AccountRef(account_id=request.account_id),
        recipient=UserRecipient(to_user=request.requested_by),
        payload={"quantity": str(request.quantity)},
        operation_id=context.operation_id,
        queued_at=context.now,
    )


def seat_request_mail_to_staff(kind: MailKind, request: SeatRequest, *, context: OperationContext) -> Mail:
    """Return the mail to the staff, who decide on the request, or charge what took effect at once (rule 27)."""
    return Mail(
        mail_id=derived_id(context.operation_id, kind, request.request_id),
        kind=kind,
        subject=AccountRef(account_id=request.account_id),
        recipient=StaffRecipient(),
        payload={"request_id": request.request_id, "requester_id": request.requested_by},
        operation_id=context.operation_id,
        queued_at=context.now,
    )


def recovery_mail(recovery: Recovery, *, operation_id: str) -> Mail:
    """Return the mail with the link to a new password; it is sent if the address has an identity by then (rule 18)."""
    kind = MailKind.RECOVERY_HELP if recovery.by_operator else MailKind.RECOVERY
    payload = {"recovery_version": str(recovery.version)}
    return _mail_to_person(kind, recovery.identity_id, payload, operation_id=operation_id, now=recovery.sent_at)


def password_changed_mail(identity_id: str, *, operation_id: str, now: datetime) -> Mail:
    """Return the mail that tells a person that their password was changed."""
    return _mail_to_person(MailKind.PASSWORD_CHANGED, identity_id, {}, operation_id=operation_id, now=now)


def _mail_to_person(
    kind: MailKind, identity_id: str, payload: Mapping[str, str], *, operation_id: str, now: datetime
) -> Mail:
    return Mail(
        mail_id=derived_id(operation_id, kind, identity_id),
        kind=kind,
        subject=IdentityRef(identity_id=identity_id),
        recipient=IdentityRecipient(to_identity=identity_id),
        payload=payload,
        operation_id=operation_id,
        queued_at=now,
    )

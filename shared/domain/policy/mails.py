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
    Recipient,
    StaffRecipient,
    Subject,
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

_MAX_ADMINISTRATORS = 10  # who are mailed of one event


def mail_to_user(kind: MailKind, user: User, *, to: str, context: OperationContext) -> Mail:
    """Return a mail about this user to a user of the account, to be queued with the change that it reports."""
    return _mail_about(kind, user, UserRecipient(to_user=to), to, context=context)


def mail_to_address(kind: MailKind, user: User, *, to: str, context: OperationContext) -> Mail:
    """Return a mail about this user to an address, to be queued with the change that it reports."""
    return _mail_about(kind, user, AddressRecipient(to_address=to), to, context=context)


def mail_to_staff(happened: MailKind, user: User, *, context: OperationContext) -> Mail:
    """Return the mail to the staff in place of the mail `happened` to an inviter or an administrator."""
    payload = _inviter_of(user) | {"happened": happened.value}
    return _mail_about(MailKind.STAFF_NOTICE, user, StaffRecipient(), "", context=context, payload=payload)


def summary_mail(users: Sequence[User], *, to_address: str, context: OperationContext) -> Mail:
    """Return the mail that tells an address whom the one who acts has invited together (rule 7)."""
    [account_id] = {user.account_id for user in users}
    return _new_mail(
        MailKind.NOTIFY_OF_MANY,
        UsersRef(account_id=account_id, user_ids=tuple(user.user_id for user in users)),
        AddressRecipient(to_address=to_address),
        {"inviter_id": context.actor.actor_id},
        id_parts=(context.operation_id, MailKind.NOTIFY_OF_MANY, account_id, to_address),
        context=context,
    )


def mail_to_inviter(kind: MailKind, user: User, *, context: OperationContext) -> tuple[Mail, ...]:
    """Return the mail to the user's inviter; an operator's goes to the staff, who hear of no joining."""
    inviter = user.invitation.invited_by
    if not is_operator(inviter):
        return (mail_to_user(kind, user, to=inviter, context=context),)
    return () if kind is MailKind.JOINED else (mail_to_staff(kind, user, context=context),)


def mails_to_administrators(
    kind: MailKind, user: User, *, account: Account, context: OperationContext
) -> tuple[Mail, ...]:
    """Return the mails about a user to the account's active administrators, to ten of them at most."""
    others = sorted(account.administrators.keys() - {user.user_id})[:_MAX_ADMINISTRATORS]
    return tuple(mail_to_user(kind, user, to=each, context=context) for each in others)


def access_ending_mails(user: User, *, to: Sequence[str], context: OperationContext) -> tuple[Mail, ...]:
    """Return the mails to the first ten of these administrators that the user's access ends at the moment in `payload`.

    Telling them is no new version of the user: ids derive from the version, so that two sweeps queue no mail twice.
    """
    kind, version = MailKind.ACCESS_ENDING, str(user.version)
    ends = {"access_until": iso(user.access_until)} if user.access_until else {}
    return tuple(
        _new_mail(
            kind,
            _reference(user),
            UserRecipient(to_user=to_user),
            ends,
            id_parts=(kind, user.account_id, user.user_id, version, to_user),
            context=context,
        )
        for to_user in to[:_MAX_ADMINISTRATORS]
    )


def seat_request_mail(kind: MailKind, request: SeatRequest, *, context: OperationContext) -> Mail:
    """Return the mail to the administrator who asked for seats."""
    recipient, payload = UserRecipient(to_user=request.requested_by), {"quantity": str(request.quantity)}
    return _seat_mail(kind, request, recipient, payload, context=context)


def seat_request_mail_to_staff(kind: MailKind, request: SeatRequest, *, context: OperationContext) -> Mail:
    """Return the mail to the staff, who decide on the request, or charge what took effect at once (rule 27)."""
    payload = {"request_id": request.request_id, "requester_id": request.requested_by}
    return _seat_mail(kind, request, StaffRecipient(), payload, context=context)


def recovery_mail(recovery: Recovery, *, operation_id: str) -> Mail:
    """Return the mail with the password reset link; it is sent if the address has an identity by then (rule 18)."""
    kind = MailKind.RECOVERY_HELP if recovery.by_operator else MailKind.RECOVERY
    payload = {"recovery_version": str(recovery.version)}
    return _mail_to_person(kind, recovery.identity_id, payload, operation_id=operation_id, now=recovery.sent_at)


def password_changed_mail(identity_id: str, *, operation_id: str, now: datetime) -> Mail:
    """Return the mail that tells a person that their password was changed."""
    return _mail_to_person(MailKind.PASSWORD_CHANGED, identity_id, {}, operation_id=operation_id, now=now)


def _mail_about(
    kind: MailKind,
    user: User,
    recipient: Recipient,
    to: str,
    *,
    context: OperationContext,
    payload: Mapping[str, str] | None = None,
) -> Mail:
    return _new_mail(
        kind,
        _reference(user),
        recipient,
        _inviter_of(user) if payload is None else payload,
        id_parts=(context.operation_id, kind, user.user_id, to),
        context=context,
    )


def _seat_mail(
    kind: MailKind, request: SeatRequest, recipient: Recipient, payload: Mapping[str, str], *, context: OperationContext
) -> Mail:
    id_parts = (context.operation_id, kind, request.request_id)
    subject = AccountRef(account_id=request.account_id)
    return _new_mail(kind, subject, recipient, payload, id_parts=id_parts, context=context)


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


def _new_mail(
    kind: MailKind,
    subject: Subject,
    recipient: Recipient,
    payload: Mapping[str, str],
    *,
    id_parts: Sequence[str],
    context: OperationContext,
) -> Mail:
    return Mail(
        mail_id=derived_id(*id_parts),
        kind=kind,
        subject=subject,
        recipient=recipient,
        payload=payload,
        operation_id=context.operation_id,
        queued_at=context.now,
    )


def _reference(user: User) -> UserRef:
    return UserRef(account_id=user.account_id, user_id=user.user_id, generation=user.invitation.generation)


def _inviter_of(user: User) -> dict[str, str]:
    inviter = user.invitation.invited_by
    return {} if is_operator(inviter) else {"inviter_id": inviter}

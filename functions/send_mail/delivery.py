"""Delivery of one mail from the outbox to SES: claim, check, render, send, settle."""

from functions.send_mail.composing import compose
from functions.send_mail.context_values import context_values, display_name
from functions.send_mail.rendering import render
from shared.adapters.dynamodb.outbox import open_outbox
from shared.adapters.ses import MailRejected, open_mailer
from shared.adapters.token_signer import open_recovery_signer, open_token_signer
from shared.clock import utc_now
from shared.domain.commands.delivery_status import apply_delivery_event
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.mails import (
    WITH_LINK,
    WITH_RECOVERY_LINK,
    IdentityRef,
    Mail,
    MailState,
    StaffRecipient,
    is_exhausted,
)
from shared.domain.model.recoveries import RecoveryToken
from shared.domain.model.users import Delivery, Locale, User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.send_conditions import MailContext, is_paused, is_suppressed, of_true_subject, should_send
from shared.domain.policy.snapshot import OperationContext
from shared.logging import error_fields, logger
from shared.settings import settings

outbox = open_outbox()
token_signer = open_token_signer(Channel.MAILED)
recovery_signer = open_recovery_signer()
mailer = open_mailer()

_STAFF_MAIL = settings().staff_mail

_NOT_SENT: frozenset[MailState] = frozenset({"retry", "failed"})
_DELIVERY_STATUS: dict[MailState, Delivery] = {"sent": "sent", "failed": "failed", "suppressed": "failed"}


def deliver(mail_id: str, *, operation_id: str) -> None:
    """Send a mail once, unless another sender holds it, it is settled, or it is no longer true."""
    mail = outbox.claim(mail_id, operation_id=operation_id, now=utc_now())
    if mail is None:
        return
    state, context, paused = _send(mail)
    change = _delivery_change(mail, state, context, operation_id=operation_id)
    outbox.settle(mail, state, change, operation_id=operation_id, now=utc_now())
    logger.info(
        "mail",
        extra={
            "mail_id": mail_id,
            "request_id": mail.operation_id,  # Of the request that queued it, as its answer and its own log line say.
            "kind": mail.kind,
            "state": state,
            "attempts": mail.attempts,
            "paused": paused,
            **_waited(mail, state, paused=paused),
        },
    )


def _waited(mail: Mail, state: MailState, *, paused: bool) -> dict[str, float]:
    """Return how long the mail has waited to be sent, which an alarm watches; empty for a wait that is intended.

    A mail that is settled after several attempts no longer waits, and may have been paused between them.
    """
    is_first = mail.attempts <= 1
    if paused or not (is_first or state in _NOT_SENT):
        return {}
    return {"waited_seconds": (utc_now() - mail.queued_at).total_seconds()}


def _send(mail: Mail) -> tuple[MailState, MailContext | None, bool]:
    """Return the state that the mail ends in, its context if that could be read, and whether it is paused."""
    context = None
    try:
        context = of_true_subject(mail, outbox.read(mail), now=utc_now())
        if is_paused(mail, context, now=utc_now()):
            return "failed" if is_exhausted(mail.attempts) else "retry", context, True
        if not should_send(mail, context, now=utc_now()):
            return "skipped", context, False
        if is_suppressed(mail, context):
            return "suppressed", context, False
        address = _address(mail, context)
        mailer.send(_message(mail, context, to=address), to=address, mail_id=mail.mail_id)
    except Exception as error:  # noqa: BLE001 (whatever it was, the mail is kept and retried)
        logger.error(
            "mail not sent",
            extra={"mail_id": mail.mail_id, "request_id": mail.operation_id, **error_fields(error)},
        )
        is_final = isinstance(error, MailRejected) or is_exhausted(mail.attempts)
        return "failed" if is_final else "retry", context, False
    return "sent", context, False


def _delivery_change(
    mail: Mail, state: MailState, context: MailContext | None, *, operation_id: str
) -> ChangeSet | None:
    """Return the delivery status that the mail's state means for the user's invitation."""
    delivery = _DELIVERY_STATUS.get(state)
    if context is None or context.user is None or delivery is None:
        return None
    return apply_delivery_event(
        context.user,
        delivery,
        mail=mail,
        context=OperationContext(actor=CLOCK, operation_id=operation_id, now=utc_now()),
    )


def _address(mail: Mail, context: MailContext) -> str:
    if isinstance(mail.recipient, StaffRecipient):
        return _STAFF_MAIL
    if context.recipient is None:
        return mail.to_address or ""
    return context.recipient.email if isinstance(context.recipient, User) else context.recipient.address


def _message(mail: Mail, context: MailContext, *, to: str) -> bytes:
    values = {**mail.payload, **context_values(context, link=_link(mail))}
    return compose(
        render(mail.kind, language=_language(context), values=values),
        sender=mailer.sender,
        to=to,
        to_name=display_name(context.recipient) if context.recipient else None,
        mail_id=mail.mail_id,
        headers={"X-Request-Id": mail.operation_id} if mail.operation_id else {},
    )


def _language(context: MailContext) -> Locale:
    """Return the recipient's language, for a bare address that of the account or of the person."""
    if context.recipient:
        return context.recipient.locale
    if context.account:
        return context.account.settings.locale
    return context.identity.locale if context.identity else "en"


def _link(mail: Mail) -> str | None:
    """Return the address of the page that the mail's button opens with a token; None for a mail without one."""
    if mail.kind in WITH_RECOVERY_LINK and isinstance(mail.subject, IdentityRef):
        return recovery_signer.url(RecoveryToken(mail.subject.identity_id, mail.recovery_version))
    if mail.kind not in WITH_LINK:
        return None
    user = mail.user_ref
    return token_signer.url(InvitationToken(user.account_id, user.user_id, user.generation, Channel.MAILED))

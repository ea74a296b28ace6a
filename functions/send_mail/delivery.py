"""One mail from the outbox to SES: claimed, still true, written, sent, settled."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from functions.send_mail.composing import compose
from functions.send_mail.rendering import MailKind, render
from shared.adapters.dynamodb.outbox import open_outbox
from shared.adapters.ses import MailRejected, open_mailer
from shared.adapters.token_signer import open_token_signer
from shared.clock import utc_now
from shared.domain.commands.delivery_status import apply_delivery_event
from shared.domain.model.invitation_tokens import Channel, Link
from shared.domain.model.users import Delivery
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.mails import WITH_LINK, Mail, MailContext, MailState, is_exhausted, should_send
from shared.domain.policy.snapshot import OperationContext
from shared.logging import described, logger
from shared.settings import settings

outbox = open_outbox()
links = open_token_signer()
mailer = open_mailer()

_DELIVERY: dict[MailState, Delivery] = {"sent": "sent", "failed": "failed", "suppressed": "complained"}


def deliver(mail_id: str, *, operation: str) -> None:
    """Sends a mail, unless another sender has it, it was sent, or it is no longer true."""
    mail = outbox.claim(mail_id, operation=operation, now=utc_now())
    if mail is None:
        return
    state, people = _send(mail)
    outbox.settle(mail, state, _news(mail, state, people, operation=operation), operation=operation, now=utc_now())
    waited = (utc_now() - mail.queued_at).total_seconds()
    told = {"kind": mail.kind, "state": state, "attempts": mail.attempts, "waited_seconds": waited}
    logger.info("mail", extra={"mail_id": mail_id, **told})


def _send(mail: Mail) -> tuple[MailState, MailContext | None]:
    """How it went, and who they were, if that could be read."""
    people = None
    try:
        people = outbox.read(mail)
        if not should_send(mail, people, now=utc_now()):
            return "skipped", people
        if people.is_suppressed:
            return "suppressed", people
        address = _address(mail, people)
        mailer.send(_written(mail, people, to=address), to=address, mail_id=mail.mail_id)
    except Exception as error:  # noqa: BLE001 (whatever it was, the mail is kept and offered again)
        logger.error("mail not sent", extra={"mail_id": mail.mail_id, **described(error)})
        is_final = isinstance(error, MailRejected) or is_exhausted(mail.attempts)
        return "failed" if is_final else "retry", people
    return "sent", people


def _news(mail: Mail, state: MailState, people: MailContext | None, *, operation: str) -> ChangeSet | None:
    delivery = _DELIVERY.get(state)
    if people is None or delivery is None:
        return None
    return apply_delivery_event(
        people.user, delivery, mail=mail, context=OperationContext(actor=CLOCK, operation_id=operation, now=utc_now())
    )


def _address(mail: Mail, people: MailContext) -> str:
    if people.recipient:
        return people.recipient.email
    return mail.to_address or ""


def _written(mail: Mail, people: MailContext, *, to: str) -> bytes:
    reader, inviter = people.recipient, people.inviter
    language = reader.locale if reader else people.account.settings.locale
    text = render(MailKind(mail.kind), language=language, values=_values(mail, people))
    return compose(
        text,
        sender=settings().sender,
        to=to,
        to_name=reader.name if reader else None,
        reply_to=inviter.email if inviter and mail.kind in WITH_LINK else None,
        mail_id=mail.mail_id,
    )


def _values(mail: Mail, people: MailContext) -> dict[str, object]:
    account, user, console = people.account, people.user, f"{settings().console_url}/console/"
    return {
        "product_name": settings().product_name,
        "help_url": account.settings.help_url or settings().help_url,
        "account_id": account.account_id,
        "account_name": account.name,
        "person_name": user.name,
        "person_email": user.email,
        "inviter_name": people.inviter.name if people.inviter else None,
        "reader_name": people.recipient.name if people.recipient else None,
        "role": "administrator" if user.admin else "user",
        "message": user.invitation.message,
        "expires_at": _local(user.invitation.expires_at, time_zone=people.time_zone),
        "console_url": console,
        "users_url": f"{console}{account.account_id}/users",
        "user_url": f"{console}{account.account_id}/users/{user.user_id}",
        "link": links.url(_link(mail)) if mail.kind in WITH_LINK else None,
    }


def _local(at: datetime, *, time_zone: str | None) -> datetime:
    """The same moment by the reader's clock; by UTC where their zone is not known, or no longer called so."""
    try:
        return at.astimezone(ZoneInfo(time_zone) if time_zone else UTC)
    except (KeyError, ValueError, OSError):  # Not there, no name of a zone, a folder of zones.
        return at.astimezone(UTC)


def _link(mail: Mail) -> Link:
    return Link(mail.account_id, mail.user_id, mail.generation, Channel.MAILED)

"""What SES tells of a mail that it has taken is shown on the invitation; whoever complains gets no more mail."""

from typing import Any

from shared.adapters.dynamodb.delivery_store import open_delivery_store
from shared.clock import utc_now
from shared.domain.commands.delivery_status import tracked
from shared.domain.model import errors
from shared.domain.model.users import Delivery
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.mails import Mail
from shared.domain.policy.operation_context import OperationContext
from shared.logging import logger

deliveries = open_delivery_store()

_NEWS: dict[str, Delivery] = {
    "Send": "sent",
    "Reject": "failed",
    "Delivery": "delivered",
    "Bounce": "bounced",
    "Complaint": "complained",
}
_TRIES = 3  # Against others who change the same user; after that Lambda waits, and tries again.


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Woken by SES's events on the default bus: those of the stage's configuration set, twice or out of order."""
    delivery, mail_id = _delivery(event["detail"]), _mail_id(event["detail"])
    mail = deliveries.mail(mail_id) if delivery and mail_id else None
    if delivery and mail:
        if delivery == "complained":
            _suppress(mail)
        _track(mail, delivery, operation=context.aws_request_id)
    logger.info("tracked", extra={"mail_id": mail_id, "delivery": delivery, "known": mail is not None})


def _delivery(detail: dict[str, Any]) -> Delivery | None:
    """None for what may still turn out well, and for readers who say that the mail is no junk."""
    is_passing = detail.get("bounce", {}).get("bounceType", "Permanent") != "Permanent"
    is_praise = detail.get("complaint", {}).get("complaintFeedbackType") == "not-spam"
    return None if is_passing or is_praise else _NEWS.get(detail["eventType"])


def _mail_id(detail: dict[str, Any]) -> str | None:
    """As `send_mail` has tagged it; None for a mail that something else sent under the same configuration set."""
    return next(iter(detail["mail"].get("tags", {}).get("mail_id", [])), None)


def _suppress(mail: Mail) -> None:
    recipient = deliveries.user(mail.account_id, mail.to_user) if mail.to_user else None
    address = recipient.email if recipient else mail.to_address
    if address:
        deliveries.suppress(address, now=utc_now())


def _track(mail: Mail, delivery: Delivery, *, operation: str) -> None:
    for _ in range(_TRIES):
        user = deliveries.user(mail.account_id, mail.user_id)
        if user is None:
            return
        operation_context = OperationContext(actor=CLOCK, operation_id=operation, now=utc_now())
        try:
            deliveries.save(tracked(user, delivery, of=mail, context=operation_context), of=mail, operation=operation)
        except errors.Conflict:
            continue
        return
    raise errors.Conflict

"""Store SES delivery events as the invitation's delivery status, and suppress addresses that complain."""

from typing import Any

from shared import retries
from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.delivery_store import open_delivery_store
from shared.clock import utc_now
from shared.domain.commands.delivery_status import apply_delivery_event
from shared.domain.model.mails import IdentityRef, Mail, UserRef
from shared.domain.model.users import Delivery
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.snapshot import OperationContext
from shared.logging import entry_point, logger

committer = open_committer()
deliveries = open_delivery_store()

_DELIVERY_BY_EVENT: dict[str, Delivery] = {
    "Send": "sent",
    "Reject": "failed",
    "Delivery": "delivered",
    "Bounce": "bounced",
    "Complaint": "complained",
}


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle an SES event of the stage's configuration set; SES may repeat or reorder them."""
    delivery, mail_id = _delivery(event["detail"]), _mail_id(event["detail"])
    mail = deliveries.mail(mail_id) if delivery and mail_id else None
    if delivery and mail:
        if delivery == "complained":
            complained = event["detail"]["complaint"]["complainedRecipients"][0]["emailAddress"]
            deliveries.suppress_recipient(mail, complained=complained.lower(), now=utc_now())
        _track(mail, delivery, context)
    account_id = None if mail is None or isinstance(mail.subject, IdentityRef) else mail.subject.account_id
    seen = {"mail_id": mail_id, "account_id": account_id, "delivery": delivery, "known": mail is not None}
    logger.info("tracked", extra=seen)


def _delivery(detail: dict[str, Any]) -> Delivery | None:
    """Return the delivery status; None for a transient bounce and for feedback that the mail is no spam."""
    is_transient_bounce = detail.get("bounce", {}).get("bounceType", "Permanent") != "Permanent"
    is_not_spam_feedback = detail.get("complaint", {}).get("complaintFeedbackType") == "not-spam"
    return None if is_transient_bounce or is_not_spam_feedback else _DELIVERY_BY_EVENT.get(detail["eventType"])


def _mail_id(detail: dict[str, Any]) -> str | None:
    """Return the tag that `send_mail` set; None for a mail that something else sent under the configuration set."""
    return next(iter(detail["mail"].get("tags", {}).get("mail_id", [])), None)


def _track(mail: Mail, delivery: Delivery, context: Any) -> None:
    """Store the status; after the retries on a version conflict Lambda retries the event."""
    subject = mail.subject
    if not isinstance(subject, UserRef):
        return  # Only invitations show a delivery status.

    def track() -> None:
        user = deliveries.user(subject.account_id, subject.user_id)
        if user is None:
            return
        by_clock = OperationContext(CLOCK, context.aws_request_id, utc_now())
        changes = apply_delivery_event(user, delivery, mail=mail, context=by_clock)
        committer.commit(changes, by_clock.basis, answer=None)

    retries.run(track, remaining_ms=context.get_remaining_time_in_millis)

"""Queued mails as items."""

from shared.adapters.dynamodb.requests import Write, put_absent
from shared.domain.model.mails import GRACE, Mail
from shared.domain.model.values import iso

DUE_MAILS = "mails"


def put_mail(table: str, mail: Mail) -> Write:
    """Queue a mail in the outbox, with the time at which the rescue sweep looks after it."""
    keys = {"pk": mail.mail_id, "due": DUE_MAILS, "due_at": iso(mail.queued_at + GRACE)}
    return put_absent(table, keys | mail.model_dump(mode="json"))

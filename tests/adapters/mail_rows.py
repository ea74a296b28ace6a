"""Mails about a subject, and the identity that they go to."""

from typing import Any

from shared.domain.model.mails import Mail, MailKind, Recipient, Subject
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.domain_factories import NOW


def mail_about(subject: Subject, to: Recipient) -> Mail:
    return Mail(mail_id="m", kind=MailKind.NOTIFY, subject=subject, recipient=to, queued_at=NOW)


def identity_row() -> dict[str, Any]:
    """The administrator's identity."""
    [row] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "ann@example.org"]
    return row

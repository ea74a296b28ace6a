"""An invitation whose mail has gone out, and what is shown and told of its delivery."""

from collections.abc import Iterator
from typing import Any

from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import ActiveUser, deliver_queued, delivered, invited
from tests.functions.cached_fixtures import an_account
from tests.functions.mailing import mail_of
from tests.table_edits import user_row


def a_sent_invitation(**fields: Any) -> tuple[ActiveUser, dict[str, Any], str]:
    """An administrator, whom they invited, and the id of the mail that has gone out."""
    ann = an_account()
    user = invited(ann, **fields)
    deliver_queued()
    return ann, user, mail_id_of(user)


def mail_id_of(user: dict[str, Any]) -> str:
    return str(mail_of(user, "invitation")["pk"])


def delivery_of(user: dict[str, Any]) -> str:
    return str(user_row(user["user_id"])["invitation"]["delivery"])


def entries() -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.delivery_changed"]


def subjects(address: str) -> Iterator[str]:
    return (mail["Subject"] for mail in delivered() if address in mail["To"])

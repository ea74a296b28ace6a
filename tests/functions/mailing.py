"""A queued mail, its item, and the message that was sent."""

from typing import Any

from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.factories import ActiveUser, deliver_queued, delivered, invited, stream_of
from tests.functions.cached_fixtures import an_account
from tests.invoke import wake

PAST = "2026-01-01T00:00:00.000Z"


def a_queued_mail(**fields: Any) -> tuple[ActiveUser, dict[str, Any], dict[str, Any]]:
    """Return an administrator, the user whom they invited, and the only queued mail."""
    ann = an_account()
    deliver_queued()
    user = invited(ann, **fields)
    return ann, user, mail_of(user)


def mail_of(user: dict[str, Any], kind: str = "invitation") -> dict[str, Any]:
    [mail] = [row for row in aws_fixture.items(MAIL) if row["user_id"] == user["user_id"] and row["kind"] == kind]
    return mail


def send_mail(mail: dict[str, Any], *, times: int = 1) -> Any:
    return wake("send_mail", stream_of([mail["pk"]] * times))


def to_lee() -> list[Any]:
    return [mail for mail in delivered() if "lee@example.org" in mail["To"]]

"""Poison rows do not delay other rows."""

from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.dynamodb.codec import to_item
from shared.domain.model.mails import MAX_ATTEMPTS
from shared.domain.model.users import INVITATION_VALID_FOR
from shared.storage_schema import DIRECTORY, MAIL, Table
from tests import aws_fixture
from tests.command_cases.effects import user_of
from tests.factories import an_account, deliver_queued, invited, stream_of
from tests.invoke import wake
from tests.proofs import movable_clock, outbox
from tests.proofs.snapshots import rows

MAIL_ROW = {
    "pk": "poison",
    "mail_id": "poison",
    "state": "queued",
    "due": "mails",
    "due_at": "2000-01-01T00:00:00.000Z",
}
NOBODY = {
    "kind": "invitation",
    "account_id": "zz999",
    "user_id": "a" * 26,
    "generation": 1,
    "to_user": "a" * 26,
    "attempts": 0,
    "queued_at": "2000-01-01T00:00:00.000Z",
}


def put(table: Table, row: dict[str, Any]) -> None:
    aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(table), Item=to_item(row))


def run(name: str, event: dict[str, Any] | None = None) -> None:
    """Run a function that may fail, as the alarm needs; what it has written stays."""
    try:
        wake(name, event)
    except Exception as error:  # noqa: BLE001 (Lambda's part)
        print(type(error).__name__)  # noqa: T201 (for the reader of a failure)


@pytest.mark.parametrize("poison", [MAIL_ROW, MAIL_ROW | NOBODY], ids=["unreadable", "about nobody"])
@pytest.mark.parametrize("by", ["stream", "rescue"])
def test_a_poison_mail_does_not_delay_other_mails(poison: dict[str, Any], by: str) -> None:
    ann = an_account()
    deliver_queued()
    already = outbox.times_sent()
    put(MAIL, poison)
    invited(ann)
    [mail] = [row["pk"] for row in rows(MAIL) if row["state"] == "queued" and row["pk"] != "poison"]

    movable_clock.forward(INVITATION_VALID_FOR / 100)
    run("send_mail", stream_of(["poison", mail]) if by == "stream" else None)

    assert outbox.times_sent() - already == {mail: 1}


def test_an_unreadable_mail_fails_after_the_last_attempt() -> None:
    put(MAIL, MAIL_ROW)

    failures = 0
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(RuntimeError, match="could not be processed"):
            wake("send_mail")
        failures += 1
        movable_clock.forward(timedelta(days=2))

    wake("send_mail")
    [row] = rows(MAIL)
    assert (row["state"], row["attempts"]) == ("failed", failures)
    assert "due" not in row


def test_an_unreadable_invitation_does_not_delay_other_expiries() -> None:
    user = invited(an_account())
    due = {"due": "invitations", "due_at": "2000-01-01T00:00:00.000Z\tpoison"}
    put(DIRECTORY, {"pk": "ab123", "sk": "user#poison", "status": "invited", **due})
    movable_clock.forward(INVITATION_VALID_FOR)

    run("expire")

    assert user_of(user["email"])["status"] == "expired"

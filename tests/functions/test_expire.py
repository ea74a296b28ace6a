import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    GET_ACCOUNT,
    USER,
    ActiveUser,
    an_operator,
    delivered,
    invited,
    joined,
    link_in,
    text_of,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes
from tests.functions.faults import captured_logs, counting, losing_answers, meanwhile, refusing
from tests.invoke import Context, handler_of, wake
from tests.table_edits import expire_at, overdue, remind_now, set_user, user_row


def some_due(ann: ActiveUser, number: int) -> list[dict[str, Any]]:
    return [overdue(invited(ann, f"u{each}@example.org")) for each in range(number)]


def statuses() -> dict[str, str]:
    return {row["email"]: row["status"] for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")}


def test_the_sweep_writes_what_the_clock_has_decided() -> None:
    ann = an_account(seats=5)
    user = overdue(invited(ann))
    before = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body

    wake("expire")

    row = user_row(user["user_id"])
    after = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    assert (row["status"], row["holds_seat"], row["version"]) == ("expired", False, 2)
    assert not {"due", "due_at"} & set(row)
    assert (before["seats"]["used"], after["seats"]["used"]) == (2, 1)
    assert (after["counts"]["invited"], after["counts"]["expired"]) == (0, 1)


def test_the_inviter_is_told_and_the_journal_says_that_it_was_the_clock() -> None:
    ann = an_account()
    user = overdue(invited(ann))

    wake("expire")

    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.expired"]
    told = [mail["To"] for mail in delivered() if "expired" in mail["Subject"]]
    assert (entry["actor"], entry["user_id"]) == ("clock", user["user_id"])
    assert (entry["before"], entry["after"]) == ({"status": "invited"}, {"status": "expired"})
    assert told == ["Ann Admin <ann@example.org>"]


def test_the_staff_hear_of_an_operators_invitation_that_expires() -> None:
    an_account()
    body = {"first_name": "Bea", "last_name": "Boss", "email": "bea@example.org"}
    overdue(call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body).body)

    wake("expire")

    [told] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    assert "expired before it was accepted" in text_of(told)
    assert [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.expired"]


def test_what_still_waits_stays_as_it_is() -> None:
    ann = an_account()
    invited(ann)
    expire_at(invited(ann, "soon@example.org"), datetime.now(UTC) + timedelta(seconds=20))

    with nothing_changes():
        wake("expire")


@pytest.mark.parametrize(("milliseconds", "status"), [(-1, "invited"), (0, "expired"), (1, "expired")])
def test_an_invitation_is_due_at_its_very_millisecond(milliseconds: int, status: str) -> None:
    user = invited(an_account())
    moment = utc_now() + timedelta(minutes=5)
    expire_at(user, moment)

    with time_machine.travel(moment + timedelta(milliseconds=milliseconds), tick=False):
        wake("expire")

    assert user_row(user["user_id"])["status"] == status


def test_a_second_sweep_has_nothing_left_to_do() -> None:
    some_due(an_account(), 2)
    wake("expire")

    with nothing_changes():
        wake("expire")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "active", "joined_at": "2026-11-01T00:00:00.000Z"},
        {"invitation__generation": 2, "invitation__expires_at": "2999-01-01T00:00:00.000Z"},
        {"status": "expired", "holds_seat": False},
    ],
)
def test_an_index_that_lags_behind_expires_nobody(changes: dict[str, object]) -> None:
    user = overdue(invited(an_account()))
    set_user(user, **changes)

    with nothing_changes():
        wake("expire")


def test_only_what_was_read_is_written() -> None:
    ann = an_account()
    user = overdue(invited(ann))

    with changed_meanwhile(user):
        wake("expire")

    assert (user_row(user["user_id"])["status"], user_row(user["user_id"])["version"]) == ("invited", 7)
    assert [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.expired"] == []
    assert call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body["seats"]["used"] == 2


def changed_meanwhile(user: dict[str, Any]) -> Any:
    """Someone else changes the user between the sweep's read and its write."""
    return meanwhile("dynamodb", "TransactWriteItems", lambda: set_user(user, version=7))


def test_one_that_cannot_be_written_holds_up_no_other_and_fails_the_run() -> None:
    users = some_due(an_account(), 3)
    with (
        refusing("dynamodb", "TransactWriteItems", "InternalServerError", times=1),
        captured_logs() as logs,
        pytest.raises(RuntimeError, match="could not be processed"),
    ):
        wake("expire")

    found = statuses()
    assert sorted(found[user["email"]] for user in users) == ["expired", "expired", "invited"]
    assert '"failed":1' in logs.getvalue().replace(" ", "")
    assert "@example.org" not in logs.getvalue()


def test_a_sweep_says_how_late_the_latest_was_that_it_has_written() -> None:
    ann = an_account()
    overdue(invited(ann), by=timedelta(seconds=90))
    overdue(invited(ann, "kim@example.org"), by=timedelta(seconds=30))

    with captured_logs() as logs:
        wake("expire")
        wake("expire")

    first, second = (json.loads(line) for line in logs.getvalue().splitlines())
    assert 90 <= first["lag_seconds"] < 100
    assert (second.get("expired", 0), second["lag_seconds"]) == (0, 0)


def test_a_run_that_has_no_time_left_begins_with_no_more() -> None:
    some_due(an_account(), 2)

    with nothing_changes():
        wake("expire", context=Context(remaining=4_999))


def test_a_lost_answer_expires_once() -> None:
    ann = an_account()
    overdue(invited(ann))

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        wake("expire")

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    assert lost
    assert (account["seats"]["used"], account["counts"]["expired"]) == (1, 1)
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("invitation.expired") == 1
    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("expired") == 1


def test_someone_who_accepted_in_time_is_never_expired() -> None:
    ann = an_account()
    user = invited(ann)
    joined(ACCOUNT, user)

    with nothing_changes():
        wake("expire")

    assert call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body["status"] == "active"


def test_the_cost_follows_what_is_due_and_not_what_waits() -> None:
    ann = an_account(seats=1000)
    some_due(ann, 2)
    with counting("dynamodb") as alone:
        wake("expire")

    for number in range(12):
        invited(ann, f"waiting{number}@example.org")
    some_due_again = [overdue(invited(ann, f"due{number}@example.org")) for number in range(2)]
    with counting("dynamodb") as among_many:
        wake("expire")

    assert len(some_due_again) == 2
    assert alone == among_many
    assert alone == ["Query", "Query", "BatchGetItem", "TransactWriteItems", "TransactWriteItems"]


@pytest.mark.parametrize(
    "event", [{}, {"every": "hour"}, {"Records": []}, {"every": "minute", "more": 1}, {"routeKey": "x"}]
)
def test_an_event_of_another_shape_raises(event: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not the event"):
        handler_of("expire")(event, Context())


# ---- the reminder (rule 36) ----


def test_a_reminder_goes_out_two_days_before_the_expiry_and_once() -> None:
    ann = an_account()
    user = remind_now(invited(ann))
    delivered()

    wake("expire")

    [reminder] = [row for row in aws_fixture.items(MAIL) if row["kind"] == "reminder"]
    row = user_row(user["user_id"])
    first, second = (link_in(mail) for mail in delivered() if mail["To"].endswith("<lee@example.org>"))
    assert (reminder["to_user"], reminder["generation"]) == (user["user_id"], 1)
    assert first == second
    assert (row["status"], row["invitation"]["reminded"]) == ("invited", True)
    assert row["due_at"].startswith(row["invitation"]["expires_at"])
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("invitation.reminded") == 1
    with nothing_changes():
        wake("expire")


def test_a_new_invitation_waits_for_its_reminder_first() -> None:
    user = invited(an_account())

    row = user_row(user["user_id"])

    reminder = datetime.fromisoformat(row["invitation"]["expires_at"]) - timedelta(days=2)
    assert row["due_at"].startswith(iso(reminder))


def test_a_bounced_invitation_is_not_reminded_of_by_mail() -> None:
    user = remind_now(invited(an_account()))
    delivered()
    set_user(user, invitation__delivery="bounced")

    wake("expire")

    assert [mail for mail in delivered() if "eminder" in mail["Subject"]] == []

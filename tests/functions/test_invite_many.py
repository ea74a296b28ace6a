"""Many people are invited at once: a verdict for each row, a mail for each person, and one summary."""

import json
from typing import Any

import pytest

from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    INVITE,
    INVITE_MANY,
    SETTINGS,
    a_user,
    accepted,
    deliver_queued,
    delivered,
    invitation,
    invited,
    text_of,
    token_for,
)
from tests.functions.batches import account_row, invite_rows, mails, rows, verdicts
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import counting
from tests.table_edits import set_user


def test_each_row_gets_its_verdict_in_order() -> None:
    ann = an_account(seats=4)
    member, waiting = a_user(ann, "member@example.org"), invited(ann, "waiting@example.org")
    bad = invitation("Bad@example.org", first_name="", phone={"country_code": "+44", "number": "1"}, colour="red")

    answer = invite_rows(
        ann,
        *(
            invitation("Lee+Sales@EXAMPLE.org"),
            bad,
            7,
            invitation("no address"),
            invitation(member.address),
            invitation(waiting["email"]),
        ),
        *(invitation("lee+sales@example.org"), invitation("bad@example.org"), invitation("kim@example.org")),
    )

    assert verdicts(answer) == [
        ("invited", None),
        *[("refused", "invalid_request")] * 3,
        ("refused", "already_member"),
        ("refused", "already_invited"),
        *[("refused", "duplicate_row")] * 2,
        ("refused", "no_seat_available"),
    ]
    results = answer.body["results"]
    assert [result["email"] for result in results[:5]] == [
        *("lee+sales@example.org", "bad@example.org", None, "no address", "member@example.org"),
    ]
    assert {error["field"] for error in results[1]["errors"]} == {"first_name", "phone.number", "colour"}
    assert [error["field"] for error in results[3]["errors"]] == ["email"]
    assert [result["user_id"] for result in results[4:6]] == [member.user_id, waiting["user_id"]]
    assert all(result["detail"] for result in results[1:])
    assert results[0]["user"]["status"] == "invited"
    assert results[0]["user"]["allowed_actions"] == ["resend", "copy_link", "revoke", "edit"]
    assert not any(result["user"] for result in results[1:])


def test_a_name_that_poses_as_the_product_refuses_its_row_only() -> None:
    answer = invite_rows(an_account(), invitation("lee@example.org", first_name="Usher", last_name="Support"), *rows(1))

    assert verdicts(answer) == [("refused", "invalid_request"), ("invited", None)]


def test_everybody_who_is_invited_gets_a_mail_and_can_join() -> None:
    ann = an_account()

    users = [result["user"] for result in invite_rows(ann, *rows(3), message="Welcome aboard").body["results"]]

    sent = [mail for mail in delivered() if mail["To"].endswith("@example.org>") and "p" in mail["To"]]
    texts = [text_of(mail) for mail in sent if "invited you" in mail["Subject"]]
    assert sum("Welcome aboard" in text for text in texts) == 3
    assert accepted(token_for(users[1])).status == 200


def test_a_dry_run_judges_and_changes_nothing() -> None:
    ann = an_account(seats=3)

    with nothing_changes():
        answer = invite_rows(ann, *rows(3), notify=["boss@example.org"], dry_run=True)

    assert verdicts(answer) == [("ok", None), ("ok", None), ("refused", "no_seat_available")]
    assert not any(result["user"] for result in answer.body["results"])


def test_two_hundred_rows_take_few_requests_and_each_counter_follows() -> None:
    ann = an_account(seats=500)
    before = account_row()

    with counting("dynamodb") as made:
        answer = invite_rows(ann, *rows(200), notify=["boss@example.org"], keyed=True)

    after = account_row()
    assert verdicts(answer) == [("invited", None)] * 200
    assert len(made) <= 20
    assert made.count("TransactWriteItems") <= 8
    assert after["seats_used"] - before["seats_used"] == 200
    assert after["counts"]["invited"] == 200
    assert after["mails_sent"] - before["mails_sent"] == 201
    assert (len(mails("invitation")) - 1, len(mails("notify_of_many"))) == (200, 1)  # Ann's own is the first.
    assert [entry["type"] for entry in aws_fixture.items(JOURNAL)].count("user.invited") == 201


def test_the_mails_of_the_day_end_in_the_middle() -> None:
    ann = an_account()
    sent = account_row()["mails_sent"]
    call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"daily_mail_limit": sent + 3})

    answer = invite_rows(ann, *rows(4), notify=["boss@example.org"])

    assert verdicts(answer) == [("invited", None)] * 2 + [("refused", "rate_limited")] * 2
    assert account_row()["mails_sent"] == sent + 3


def test_each_notified_address_gets_one_summary() -> None:
    ann = an_account()
    users = [result["user"] for result in invite_rows(ann, *rows(3), notify=["boss@example.org"] * 2).body["results"]]
    set_user(users[1], status="removed")

    [summary] = [mail for mail in delivered() if mail["To"] == "boss@example.org"]

    text = text_of(summary)
    assert "Ann Admin" in summary["Subject"]
    assert "Invitations sent: 2." in text
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- Person 0 Sherron, as a user",
        "- Person 2 Sherron, as a user",
    ]


def test_a_summary_of_nobody_is_not_sent() -> None:
    ann = an_account()
    [result] = invite_rows(ann, *rows(1), notify=["boss@example.org"]).body["results"]
    set_user(result["user"], status="declined")

    deliver_queued()

    assert [mail["state"] for mail in mails("notify_of_many")] == ["skipped"]


def test_only_those_who_may_invite_send_a_batch() -> None:
    ann = an_account()
    kim = a_user(ann, "kim@example.org")

    assert refused(invite_rows(kim, *rows(2), dry_run=True)) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"users": []}, "users"),
        ({"users": rows(201)}, "users"),
        ({"users": rows(1), "message": "x" * 501}, "message"),
        ({"users": rows(1), "notify": ["nobody"]}, "notify.0"),
        ({"users": rows(1), "dry_run": "yes"}, "dry_run"),
        ({"users": rows(1), "kind": "user"}, "kind"),
    ],
)
def test_what_is_given_for_all_rows_must_be_valid(body: dict[str, Any], field: str) -> None:
    ann = an_account()

    assert wrong_fields(call(INVITE_MANY, caller=ann.signed_in, account_id=ACCOUNT, body=body)) == {field}


def test_message_and_notify_are_no_fields_of_a_row() -> None:
    [result] = invite_rows(an_account(), invitation("lee@example.org", message="Hi", notify=[])).body["results"]

    assert {error["field"] for error in result["errors"]} == {"message", "notify"}


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 200), (1024 * 1024 + 1, 413)])
def test_a_body_may_have_one_megabyte(size: int, status: int) -> None:
    text = json.dumps({"users": rows(2), "dry_run": True})

    answer = call(INVITE_MANY, caller=an_account().signed_in, account_id=ACCOUNT, raw=text + " " * (size - len(text)))

    assert answer.status == status


def test_other_bodies_stay_small() -> None:
    text = json.dumps(invitation("lee@example.org")) + " " * 64 * 1024

    answer = call(INVITE, caller=an_account().signed_in, account_id=ACCOUNT, raw=text)

    assert refused(answer) == (413, "body_too_large")

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture
from tests.clock import next_noon
from tests.factories import (
    ACCOUNT,
    GET_ACCOUNT,
    INVITE,
    PREVIEW,
    RESEND,
    ActiveUser,
    a_user,
    delivered,
    invitation,
    invited,
    link_in,
    text_of,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.invoke import Answer, wake
from tests.table_edits import overdue, sent_before, set_in, user_row

NOON = next_noon()


def resend_to(by: ActiveUser, user: dict[str, Any], *, key: str | None = None) -> Answer:
    headers = {"idempotency-key": key} if key else {}
    return call(RESEND, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"], body={}, headers=headers)


def the_account() -> dict[str, Any]:
    [row] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    return row


def test_a_new_link_goes_out_and_every_older_one_is_dead() -> None:
    ann = an_account()
    user = sent_before(invited(ann, message="Welcome"))

    answer = resend_to(ann, user)

    newest = [mail for mail in delivered() if mail["To"].endswith("<lee@example.org>")][-1]
    assert (answer.status, answer.body["status"], answer.body["version"]) == (200, "invited", 2)
    assert (answer.body["invitation"]["generation"], answer.body["invitation"]["sent_count"]) == (2, 2)
    replaced = call(PREVIEW, body={"token": token_for(user)})
    assert refused(replaced) == (410, "invitation_replaced")
    assert replaced.body["sent_at"] == answer.body["invitation"]["sent_at"]
    assert call(PREVIEW, body={"token": link_in(newest)}).status == 200
    assert "Welcome" in text_of(newest)
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("invitation.resent") == 1


def test_an_expired_invitation_takes_its_seat_again() -> None:
    ann = an_account(seats=2)
    user = overdue(sent_before(invited(ann)))
    wake("expire")
    freed = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body["seats"]["used"]

    answer = resend_to(ann, user)

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    assert (freed, answer.status, account["seats"]["used"]) == (1, 200, 2)
    assert (account["counts"]["invited"], account["counts"]["expired"]) == (1, 0)
    assert user_row(user["user_id"])["due"] == "invitations"


def test_an_expired_invitation_whose_seat_is_gone_stays_expired() -> None:
    ann = an_account(seats=2)
    user = overdue(sent_before(invited(ann)))
    wake("expire")
    invited(ann, "other@example.org")

    with nothing_changes():
        answer = resend_to(ann, user)

    assert refused(answer) == (409, "no_seat_available")


def test_someone_who_resends_is_the_inviter() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite", "users.view"]})
    user = sent_before(invited(ann))

    answer = resend_to(bea, user)

    assert answer.body["invitation"]["invited_by"] == bea.user_id
    assert answer.body["allowed_actions"] == ["resend", "revoke"]


def test_nobody_resends_to_someone_who_is_to_hold_more() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite", "users.view"]})
    boss = sent_before(invited(ann, admin=True))

    with nothing_changes():
        answer = resend_to(bea, boss)

    assert refused(answer) == (403, "not_allowed")


def test_within_a_minute_no_second_mail_goes_out_and_the_answer_says_when() -> None:
    ann = an_account()
    with time_machine.travel(NOON, tick=False):
        user = invited(ann)
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False), nothing_changes():
        answer = resend_to(ann, user)
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        later = resend_to(ann, user)

    assert refused(answer) == (429, "rate_limited")
    assert (answer.body["retry_after"], answer.headers["retry-after"]) == (40, "40")
    assert later.status == 200


def test_five_mails_follow_the_first_on_a_day_and_the_refusal_consumes_nothing() -> None:
    ann = an_account()
    statuses = []
    with time_machine.travel(NOON, tick=False):
        user = invited(ann)
    for minute in range(2, 14, 2):
        with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
            statuses.append(resend_to(ann, user).status)
    with time_machine.travel(NOON + timedelta(hours=12), tick=False):
        statuses.append(resend_to(ann, user).status)

    assert statuses == [200] * 5 + [429, 200]


def test_inviting_anew_counts_too() -> None:
    ann = an_account()
    user = invited(ann)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": f"user#{user['user_id']}"}, status="declined", holds_seat=False)
    body = invitation(user["email"])

    with nothing_changes():
        answer = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body)

    assert refused(answer) == (429, "rate_limited")


# ---- the account's day ----


def with_limit(limit: int) -> ActiveUser:
    ann = an_account()
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, settings__daily_mail_limit=limit)
    return ann


def test_an_account_sends_so_many_mails_a_day_and_those_who_are_told_count() -> None:
    ann = with_limit(3)
    with time_machine.travel(NOON, tick=False):
        user = invited(ann, notify=["b@example.org", "c@example.org"])
        body = {"first_name": "Kim", "last_name": "Kay", "email": "kim@example.org", "groups": ["everyone"]}
        with nothing_changes():
            answer = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body)
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False), nothing_changes():
        again = resend_to(ann, user)
    with time_machine.travel(NOON + timedelta(hours=12), tick=False):
        tomorrow = resend_to(ann, user)

    assert [refused(each) for each in (answer, again)] == [(429, "rate_limited")] * 2
    assert answer.body["retry_after"] == 12 * 3600
    assert tomorrow.status == 200
    assert (the_account()["mails_on"], the_account()["mails_sent"]) == (
        (NOON + timedelta(days=1)).date().isoformat(),
        1,
    )


def test_a_day_that_was_written_by_a_clock_ahead_holds_nobody_back() -> None:
    ann = with_limit(1)
    ahead = (NOON + timedelta(days=3)).date().isoformat()
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, mails_on=ahead, mails_sent=1)

    with time_machine.travel(NOON, tick=False):
        invited(ann)

    assert (the_account()["mails_on"], the_account()["mails_sent"]) == (NOON.date().isoformat(), 1)


@pytest.mark.parametrize("limit", [1, 3])
def test_the_limit_itself_is_still_reached(limit: int) -> None:
    ann = with_limit(limit)
    body = {"first_name": "Kim", "last_name": "Kay", "groups": ["everyone"]}

    with time_machine.travel(NOON, tick=False):
        statuses = [
            call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body | {"email": f"k{each}@example.org"}).status
            for each in range(limit + 1)
        ]

    assert statuses == [201] * limit + [429]


def test_the_same_key_sends_one_mail() -> None:
    ann = an_account()
    user = sent_before(invited(ann))

    first = resend_to(ann, user, key="once")
    with nothing_changes():
        second = resend_to(ann, user, key="once")

    assert (first.status, second.body) == (200, first.body)
    assert [row["generation"] for row in aws_fixture.items(MAIL) if row["to_user"] == user["user_id"]].count(2) == 1


def test_fields_that_nobody_reads_are_refused() -> None:
    ann = an_account()
    user = sent_before(invited(ann))

    with nothing_changes():
        answer = call(RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"], body={"days": 30})

    assert refused(answer) == (422, "invalid_request")


def test_a_message_is_sent_again_by_no_one_but_its_writer() -> None:
    ann = an_account()
    kim = a_user(ann, "kim@example.org", admin=True)
    user = sent_before(invited(ann, message="See you on Monday"))

    answer = resend_to(kim, user)

    newest = [mail for mail in delivered() if mail["To"].endswith("<lee@example.org>")][-1]
    assert answer.status == 200
    assert "See you on Monday" not in text_of(newest)

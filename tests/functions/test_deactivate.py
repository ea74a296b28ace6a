from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture
from tests.domain.states import OFFERED
from tests.factories import (
    ACCESS,
    ACCOUNT,
    DEACTIVATE,
    GET_ACCOUNT,
    GROUPS,
    ME,
    USERS,
    a_user,
    delivered,
    invited,
    joined,
    text_of,
)
from tests.factories import (
    JOURNAL as GET_JOURNAL,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, on_user, refused, wrong_fields
from tests.table_edits import indexed, set_in, set_user, user_row


def test_a_deactivated_user_stays_listed_as_inactive_and_the_seat_is_free() -> None:
    ann = an_account(seats=5)
    lee = a_user(ann)

    answer = on_user(DEACTIVATE, ann, lee.user_id)

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    indexed()
    listed = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"status": "inactive"}).body
    assert (answer.status, answer.body["status"], answer.body["allowed_actions"]) == (
        200,
        "inactive",
        OFFERED["inactive"],
    )
    assert (account["seats"]["used"], account["counts"]["inactive"], account["counts"]["active"]) == (1, 1, 1)
    assert [user["user_id"] for user in listed["data"]] == [lee.user_id]
    assert listed["data"][0] | {"job_id": None} == answer.body


@pytest.mark.parametrize("body", [{}, {"reassign_to": None}])
def test_nothing_is_to_be_handed_over_yet(body: dict[str, Any]) -> None:
    ann = an_account()
    lee = a_user(ann)

    answer = on_user(DEACTIVATE, ann, lee.user_id, **body)

    assert answer.status == 200


def test_access_ends_with_the_write_and_other_accounts_are_untouched() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann, admin=True)
    elsewhere = joined("zz999", invited(zoe, account_id="zz999"))
    before = user_row(elsewhere.user_id)

    on_user(DEACTIVATE, ann, lee.user_id)

    routes = (ACCESS, GET_ACCOUNT, USERS, GROUPS, GET_JOURNAL)
    assert [refused(call(route, caller=lee.signed_in, account_id=ACCOUNT)) for route in routes] == [
        (404, "not_found")
    ] * len(routes)
    assert call(ACCESS, caller=lee.signed_in, account_id="zz999").status == 200
    assert user_row(elsewhere.user_id) == before
    assert [each["account_id"] for each in call(ME, caller=lee.signed_in).body["accounts"]] == ["zz999"]


def test_the_person_is_told_once_and_the_journal_has_it_once() -> None:
    ann = an_account()
    lee = a_user(ann)
    delivered()

    on_user(DEACTIVATE, ann, lee.user_id)

    mails = [mail for mail in delivered() if "has ended" in text_of(mail)]
    entries = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "user.deactivated"]
    assert [mail["To"] for mail in mails] == ["Lee Sherron <lee@example.org>"]
    assert [(entry["user_id"], entry["actor"]) for entry in entries] == [(lee.user_id, ann.user_id)]


def test_a_blocked_user_can_be_deactivated() -> None:
    ann = an_account()
    lee = a_user(ann)
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status="blocked")
    set_in_counts(active=1, blocked=1)

    answer = on_user(DEACTIVATE, ann, lee.user_id)

    assert answer.body["status"] == "inactive"
    assert call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body["counts"]["blocked"] == 0


def set_in_counts(**counts: int) -> None:
    key = {"pk": ACCOUNT, "sk": "account"}
    set_in(DIRECTORY, key, **{f"counts__{status}": number for status, number in counts.items()})


# ---- rule 19 ----


def test_nobody_but_an_administrator_deactivates() -> None:
    ann = an_account()
    lee = a_user(ann, permissions={"allow": ["users.invite", "users.edit"]})
    bea = a_user(ann, "bea@example.org")

    with nothing_changes():
        answers = [refused(on_user(DEACTIVATE, lee, user_id)) for user_id in (bea.user_id, ann.user_id, lee.user_id)]

    assert answers == [(403, "not_allowed")] * 3


@pytest.mark.parametrize("others", [0, 1])
def test_nobody_deactivates_themselves(others: int) -> None:
    ann = an_account()
    for number in range(others):
        a_user(ann, f"admin{number}@example.org", admin=True)

    with nothing_changes():
        answer = on_user(DEACTIVATE, ann, ann.user_id)

    assert refused(answer) == (409, "cannot_act_on_self")


def test_one_administrator_stays_even_if_the_counter_alone_says_so() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, admins=1)

    with nothing_changes():
        answer = on_user(DEACTIVATE, ann, bea.user_id)

    assert refused(answer) == (409, "last_admin")


def test_an_administrator_who_was_deactivated_deactivates_nobody() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    on_user(DEACTIVATE, ann, bea.user_id)

    with nothing_changes():
        answer = on_user(DEACTIVATE, bea, ann.user_id)

    assert refused(answer) == (404, "not_found")


def test_nobody_who_is_unknown_can_be_named_for_records_that_there_are_not() -> None:
    ann = an_account()
    lee = a_user(ann)

    with nothing_changes():
        answer = on_user(DEACTIVATE, ann, lee.user_id, reassign_to="z" * 26)

    assert wrong_fields(answer) == {"reassign_to"}


def test_a_mail_of_a_deactivation_waits_in_the_outbox_until_it_is_sent() -> None:
    ann = an_account()
    lee = a_user(ann)

    on_user(DEACTIVATE, ann, lee.user_id)

    [mail] = [row for row in aws_fixture.items(MAIL) if row["kind"] == "deactivated"]
    assert (mail["state"], mail["to_user"], mail["attempts"]) == ("queued", lee.user_id, 0)

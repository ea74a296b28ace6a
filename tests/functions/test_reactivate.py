from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.factories import (
    ACCESS,
    ACCOUNT,
    EDIT_ME,
    GET_ACCOUNT,
    SETTINGS,
    delivered,
    invited,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, comes_back, nothing_changes, refused, wrong_fields
from tests.functions.leaving import gone
from tests.table_edits import set_in, set_user, user_row


def test_an_inactive_user_is_back_at_once_with_a_seat_and_is_told() -> None:
    ann = an_account()
    lee = gone(ann)
    joined_at = user_row(lee.user_id)["joined_at"]

    answer = comes_back(ann, lee)

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    assert (answer.status, answer.body["status"], answer.body["joined_at"]) == (200, "active", joined_at)
    assert call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).status == 200
    assert (account["seats"]["used"], account["counts"]["active"], account["counts"]["inactive"]) == (2, 2, 0)
    assert [mail["To"] for mail in delivered() if "again" in mail["Subject"]] == ["Lee Sherron <lee@example.org>"]
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("user.reactivated") == 1


def test_nobody_comes_back_without_a_seat() -> None:
    ann = an_account(seats=2)
    lee = gone(ann)
    invited(ann, "other@example.org")

    with nothing_changes():
        answer = comes_back(ann, lee)

    assert refused(answer) == (409, "no_seat_available")
    assert answer.body["seats"] == {"limit": 2, "used": 2, "available": 0}


@pytest.mark.parametrize(
    ("given", "usual", "expected"),
    [
        ({}, None, None),
        ({"groups": ["nowhere"]}, None, None),
        ({"groups": ["everyone"]}, None, ["everyone"]),
        ({}, "everyone", ["everyone"]),
        ({"groups": ["administrators"]}, None, ["administrators"]),
    ],
)
def test_without_a_group_that_is_left_one_is_needed(
    given: dict[str, Any], usual: str | None, expected: list[str] | None
) -> None:
    ann = an_account()
    lee = gone(ann)
    call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"default_group": usual})
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, groups=["was-deleted"])

    answer = comes_back(ann, lee, **given)

    if expected is None:
        assert wrong_fields(answer) == {"groups"}
        return
    assert [group["group_id"] for group in answer.body["groups"]] == expected
    assert answer.body["admin"] is (expected == ["administrators"])


def test_who_comes_back_as_an_administrator_has_no_individual_permissions() -> None:
    ann = an_account()
    lee = gone(ann, permissions={"allow": ["contacts.export"], "deny": ["users.view"]})
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, groups=["was-deleted"])

    answer = comes_back(ann, lee, groups=["administrators"])

    assert answer.body["permissions"] == {"allow": [], "deny": []}


def test_who_renamed_themselves_while_they_were_away_comes_back_with_the_new_names() -> None:
    ann = an_account()
    lee = gone(ann)
    given = {"first_name": "Leonie", "last_name": "Stern"}
    call(EDIT_ME, caller=lee.signed_in, body=given | {"locale": "de"})
    before = user_row(lee.user_id)

    answer = comes_back(ann, lee)

    assert (before["first_name"], before["last_name"]) == ("Lee", "Sherron")
    assert {name: answer.body[name] for name in given} == given
    assert [mail["To"] for mail in delivered() if "wieder" in mail["Subject"]] == ["Leonie Stern <lee@example.org>"]


def test_an_administrator_comes_back_as_one_and_is_counted() -> None:
    ann = an_account()
    bea = gone(ann, admin=True)

    answer = comes_back(ann, bea)

    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert (answer.body["admin"], account["admins"]) == (True, 2)


def test_the_last_seat_is_taken_by_one_of_two_who_come_back() -> None:
    ann = an_account(seats=2)
    lee = gone(ann)
    kim = gone(ann, address="kim@example.org")
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, seats_purchased=2, seats_available=1)

    answers = [comes_back(ann, person).status for person in (lee, kim)]

    assert answers == [200, 409]

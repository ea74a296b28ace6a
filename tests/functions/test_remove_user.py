from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.domain_factories import indexed, sent_before, set_user, user_row
from tests.factories import (
    ACCESS,
    ACCOUNT,
    DEACTIVATE,
    GET_ACCOUNT,
    INVITE,
    ME,
    REACTIVATE,
    REMOVE,
    USERS,
    ActiveUser,
    a_user,
    delivered,
    invited,
    joined,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.invoke import Answer


def removing(by: ActiveUser, user_id: str, body: dict[str, Any] | None = None) -> Answer:
    return call(REMOVE, caller=by.signed_in, account_id=ACCOUNT, user_id=user_id, body=body or {})


def test_a_removed_user_has_no_access_no_seat_and_no_row_in_the_list() -> None:
    ann = an_account()
    lee = a_user(ann)

    answer = removing(ann, lee.user_id)

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    listed = call(USERS, caller=ann.signed_in, account_id=ACCOUNT).body["data"]
    indexed()
    named = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"status": "removed"}).body["data"]
    assert (answer.status, answer.body["status"], answer.body["allowed_actions"]) == (200, "removed", [])
    assert refused(call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT)) == (404, "not_found")
    assert call(ME, caller=lee.signed_in).body["accounts"] == []
    assert (account["seats"]["used"], account["counts"]["active"], account["counts"]["removed"]) == (1, 1, 1)
    assert [user["user_id"] for user in listed] == [ann.user_id]
    assert [user | {"job_id": None} for user in named] == [answer.body]
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("user.removed") == 1
    assert [mail["To"] for mail in delivered() if "ended" in mail["Subject"]] == ["Lee Sherron <lee@example.org>"]


def test_removing_again_has_no_second_effect() -> None:
    ann = an_account()
    lee = a_user(ann)
    first = removing(ann, lee.user_id)

    with nothing_changes():
        second = removing(ann, lee.user_id)

    assert (second.status, second.body) == (200, first.body)


def test_an_inactive_user_is_removed_and_frees_no_second_seat() -> None:
    ann = an_account()
    lee = a_user(ann)
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    answer = removing(ann, lee.user_id)

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    assert (answer.body["status"], account["seats"]["used"], account["counts"]["inactive"]) == ("removed", 1, 0)
    assert refused(call(REACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})) == (
        409,
        "wrong_state",
    )


def test_someone_who_was_removed_is_invited_again_as_the_same_user() -> None:
    ann = an_account()
    lee = a_user(ann, admin=True)
    removing(ann, lee.user_id)
    sent_before({"account_id": ACCOUNT, "user_id": lee.user_id})
    body = {"first_name": "Lee", "last_name": "Sherron", "email": lee.address, "groups": ["everyone"]}

    again = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body).body

    assert (again["user_id"], again["status"], again["admin"]) == (lee.user_id, "invited", False)
    assert (again["invitation"]["generation"], again["joined_at"]) == (2, None)
    back = joined(ACCOUNT, again)
    assert call(ACCESS, caller=back.signed_in, account_id=ACCOUNT).body["admin"] is False


def test_the_last_administrator_and_the_caller_stay() -> None:
    ann = an_account()

    with nothing_changes():
        answer = removing(ann, ann.user_id)

    assert refused(answer) == (409, "cannot_act_on_self")


def test_one_of_two_administrators_stays_when_both_remove_the_other() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)

    removing(ann, bea.user_id)

    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert account["admins"] == 1
    assert refused(removing(bea, ann.user_id)) == (404, "not_found")


@pytest.mark.parametrize("status", ["invited", "expired", "declined"])
def test_only_someone_who_has_joined_is_removed(status: str) -> None:
    ann = an_account()
    user = invited(ann)
    set_user(user, status=status)

    with nothing_changes():
        answer = removing(ann, user["user_id"])

    assert refused(answer) == (409, "wrong_state")


def test_only_administrators_remove_and_only_in_their_account() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    eve = a_user(ann, "eve@example.org", permissions={"allow": ["users.edit", "users.invite"]})

    with nothing_changes():
        answers = [removing(eve, lee.user_id), removing(zoe, lee.user_id)]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed"), (404, "not_found")]


def test_nobody_who_is_unknown_can_be_named_for_records_that_there_are_not() -> None:
    ann = an_account()
    lee = a_user(ann)

    with nothing_changes():
        answer = removing(ann, lee.user_id, {"reassign_to": "z" * 26})

    assert wrong_fields(answer) == {"reassign_to"}
    assert user_row(lee.user_id)["status"] == "active"

from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.factories import (
    ACCESS,
    ACCOUNT,
    GET_ACCOUNT,
    INVITE,
    ME,
    REMOVE,
    USERS,
    a_user,
    delivered,
    invitation,
    joined,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, comes_back, nothing_changes, on_user, refused, wrong_fields
from tests.functions.leaving import gone
from tests.table_edits import indexed, sent_before, user_row


def test_a_removed_user_has_no_access_no_seat_and_no_row_in_the_list() -> None:
    ann = an_account()
    lee = a_user(ann)

    answer = on_user(REMOVE, ann, lee.user_id)

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


def test_an_inactive_user_is_removed_and_frees_no_second_seat() -> None:
    ann = an_account()
    lee = gone(ann)

    answer = on_user(REMOVE, ann, lee.user_id)

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    assert (answer.body["status"], account["seats"]["used"], account["counts"]["inactive"]) == ("removed", 1, 0)
    assert refused(comes_back(ann, lee)) == (409, "wrong_state")


def test_someone_who_was_removed_is_invited_again_as_the_same_user() -> None:
    ann = an_account()
    lee = a_user(ann, admin=True)
    on_user(REMOVE, ann, lee.user_id)
    sent_before({"account_id": ACCOUNT, "user_id": lee.user_id})
    body = invitation(lee.address)

    again = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body).body

    assert (again["user_id"], again["status"], again["admin"]) == (lee.user_id, "invited", False)
    assert (again["invitation"]["generation"], again["joined_at"]) == (2, None)
    back = joined(ACCOUNT, again)
    assert call(ACCESS, caller=back.signed_in, account_id=ACCOUNT).body["admin"] is False


def test_the_last_administrator_and_the_caller_stay() -> None:
    ann = an_account()

    with nothing_changes():
        answer = on_user(REMOVE, ann, ann.user_id)

    assert refused(answer) == (409, "cannot_act_on_self")


def test_one_of_two_administrators_stays_when_both_remove_the_other() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)

    on_user(REMOVE, ann, bea.user_id)

    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert account["admins"] == 1
    assert refused(on_user(REMOVE, bea, ann.user_id)) == (404, "not_found")


def test_nobody_who_is_unknown_can_be_named_for_records_that_there_are_not() -> None:
    ann = an_account()
    lee = a_user(ann)

    with nothing_changes():
        answer = on_user(REMOVE, ann, lee.user_id, reassign_to="z" * 26)

    assert wrong_fields(answer) == {"reassign_to"}
    assert user_row(lee.user_id)["status"] == "active"

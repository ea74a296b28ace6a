from shared.storage_schema import JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    GET_ACCOUNT,
    INVITE,
    PREVIEW,
    RESEND,
    REVOKE,
    USER,
    USERS,
    a_user,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, on_user, refused
from tests.table_edits import overdue, sent_before, set_user


def test_a_revoked_link_is_dead_and_its_seat_is_free() -> None:
    ann = an_account()
    user = invited(ann)
    mails = len(aws_fixture.items(MAIL))

    answer = on_user(REVOKE, ann, user["user_id"])

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    listed = call(USERS, caller=ann.signed_in, account_id=ACCOUNT).body["data"]
    assert (answer.status, answer.body["status"], answer.body["allowed_actions"]) == (200, "removed", [])
    assert refused(call(PREVIEW, body={"token": token_for(user)})) == (410, "invitation_revoked")
    assert (account["seats"]["used"], account["counts"]["removed"]) == (1, 1)
    assert [each["user_id"] for each in listed] == [ann.user_id]
    assert call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body == answer.body
    assert (
        len(aws_fixture.items(MAIL)),
        [row["type"] for row in aws_fixture.items(JOURNAL)].count("invitation.revoked"),
    ) == (
        mails,
        1,
    )


def test_an_expired_invitation_is_revoked_whether_swept_or_not() -> None:
    ann = an_account()
    user = overdue(invited(ann))

    answer = on_user(REVOKE, ann, user["user_id"])

    assert (answer.status, answer.body["status"]) == (200, "removed")
    assert call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body["seats"]["used"] == 1


def test_revoking_someone_who_joined_and_was_removed_is_no_repeat() -> None:
    ann = an_account()
    lee = a_user(ann)
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status="removed")

    with nothing_changes():
        answer = call(REVOKE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id)

    assert refused(answer) == (409, "wrong_state")


def test_someone_who_may_not_invite_revokes_nothing() -> None:
    ann = an_account()
    lee = a_user(ann)
    user = invited(ann, "kim@example.org")

    with nothing_changes():
        answer = on_user(REVOKE, lee, user["user_id"])

    assert refused(answer) == (403, "not_allowed")


def test_someone_who_was_revoked_is_resent_nothing_but_can_be_invited_again() -> None:
    ann = an_account()
    user = sent_before(invited(ann))
    on_user(REVOKE, ann, user["user_id"])
    body = {"first_name": "Kim", "last_name": "Sherron", "email": user["email"], "groups": ["everyone"]}

    resent = call(RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])
    again = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body).body

    assert refused(resent) == (409, "wrong_state")
    assert (again["user_id"], again["invitation"]["generation"], again["first_name"]) == (user["user_id"], 2, "Kim")

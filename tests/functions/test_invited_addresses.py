"""An address is invited once in an account, which learns nothing of others (rule 4)."""

import pytest

from tests.factories import ACCESS, ACCOUNT, DEACTIVATE, ME, a_user, invited
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.invites import invite_lee
from tests.table_edits import sent_before, set_user


def test_identity_id_derives_from_the_address_whether_or_not_the_identity_exists() -> None:
    ann, zoe = two_accounts()

    before = invite_lee(ann).body
    joined = a_user(zoe, account_id="zz999")
    me = call(ME, caller=joined.signed_in).body
    access = call(ACCESS, caller=joined.signed_in, account_id="zz999").body

    assert before["identity_id"] == me["identity_id"] == access["identity_id"]
    assert before["user_id"] != joined.user_id == access["user_id"] == me["accounts"][0]["user_id"]


def test_an_address_is_invited_once_however_it_is_written() -> None:
    ann = an_account()
    invite_lee(ann, email="lee@b\u00fccher.example")

    with nothing_changes():
        answers = [invite_lee(ann, email=email) for email in ("LEE@B\u00dcCHER.example", "Lee@xn--bcher-kva.example")]

    assert [refused(answer) for answer in answers] == [(409, "already_invited")] * 2


def test_tags_and_dots_make_another_address() -> None:
    ann = an_account()
    invite_lee(ann)

    answers = [invite_lee(ann, email=email) for email in ("lee+1@example.org", "l.ee@example.org")]

    assert [answer.status for answer in answers] == [201, 201]


def test_someone_who_is_in_the_account_already_is_not_invited() -> None:
    ann = an_account()
    lee = a_user(ann)

    member = invite_lee(ann)
    myself = refused(invite_lee(ann, email=ann.address))
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})
    inactive = invite_lee(ann)
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status="blocked")
    blocked = invite_lee(ann)

    assert (refused(member), myself) == ((409, "already_member"), (409, "already_member"))
    assert (refused(inactive), inactive.body["hint"]) == ((409, "user_inactive"), "reactivate")
    assert refused(blocked) == (409, "user_blocked")
    assert {answer.body["user_id"] for answer in (member, inactive, blocked)} == {lee.user_id}


def test_an_identity_in_another_account_is_never_revealed() -> None:
    ann, zoe = two_accounts()
    a_user(zoe, "known@example.org", account_id="zz999", first_name="Hidden", last_name="Elsewhere")

    answers = [invite_lee(ann, email=email).body for email in ("known@example.org", "nobody@example.org")]

    own = {"user_id": 0, "identity_id": 0, "email": 0, "created_at": 0, "updated_at": 0, "invitation": 0}
    assert answers[0] | own == answers[1] | own
    assert "Hidden" not in repr(answers)


@pytest.mark.parametrize("status", ["declined", "removed"])
def test_who_declined_or_was_removed_is_invited_as_the_same_user(status: str) -> None:
    ann = an_account()
    first = invited(ann, admin=True)
    set_user(sent_before(first), status=status, holds_seat=False)

    again = invite_lee(ann).body

    assert (again["user_id"], again["invitation"]["generation"]) == (first["user_id"], 2)
    assert (again["admin"], [group["group_id"] for group in again["groups"]]) == (False, ["everyone"])

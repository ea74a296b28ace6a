from typing import Any

import pytest

from shared.adapters.dynamodb import commit
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL
from tests import aws_fixture
from tests.factories import ACCOUNT, DEACTIVATE, EDIT_ME, ME, PROFILE, ActiveUser, a_user, an_operator, invited, joined
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, on_user, refused, wrong_fields
from tests.invoke import Answer, SignedIn
from tests.proofs.faults import Interruption, injected
from tests.table_edits import set_in, set_user, user_row


def edited(caller: SignedIn, **fields: object) -> Answer:
    return call(EDIT_ME, caller=caller, body=fields)


def names_of(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["first_name"], row["last_name"], row["locale"]


def identity_of(caller: SignedIn) -> dict[str, Any]:
    [row] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == caller.username]
    return row


def edits() -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(JOURNAL) if row["type"] == "user.edited"]


def someone_in_two_accounts() -> ActiveUser:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    joined("zz999", invited(zoe, account_id="zz999"))
    return lee


def user_in(account_id: str, address: str) -> dict[str, Any]:
    rows = aws_fixture.items(DIRECTORY)
    [row] = [row for row in rows if row.get("email") == address and row["pk"] == account_id]
    return row


def test_new_names_are_answered_and_kept_and_what_is_not_given_stays() -> None:
    lee = a_user(an_account())

    answer = edited(lee.signed_in, first_name=" Leo ")

    assert answer.status == 200
    assert answer.body == call(ME, caller=lee.signed_in).body
    assert (answer.body["first_name"], answer.body["last_name"], answer.body["locale"]) == ("Leo", "Sherron", "en")


def test_the_persons_users_follow_with_an_entry_in_each_journal() -> None:
    lee = someone_in_two_accounts()
    before = user_row(lee.user_id)

    edited(lee.signed_in, first_name="Leo", last_name="Chosen", locale="de")

    users = [user_in(account_id, lee.address) for account_id in (ACCOUNT, "zz999")]
    assert [names_of(user) for user in users] == [("Leo", "Chosen", "de")] * 2
    assert users[0]["version"] == before["version"] + 1
    assert users[0]["name_key"].startswith("leo chosen\t")
    assert sorted((row["pk"], row["actor"], str(row["after"])) for row in edits()) == [
        (user["pk"], user["user_id"], "{'fields': ['first_name', 'last_name', 'locale']}") for user in users
    ]


@pytest.mark.parametrize("status", ["invited", "expired", "declined", "inactive", "removed"])
def test_an_account_where_they_have_no_access_hears_nothing(status: str) -> None:
    lee = a_user(an_account())
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status=status)
    before = user_row(lee.user_id)

    answer = edited(lee.signed_in, first_name="Leo")

    assert answer.status == 200
    assert user_row(lee.user_id) == before
    assert edits() == []


def test_saying_the_same_again_changes_nothing() -> None:
    lee = a_user(an_account())
    edited(lee.signed_in, first_name="Leo")

    with nothing_changes():
        answer = edited(lee.signed_in, first_name="Leo", last_name="Sherron")

    assert answer.status == 200


def test_a_user_who_did_not_follow_does_at_the_next_time() -> None:
    lee = a_user(an_account())
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status="inactive")
    edited(lee.signed_in, first_name="Leo")
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status="active")

    edited(lee.signed_in, first_name="Leo")

    assert user_row(lee.user_id)["first_name"] == "Leo"


def test_more_users_than_a_transaction_takes_follow_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lee = someone_in_two_accounts()
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", 1)

    edited(lee.signed_in, first_name="Leo")

    assert [user_in(account_id, lee.address)["first_name"] for account_id in (ACCOUNT, "zz999")] == ["Leo", "Leo"]
    assert len(edits()) == 2


def test_an_operator_without_accounts_has_names_too() -> None:
    operator = an_operator()

    answer = edited(operator, last_name="Other")

    assert (answer.status, identity_of(operator)["last_name"]) == (200, "Other")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"body"}),
        ({"first_name": None}, {"first_name"}),
        ({"first_name": ""}, {"first_name"}),
        ({"first_name": "https://evil.example"}, {"first_name"}),
        ({"first_name": "Leo", "last_name": "  "}, {"last_name"}),
        ({"first_name": "\u2800"}, {"first_name"}),
        ({"last_name": "Usher-Billing"}, {"last_name"}),
        ({"last_name": None, "locale": None}, {"last_name", "locale"}),
        ({"locale": "xx"}, {"locale"}),
        ({"first_name": "Leo", "email": "leo@example.org"}, {"email"}),
        ({"sub": "x", "blocked": False, "accounts": []}, {"sub", "blocked", "accounts"}),
    ],
)
def test_invalid_names_are_refused_and_change_nothing(body: dict[str, Any], fields: set[str]) -> None:
    lee = a_user(an_account())

    with nothing_changes():
        answer = edited(lee.signed_in, **body)

    assert wrong_fields(answer) == fields


def test_a_blocked_identity_changes_nothing() -> None:
    lee = a_user(an_account())
    set_in(IDENTITIES, {"pk": identity_of(lee.signed_in)["pk"]}, blocked=True)

    with nothing_changes():
        answer = edited(lee.signed_in, first_name="Leo")

    assert refused(answer) == (401, "unauthorized")


@pytest.mark.parametrize("position", range(3))
def test_two_who_change_different_names_at_the_same_moment_both_do(position: int) -> None:
    lee = a_user(an_account())

    with injected(Interruption(position, lambda: assert_done(edited(lee.signed_in, last_name="Other")))):
        answer = edited(lee.signed_in, first_name="Leo")

    assert_done(answer)
    expected = ("Leo", "Other", "en")
    assert names_of(identity_of(lee.signed_in)) == names_of(user_row(lee.user_id)) == expected


def assert_done(answer: Answer) -> None:
    assert answer.status == 200, answer.text


def test_the_phone_of_the_invitation_is_offered_until_a_profile_is_saved() -> None:
    ann = an_account()
    phone = {"country_code": "+44", "number": "2079460000"}
    lee = joined(ACCOUNT, invited(ann, phone=phone))

    before = call(ME, caller=lee.signed_in).body["phone"]
    call(PROFILE, caller=lee.signed_in, body={"phone": None})

    assert (before, call(ME, caller=lee.signed_in).body["phone"]) == (phone, None)


def test_the_phone_of_an_account_that_has_ended_is_not_offered() -> None:
    """An inactive user is not told of a change of hands: the number may be a stranger's (rule 15)."""
    ann = an_account()
    lee = joined(ACCOUNT, invited(ann, phone={"country_code": "+44", "number": "2079460000"}))
    assert on_user(DEACTIVATE, ann, lee.user_id).status == 200

    assert call(ME, caller=lee.signed_in).body["phone"] is None

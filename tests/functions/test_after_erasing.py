"""After a person was erased: who has the address next is someone else, and no remembered answer names them."""

from typing import Any

import pytest

from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.command_cases.effects import identity_of, user_of
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    DEACTIVATE,
    INVITE_MANY,
    LEE_ADDRESS,
    ME,
    PREVIEW,
    RESEND,
    REVOKE,
    START_RECOVERY,
    USERS,
    a_user,
    acceptance,
    delivered,
    invitation,
    invited,
    joined,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.erasing import erase, finish, later
from tests.table_edits import sent_before


def test_the_next_person_of_the_address_has_other_ids_and_sees_nothing() -> None:
    ann, zoe = two_accounts()
    before = a_user(ann)
    joined(SECOND, invited(zoe, LEE_ADDRESS, account_id=SECOND))
    identity_ids = {identity_of(LEE_ADDRESS)["identity_id"]}
    user_ids = {before.user_id}

    for _ in range(3):
        assert erase().status == 200
        again = a_user(ann)
        user_ids.add(again.user_id)
        identity_ids.add(identity_of(LEE_ADDRESS)["identity_id"])

    assert (len(user_ids), len(identity_ids)) == (4, 4)
    me = call(ME, caller=again.signed_in).body
    assert [(each["account_id"], each["user_id"]) for each in me["accounts"]] == [(ACCOUNT, again.user_id)]
    assert me["profile"] is None
    assert refused(call(ME, caller=before.signed_in)) == (401, "unauthorized")
    found = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"email": LEE_ADDRESS}).body
    assert [each["user_id"] for each in found["data"]] == [again.user_id]


def test_the_next_person_accepts_recovers_and_is_invited_elsewhere_like_anyone() -> None:
    ann, zoe = two_accounts()
    a_user(ann)
    erase()

    token = token_for(invited(ann))
    assert call(PREVIEW, body={"token": token}).body["identity_exists"] is False
    assert call(ACCEPT, body=acceptance(token, password="Trombone31")).status == 200
    delivered()
    call(START_RECOVERY, body={"email": LEE_ADDRESS})
    invited(zoe, LEE_ADDRESS, account_id=SECOND)

    subjects = [mail["Subject"] for mail in delivered() if LEE_ADDRESS in mail["To"]]
    assert any("password" in subject.casefold() for subject in subjects)
    assert len({row["identity_id"] for row in aws_fixture.items(DIRECTORY) if row.get("email") == LEE_ADDRESS}) == 1


def test_repeating_it_changes_nothing_and_does_not_reach_the_next_person() -> None:
    ann = an_account()
    a_user(ann)
    key = {"idempotency-key": "erase-lee"}
    first = erase(headers=key)

    with nothing_changes():
        repeats = [erase(headers=key), erase()]
    again = a_user(ann)
    with nothing_changes():
        keyed = erase(headers=key)

    assert [each.body for each in (*repeats, keyed)] == [first.body] * 3
    assert call(ME, caller=again.signed_in).status == 200


@pytest.mark.parametrize("route", [RESEND, REVOKE, DEACTIVATE])
def test_remembered_answers_about_the_person_are_gone(route: str) -> None:
    ann = an_account()
    user = invited(ann)
    if route == DEACTIVATE:
        joined(ACCOUNT, user)
    key = {"headers": {"idempotency-key": "once"}}
    parts = {"caller": ann.signed_in, "account_id": ACCOUNT, "user_id": user["user_id"], "body": {}}
    with later():
        assert call(route, **parts, **key).status == 200
    erase()

    assert refused(call(route, **parts, **key)) == (404, "not_found")
    assert LEE_ADDRESS not in str(aws_fixture.items(DIRECTORY))


def test_the_remembered_answer_of_a_batch_is_made_again_without_the_person() -> None:
    ann = an_account()
    body = {"users": [invitation(LEE_ADDRESS), invitation("kim@example.org")]}
    parts: dict[str, Any] = {"caller": ann.signed_in, "account_id": ACCOUNT, "headers": {"idempotency-key": "all"}}
    first = call(INVITE_MANY, body=body, **parts).body["results"]
    erase()

    with nothing_changes():
        again = call(INVITE_MANY, body=body, **parts).body["results"]

    assert [each["code"] for each in again] == ["not_found", None]
    assert again[1] == first[1]
    assert LEE_ADDRESS not in str(aws_fixture.items(DIRECTORY))


@pytest.mark.parametrize(
    ("then", "keys"), [("resent", ["a"]), ("invited again", ["a"]), ("invited again among many", ["a", "b"])]
)
def test_remembered_answers_of_batches_are_made_again_also_after_newer_links(then: str, keys: list[str]) -> None:
    ann = an_account()
    parts: dict[str, Any] = {"caller": ann.signed_in, "account_id": ACCOUNT}

    def invite_many(key: str) -> dict[str, Any]:
        body, headers = {"users": [invitation(LEE_ADDRESS)]}, {"idempotency-key": key}
        [result] = call(INVITE_MANY, body=body, headers=headers, **parts).body["results"]
        return dict(result)

    user_id = sent_before(invite_many("a")["user"])["user_id"]
    call(RESEND if then == "resent" else REVOKE, user_id=user_id, body={}, **parts)
    if then == "invited again":
        invited(ann)
    elif then == "invited again among many":
        invite_many("b")
    assert user_of(LEE_ADDRESS)["invitation"]["generation"] == 2
    erase()
    finish()

    with nothing_changes():
        again = [invite_many(key) for key in keys]

    assert [(each["code"], each["user"]) for each in again] == [("not_found", None)] * len(keys)
    assert LEE_ADDRESS not in str(aws_fixture.items(DIRECTORY))

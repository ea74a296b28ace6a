"""Operators erase a person: tombstones everywhere, and new ids for someone who has the address next (rule 25)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from shared.adapters.cognito import open_cognito
from shared.clock import utc_now
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL
from tests import aws_fixture
from tests.command_cases.effects import identity_of, user_of
from tests.domain_factories import indexed, set_in
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    CERTIFY,
    DEACTIVATE,
    ERASE_IDENTITY,
    GET_ACCOUNT,
    INVITE,
    INVITE_MANY,
    JOIN,
    ME,
    PASSWORD,
    PREVIEW,
    RESEND,
    REVOKE,
    START_RECOVERY,
    TERMS,
    USER,
    USERS,
    a_user,
    acceptance,
    an_operator,
    certified,
    delivered,
    invitation,
    invited,
    joined,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import meanwhile, refusing
from tests.invoke import Answer, SignedIn, wake

LEE = "lee@example.org"


def erase(email: str = LEE, *, caller: SignedIn | None = None, **parts: Any) -> Answer:
    return call(ERASE_IDENTITY, caller=caller or an_operator(), email=email, body={}, **parts)


def finish() -> None:
    """A minute later the sweep comes by."""
    with later():
        wake("finish_erasures", {"every": "minute"})


def later() -> Any:
    """Two minutes from now."""
    return time_machine.travel(utc_now() + timedelta(minutes=2), tick=False)


def tombstones() -> dict[str, dict[str, Any]]:
    """The users who were erased, by account."""
    return {
        row["pk"]: row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#") and "erased_at" in row
    }


def entries(kind: str = "user.erased") -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(JOURNAL) if row["type"] == kind]


def test_users_in_every_account_and_status_become_tombstones() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    there = invited(zoe, LEE, account_id=SECOND)
    identity_id = identity_of(LEE)["identity_id"]
    version = user_of(LEE)["version"]

    answer = erase()

    assert (answer.status, answer.body) == (200, {"identity_id": identity_id, "status": "erased"})
    assert {account: row["user_id"] for account, row in tombstones().items()} == {
        ACCOUNT: lee.user_id,
        SECOND: there["user_id"],
    }
    shown = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body
    assert (shown["status"], shown["email"], shown["first_name"], shown["phone"]) == ("removed", "", "", None)
    assert (shown["groups"], shown["admin"], shown["allowed_actions"]) == ([], False, [])
    assert shown["version"] == version + 1
    assert [row["type"] for row in entries()] == ["user.erased"] * 2
    assert {row["after"]["status"] for row in entries()} == {"removed"}
    for account_id, by in ((ACCOUNT, ann), (SECOND, zoe)):
        account = call(GET_ACCOUNT, caller=by.signed_in, account_id=account_id).body
        assert (account["seats"]["used"], account["counts"]["removed"]) == (1, 0)


@pytest.mark.parametrize("status", ["active", "blocked", "inactive", "removed", "declined", "expired"])
def test_a_user_of_any_status_is_erased(status: str) -> None:
    ann = an_account()
    lee = a_user(ann)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": f"user#{lee.user_id}"}, status=status)

    answer = erase()

    assert (answer.status, tombstones()[ACCOUNT]["status"]) == (200, "removed")


def test_an_address_that_is_only_invited_is_erased_and_its_link_is_dead() -> None:
    ann = an_account()
    token = token_for(invited(ann, message="See you, Lee"))

    answer = erase()

    assert (answer.status, tombstones()[ACCOUNT].get("email")) == (200, "")
    assert refused(call(PREVIEW, body={"token": token})) == (410, "invitation_revoked")


def test_the_person_is_signed_out_and_nobody_signs_in_any_more() -> None:
    ann = an_account()
    lee = a_user(ann)

    erase()

    with nothing_changes():
        requests: list[tuple[str, dict[str, Any]]] = [(ME, {}), (ACCESS, {"account_id": ACCOUNT})]
        assert [refused(call(route, caller=lee.signed_in, **parts)) for route, parts in requests] == [
            (401, "unauthorized")
        ] * 2
    assert open_cognito().sign_in(LEE, PASSWORD) is None


def test_the_next_person_of_the_address_has_other_ids_and_sees_nothing() -> None:
    ann, zoe = two_accounts()
    before = a_user(ann)
    joined(SECOND, invited(zoe, LEE, account_id=SECOND))
    identity_ids = {identity_of(LEE)["identity_id"]}
    user_ids = {before.user_id}

    for _ in range(3):
        assert erase().status == 200
        again = a_user(ann)
        user_ids.add(again.user_id)
        identity_ids.add(identity_of(LEE)["identity_id"])

    assert (len(user_ids), len(identity_ids)) == (4, 4)
    me = call(ME, caller=again.signed_in).body
    assert [(each["account_id"], each["user_id"]) for each in me["accounts"]] == [(ACCOUNT, again.user_id)]
    assert me["profile"] is None
    assert refused(call(ME, caller=before.signed_in)) == (401, "unauthorized")
    found = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"email": LEE}).body
    assert [each["user_id"] for each in found["data"]] == [again.user_id]


def test_the_next_person_accepts_recovers_and_is_invited_elsewhere_like_anyone() -> None:
    ann, zoe = two_accounts()
    a_user(ann)
    erase()

    token = token_for(invited(ann))
    assert call(PREVIEW, body={"token": token}).body["identity_exists"] is False
    assert call(ACCEPT, body=acceptance(token, password="Trombone31")).status == 200
    delivered()
    call(START_RECOVERY, body={"email": LEE})
    invited(zoe, LEE, account_id=SECOND)

    subjects = [mail["Subject"] for mail in delivered() if LEE in mail["To"]]
    assert any("password" in subject.casefold() for subject in subjects)
    assert len({row["identity_id"] for row in aws_fixture.items(DIRECTORY) if row.get("email") == LEE}) == 1


def test_seats_teams_groups_and_lists_follow() -> None:
    ann = an_account()
    a_user(ann)
    erase()
    indexed()

    pages = [
        call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query).body
        for query in ({}, {"status": "all"}, {"status": "removed"}, {"search": "lee"})
    ]

    assert [[each["email"] for each in page["data"]] for page in pages] == [["ann@example.org"]] * 2 + [[], []]
    assert pages[2]["total"] == 0


def test_the_only_administrator_of_an_account_is_named_and_stays() -> None:
    ann, _ = two_accounts()
    answer = erase("ann@example.org")
    assert refused(answer) == (409, "last_admin")
    assert answer.body["account_ids"] == [ACCOUNT]
    a_user(ann, admin=True)

    assert erase("ann@example.org").status == 200
    assert identity_of(LEE)


def test_the_only_administrator_of_a_suspended_account_is_erased() -> None:
    an_account()
    call("POST /v1/operator/accounts/{account_id}/suspend", caller=an_operator(), account_id=ACCOUNT, body={})

    assert erase("ann@example.org").status == 200
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert (account["admins"], account["administrators"]) == (0, {})


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


@pytest.mark.parametrize("address", ["nobody@example.org", "no address"])
def test_an_address_that_nobody_knows_is_not_found(address: str) -> None:
    an_account()
    operator = an_operator()

    with nothing_changes():
        answer = refused(erase(address, caller=operator))

    assert answer == (404, "not_found")


def test_only_operators_erase_and_never_themselves() -> None:
    ann = an_account()
    a_user(ann)
    operator = an_operator()

    with nothing_changes():
        by_administrator = refused(erase(caller=ann.signed_in))
        own = refused(erase(operator.username, caller=operator))

    assert (by_administrator, own) == ((403, "not_allowed"), (409, "cannot_act_on_self"))


def test_certified_partner_is_certified_no_more() -> None:
    ann = an_account()
    certified(LEE)

    assert erase().status == 200

    body = {"kind": "partner", "email": LEE, "groups": ["everyone"]}
    answer = refused(call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body))
    assert answer == (422, "not_a_certified_partner")
    entry = {"partner_type": "expert_coach", "first_name": "Pat", "last_name": "Porter"}
    assert call(CERTIFY, caller=an_operator(), email=LEE, body=entry).status == 200


def test_a_crash_after_the_tombstone_is_finished_by_the_sweep() -> None:
    ann = an_account()
    lee = a_user(ann)

    with refusing("dynamodb", "BatchGetItem", "ThrottlingException", status=400, after=2):
        crashed = erase()
    half = len(tombstones())
    finish()

    assert (crashed.status, half) == (503, 0)
    assert tombstones()[ACCOUNT]["user_id"] == lee.user_id
    assert not [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "erasure"]


def test_an_invitation_that_was_under_way_is_erased_by_the_sweep() -> None:
    ann, zoe = two_accounts()
    a_user(ann)

    with meanwhile("dynamodb", "TransactWriteItems", erase):
        late = invited(zoe, LEE, account_id=SECOND)
    assert SECOND not in tombstones()
    finish()

    assert tombstones()[SECOND]["user_id"] == late["user_id"]


def test_accepting_that_is_under_way_holds_the_erasing_off() -> None:
    ann = an_account()
    token = token_for(invited(ann))
    answers: list[Answer] = []

    with meanwhile("cognito-idp", "AdminSetUserPassword", lambda: answers.append(erase())):
        accepting = call(ACCEPT, body=acceptance(token, password="Trombone44"))

    assert (accepting.status, refused(answers[0])) == (200, (409, "conflict"))
    assert erase().status == 200


def test_an_erasing_before_the_lock_stops_accept() -> None:
    ann = an_account()
    token = token_for(invited(ann))

    with meanwhile("dynamodb", "UpdateItem", erase):
        answer = call(ACCEPT, body=acceptance(token, password="Trombone45"))

    assert refused(answer) == (410, "invitation_revoked")
    assert open_cognito().sign_in(LEE, "Trombone45") is None


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
    assert LEE not in str(aws_fixture.items(DIRECTORY))


def test_the_remembered_answer_of_a_batch_is_made_again_without_the_person() -> None:
    ann = an_account()
    body = {"users": [invitation(LEE), invitation("kim@example.org")]}
    parts: dict[str, Any] = {"caller": ann.signed_in, "account_id": ACCOUNT, "headers": {"idempotency-key": "all"}}
    first = call(INVITE_MANY, body=body, **parts).body["results"]
    erase()

    with nothing_changes():
        again = call(INVITE_MANY, body=body, **parts).body["results"]

    assert [each["code"] for each in again] == ["not_found", None]
    assert again[1] == first[1]
    assert LEE not in str(aws_fixture.items(DIRECTORY))


def test_invitations_that_an_erased_person_sent_are_dead() -> None:
    ann = an_account()
    lee = a_user(ann, admin=True)
    kim = invited(lee, "kim@example.org")

    erase()

    assert refused(call(PREVIEW, body={"token": token_for(kim)})) == (410, "invitation_revoked")


def test_a_join_that_is_under_way_comes_too_late() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    token = token_for(invited(zoe, LEE, account_id=SECOND))

    with meanwhile("dynamodb", "TransactWriteItems", erase):
        answer = refused(call(JOIN, caller=lee.signed_in, body={"token": token, "terms_version": TERMS}))

    assert answer == (401, "unauthorized")
    assert SECOND in tombstones()


def test_the_tombstone_of_an_identity_holds_no_address() -> None:
    a_user(an_account())
    identity_id = identity_of(LEE)["identity_id"]

    erase()

    [row] = [row for row in aws_fixture.items(IDENTITIES) if row["pk"] == identity_id]
    assert set(row) == {"pk", "erased_at", "erasures", "operation"}

"""Operators erase a person: tombstones everywhere, and new ids for someone who has the address next (rule 25)."""

from typing import Any

import pytest

from shared.adapters.cognito import open_cognito
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL
from tests import aws_fixture
from tests.command_cases.effects import identity_of, user_of
from tests.command_cases.records import owners, put
from tests.factories import (
    ACCESS,
    ACCOUNT,
    CERTIFY,
    GET_ACCOUNT,
    INVITE,
    LEE_ADDRESS,
    ME,
    PASSWORD,
    PREVIEW,
    REASSIGN,
    USER,
    USERS,
    a_user,
    an_operator,
    certified,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.erasing import erase, finish, tombstones
from tests.functions.faults import meanwhile
from tests.functions.leaving import a_leaver_and_others, jobs, new_job, sweep
from tests.invoke import wake
from tests.table_edits import indexed, set_in, user_row


def entries(kind: str = "user.erased") -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(JOURNAL) if row["type"] == kind]


def test_users_in_every_account_and_status_become_tombstones() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    there = invited(zoe, LEE_ADDRESS, account_id=SECOND)
    identity_id = identity_of(LEE_ADDRESS)["identity_id"]
    version = user_of(LEE_ADDRESS)["version"]

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
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD) is None


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
    assert identity_of(LEE_ADDRESS)


def test_the_only_administrator_of_a_suspended_account_is_erased() -> None:
    an_account()
    call("POST /v1/operator/accounts/{account_id}/suspend", caller=an_operator(), account_id=ACCOUNT, body={})

    assert erase("ann@example.org").status == 200
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert (account["admins"], account["administrators"]) == (0, {})


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
    certified(LEE_ADDRESS)

    assert erase().status == 200

    body = {"kind": "partner", "email": LEE_ADDRESS, "groups": ["everyone"]}
    answer = refused(call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body))
    assert answer == (422, "not_a_certified_partner")
    entry = {"partner_type": "expert_coach", "first_name": "Pat", "last_name": "Porter"}
    assert call(CERTIFY, caller=an_operator(), email=LEE_ADDRESS, body=entry).status == 200


def test_invitations_that_an_erased_person_sent_are_dead() -> None:
    ann = an_account()
    lee = a_user(ann, admin=True)
    kim = invited(lee, "kim@example.org")

    erase()

    assert refused(call(PREVIEW, body={"token": token_for(kim)})) == (410, "invitation_revoked")


def test_finished_tasks_of_an_erased_person_are_removed_and_the_rest_can_be_moved() -> None:
    ann, _, lee = a_leaver_and_others()

    assert erase().status == 200
    [job_id] = [job["job_id"] for job in jobs()]
    wake("move_records", new_job(job_id))
    sweep()
    removed = owners()
    marked = user_row(lee.user_id)
    order = {"from": lee.user_id, "to": ann.user_id}
    moves = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order)
    wake("move_records", new_job(moves.body["job_id"]))
    sweep()

    assert removed == {"c-1": lee.user_id, "t-1": lee.user_id, "t-2": None, "n-1": lee.user_id}
    assert [row["after"]["record_id"] for row in entries("record.removed")] == ["t-2"]
    assert (marked["has_records_waiting"], "move_job_id" in marked) == (True, False)
    assert owners() == {"c-1": ann.user_id, "t-1": ann.user_id, "t-2": None, "n-1": lee.user_id}
    assert "has_records_waiting" not in user_row(lee.user_id)
    waiting = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, records_waiting="true").body["data"]
    assert lee.user_id not in {user["user_id"] for user in waiting}


def test_a_record_that_is_completed_meanwhile_is_removed_too() -> None:
    ann, _, lee = a_leaver_and_others()

    writes: list[str] = []

    def complete() -> None:
        writes.append("identity" if not writes else "user")
        if writes[-1] == "user":
            put(ann, "task", "t-1", lee, "completed")

    with meanwhile("dynamodb", "TransactWriteItems", complete, times=2):
        first = erase()
    finish()
    sweep()

    assert (first.status, tombstones()[ACCOUNT]["user_id"]) == (200, lee.user_id)
    assert {name for name, owner in owners().items() if owner is None} == {"t-1", "t-2"}


def test_the_tombstone_of_an_identity_holds_no_address() -> None:
    a_user(an_account())
    identity_id = identity_of(LEE_ADDRESS)["identity_id"]

    erase()

    [row] = [row for row in aws_fixture.items(IDENTITIES) if row["pk"] == identity_id]
    assert set(row) == {"pk", "erased_at", "erasures", "operation"}


@pytest.mark.parametrize("is_known_again", [False, True])
def test_a_user_whom_a_restored_table_brings_back_is_erased_again_and_nobody_else(*, is_known_again: bool) -> None:
    ann = an_account()
    lee = a_user(ann)
    key = {"pk": {"S": ACCOUNT}, "sk": {"S": f"user#{lee.user_id}"}}
    before = aws_fixture.dynamodb.get_item(TableName=aws_fixture.physical(DIRECTORY), Key=key)["Item"]
    identity_id = identity_of(LEE_ADDRESS)["identity_id"]
    erase()
    finish()
    another = a_user(ann) if is_known_again else None
    aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(DIRECTORY), Item=before)

    answer = erase()

    assert (answer.status, answer.body) == (200, {"identity_id": identity_id, "status": "erased"})
    assert another is None or call(ME, caller=another.signed_in).status == 200
    shown = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body
    assert (shown["status"], shown["email"], shown["first_name"]) == ("removed", "", "")
    assert len(entries()) == 2

"""Operators block and unblock a person's identity."""

from typing import Any

import pytest

from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL
from tests import aws_fixture
from tests.command_cases.effects import identity_of
from tests.command_cases.identities import sign_in
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    BLOCK_IDENTITY,
    EDIT_ME,
    JOIN,
    LEE_ADDRESS,
    ME,
    PASSWORD,
    PREVIEW,
    TERMS,
    UNBLOCK_IDENTITY,
    a_user,
    acceptance,
    accepted,
    an_operator,
    invited,
    joined,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import meanwhile, refusing
from tests.invoke import Answer, SignedIn
from tests.table_edits import set_in


def staff(route: str, email: str = LEE_ADDRESS, caller: SignedIn | None = None, **parts: Any) -> Answer:
    return call(route, caller=caller or an_operator(), email=email, body={}, **parts)


def entries() -> list[tuple[str, str, str]]:
    told = [row for row in aws_fixture.items(JOURNAL) if row["type"].startswith("identity.")]
    return [(row["pk"], row["type"], row["user_id"]) for row in told]


def test_a_blocked_identity_is_refused_in_every_account_at_once_and_may_come_back() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    there = joined(SECOND, invited(zoe, LEE_ADDRESS, account_id=SECOND))
    requests: list[tuple[str, dict[str, Any]]] = [
        (ME, {}),
        (ACCESS, {"account_id": ACCOUNT}),
        (ACCESS, {"account_id": SECOND}),
        (EDIT_ME, {"body": {"first_name": "Other"}}),
    ]

    blocked = staff(BLOCK_IDENTITY)
    with nothing_changes():
        refusals = [refused(call(route, caller=lee.signed_in, **parts)) for route, parts in requests]
        others = call(ACCESS, caller=ann.signed_in, account_id=ACCOUNT)
    signs_in = open_cognito().sign_in(LEE_ADDRESS, PASSWORD)
    unblocked = staff(UNBLOCK_IDENTITY)

    identity_id = identity_of(LEE_ADDRESS)["identity_id"]
    assert blocked.body == {"identity_id": identity_id, "email": LEE_ADDRESS, "status": "blocked"}
    assert unblocked.body == {"identity_id": identity_id, "email": LEE_ADDRESS, "status": "active"}
    assert refusals == [(401, "unauthorized")] * 4
    assert (others.status, signs_in) == (200, None)
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD)
    assert call(ACCESS, caller=lee.signed_in, account_id=SECOND).status == 200
    assert sorted(entries()) == sorted(
        (account_id, kind, user_id)
        for account_id, user_id in ((ACCOUNT, lee.user_id), (SECOND, there.user_id))
        for kind in ("identity.blocked", "identity.unblocked")
    )


@pytest.mark.parametrize("address", ["LEE@example.org", "Lee@EXAMPLE.org"])
def test_the_address_is_found_however_it_is_written(address: str) -> None:
    a_user(an_account())

    answer = staff(BLOCK_IDENTITY, address)

    assert (answer.status, identity_of(LEE_ADDRESS)["blocked"]) == (200, True)


def test_links_of_a_blocked_identity_create_no_other_one() -> None:
    ann, zoe = two_accounts()
    assert accepted(token_for(invited(ann), channel=Channel.COPIED)).status == 200
    lee = signed_in(LEE_ADDRESS)
    token = token_for(invited(zoe, LEE_ADDRESS, account_id=SECOND))
    staff(BLOCK_IDENTITY)

    with nothing_changes():
        preview = call(PREVIEW, body={"token": token})
        accepting = refused(call(ACCEPT, body=acceptance(token, password="Trombone41")))
        joining = refused(call(JOIN, caller=lee, body={"token": token, "terms_version": TERMS}))

    assert preview.body["identity_exists"] is True
    assert (accepting, joining) == ((409, "identity_exists"), (401, "unauthorized"))


def test_a_block_while_someone_takes_the_identity_over_is_not_taken_back() -> None:
    ann, zoe = two_accounts()
    assert accepted(token_for(invited(ann), channel=Channel.COPIED)).status == 200
    token = token_for(invited(zoe, LEE_ADDRESS, account_id=SECOND))
    answers: list[Answer] = []

    with meanwhile("cognito-idp", "AdminSetUserPassword", lambda: answers.append(staff(BLOCK_IDENTITY))):
        taken_over = call(ACCEPT, body=acceptance(token, password="Trombone42"))

    assert (taken_over.status, refused(answers[0])) == (200, (409, "conflict"))
    assert identity_of(LEE_ADDRESS)["blocked"] is False
    assert staff(BLOCK_IDENTITY).status == 200


def test_a_block_before_the_lock_stops_the_taking_over() -> None:
    ann, zoe = two_accounts()
    assert accepted(token_for(invited(ann), channel=Channel.COPIED)).status == 200
    token = token_for(invited(zoe, LEE_ADDRESS, account_id=SECOND))

    with meanwhile("dynamodb", "UpdateItem", lambda: staff(BLOCK_IDENTITY)):
        answer = call(ACCEPT, body=acceptance(token, password="Trombone43"))

    assert refused(answer) == (409, "identity_exists")
    assert (identity_of(LEE_ADDRESS)["blocked"], sign_in()["Enabled"]) == (True, False)


def test_a_repeat_after_a_crash_disables_the_sign_in_too() -> None:
    a_user(an_account())
    key = {"idempotency-key": "block-lee"}

    with refusing("cognito-idp", "AdminDisableUser", "TooManyRequestsException", status=400):
        crashed = staff(BLOCK_IDENTITY, headers=key)
    half = (identity_of(LEE_ADDRESS)["blocked"], sign_in()["Enabled"])
    repeated = staff(BLOCK_IDENTITY, headers=key)

    assert (crashed.status, half) == (503, (True, True))
    assert (repeated.status, sign_in()["Enabled"], len(entries())) == (200, False, 1)


@pytest.mark.parametrize("route", [BLOCK_IDENTITY, UNBLOCK_IDENTITY])
def test_repeating_it_changes_nothing(route: str) -> None:
    a_user(an_account())
    staff(route)

    with nothing_changes():
        answer = staff(route)

    assert answer.status == 200


def test_two_operators_who_block_at_once_block_once() -> None:
    a_user(an_account())

    with meanwhile("dynamodb", "TransactWriteItems", lambda: staff(BLOCK_IDENTITY)):
        answer = staff(BLOCK_IDENTITY)

    assert (answer.status, len(entries())) == (200, 1)


def test_an_identity_whose_sign_in_is_gone_can_be_blocked_and_unblocked() -> None:
    a_user(an_account())
    aws_fixture.cognito.admin_delete_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=LEE_ADDRESS)

    statuses = [staff(route).body["status"] for route in (BLOCK_IDENTITY, UNBLOCK_IDENTITY)]

    assert statuses == ["blocked", "active"]


@pytest.mark.parametrize("route", [BLOCK_IDENTITY, UNBLOCK_IDENTITY])
def test_only_operators_do_it_and_only_to_those_who_have_an_id(route: str) -> None:
    ann = an_account()
    a_user(ann)
    invited(ann, "new@example.org")
    operator = an_operator()

    with nothing_changes():
        by_administrator = refused(staff(route, caller=ann.signed_in))
        unknown = [refused(staff(route, each)) for each in ("nobody@example.org", "new@example.org", "no address")]

    assert by_administrator == (403, "not_allowed")
    assert unknown == [(404, "not_found")] * 3
    assert refused(staff(BLOCK_IDENTITY, operator.username)) == (409, "cannot_act_on_self")


def test_a_blocked_operator_acts_no_more() -> None:
    a_user(an_account())
    operator = an_operator("second@usher.example")
    [row] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == operator.username]
    set_in(IDENTITIES, {"pk": row["pk"]}, blocked=True)

    with nothing_changes():
        answer = refused(staff(BLOCK_IDENTITY, caller=operator))

    assert answer == (401, "unauthorized")


def test_who_joins_an_account_just_before_the_block_is_blocked_there_too() -> None:
    ann = an_account()
    zoe = an_account("zz999", admin="zoe@example.org")
    a_user(ann)
    there = invited(zoe, account_id="zz999")

    with meanwhile("dynamodb", "TransactWriteItems", lambda: joined("zz999", there)):
        assert call(BLOCK_IDENTITY, caller=an_operator(), email="lee@example.org", body={}).status == 200

    marked = [row["pk"] for row in aws_fixture.items(DIRECTORY) if "identity_blocked_at" in row]
    assert sorted(marked) == ["ab123", "zz999"]


@pytest.mark.parametrize(
    ("first", "then", "operation", "is_blocked"),
    [
        (BLOCK_IDENTITY, UNBLOCK_IDENTITY, "AdminDisableUser", False),
        (UNBLOCK_IDENTITY, BLOCK_IDENTITY, "AdminEnableUser", True),
    ],
)
def test_where_two_operators_decide_otherwise_all_follows_the_later_one(
    first: str, then: str, operation: str, *, is_blocked: bool
) -> None:
    a_user(an_account())
    staff(then)

    with meanwhile("cognito-idp", operation, lambda: staff(then)):
        staff(first)

    marked = [row["pk"] for row in aws_fixture.items(DIRECTORY) if "identity_blocked_at" in row]
    assert identity_of(LEE_ADDRESS)["blocked"] is is_blocked
    assert (bool(marked), not sign_in()["Enabled"]) == (is_blocked, is_blocked)


def test_an_invitation_does_not_work_while_its_inviters_identity_is_blocked() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    token = token_for(invited(bea, "kim@example.org"))
    by = an_operator()

    statuses = []
    for route in (BLOCK_IDENTITY, UNBLOCK_IDENTITY):
        assert call(route, caller=by, email="bea@example.org", body={}).status == 200
        statuses.append(call(PREVIEW, body={"token": token}).status)

    assert statuses == [410, 200]

"""What changes between a command's read and its write, and answers of AWS that are lost, throttled or in conflict."""

from typing import Any

import pytest

from shared.retries import POLICY
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture, invoke
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    DEACTIVATE,
    INVITE,
    JOIN,
    LEE_BODY,
    OPEN_ACCOUNT,
    TERMS,
    a_user,
    acceptance,
    an_operator,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, refused
from tests.functions.faults import counting, losing_answers, meanwhile, refusing
from tests.functions.invites import invite_lee
from tests.invoke import Context
from tests.table_edits import set_in, set_user, user_row

THE_ACCOUNT = {"pk": ACCOUNT, "sk": "account"}


def the_account() -> dict[str, Any]:
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["pk"] == ACCOUNT and row["sk"] == "account"]
    return account


def entries(kind: str) -> int:
    return [row["type"] for row in aws_fixture.items(JOURNAL)].count(kind)


def test_the_last_seat_is_taken_once_however_close_two_come() -> None:
    ann = an_account(seats=2)

    with meanwhile(
        "dynamodb", "TransactWriteItems", lambda: set_in(DIRECTORY, THE_ACCOUNT, seats_used=2, seats_available=0)
    ):
        answer = invite_lee(ann)

    assert refused(answer) == (409, "no_seat_available")
    assert the_account()["seats_used"] == 2


def test_an_address_is_invited_once_however_close_two_come() -> None:
    ann = an_account()

    with meanwhile("dynamodb", "TransactWriteItems", lambda: invite_lee(ann)):
        answer = invite_lee(ann)

    assert refused(answer) == (409, "already_invited")
    assert (the_account()["seats_used"], entries("user.invited")) == (2, 2)


def test_someone_who_loses_their_right_meanwhile_invites_nobody() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite"]})
    row = {"account_id": ACCOUNT, "user_id": bea.user_id}

    with meanwhile("dynamodb", "TransactWriteItems", lambda: set_user(row, allow=[], version=9)):
        answer = invite_lee(bea)

    assert refused(answer) == (403, "not_allowed")


def test_two_administrators_who_deactivate_each_other_leave_one() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)

    def first() -> None:
        call(DEACTIVATE, caller=bea.signed_in, account_id=ACCOUNT, user_id=ann.user_id, body={})

    with meanwhile("dynamodb", "TransactWriteItems", first):
        answer = call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bea.user_id, body={})

    assert refused(answer) == (404, "not_found")
    assert (the_account()["admins"], user_row(bea.user_id)["status"]) == (1, "active")


def test_the_counter_of_administrators_has_the_last_word() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: set_in(DIRECTORY, THE_ACCOUNT, admins=1)):
        answer = call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bea.user_id, body={})

    assert refused(answer) == (409, "last_admin")
    assert user_row(bea.user_id)["status"] == "active"


def test_groups_that_change_meanwhile_are_read_again() -> None:
    ann = an_account()

    def change() -> None:
        set_in(DIRECTORY, THE_ACCOUNT, groups_version=2)
        set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "groups"}, version=2, groups={})

    with meanwhile("dynamodb", "TransactWriteItems", change):
        answer = invite_lee(ann)

    assert refused(answer) == (422, "invalid_request")


@pytest.mark.parametrize("route", [ACCEPT, JOIN])
def test_an_inviter_who_leaves_meanwhile_brings_nobody_in(route: str) -> None:
    ann = an_account()
    zoe = an_account("zz999", admin="zoe@example.org")
    known = a_user(zoe, account_id="zz999") if route == JOIN else None
    user = invited(ann)
    row = {"account_id": ACCOUNT, "user_id": ann.user_id}

    with meanwhile("dynamodb", "TransactWriteItems", lambda: set_user(row, status="inactive", version=9)):
        if known:
            body = {"token": token_for(user), "terms_version": TERMS}
            answer = call(JOIN, caller=known.signed_in, body=body)
        else:
            answer = call(ACCEPT, body=acceptance(token_for(user)))

    assert refused(answer) == (410, "invitation_revoked")
    assert user_row(user["user_id"])["status"] == "invited"


def test_an_identity_that_changes_hands_meanwhile_does_not_join() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    user = invited(zoe, account_id="zz999")
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == lee.address]

    def take_over() -> None:
        set_in(IDENTITIES, {"pk": identity["pk"]}, sub="another")

    with meanwhile("dynamodb", "TransactWriteItems", take_over):
        answer = call(JOIN, caller=lee.signed_in, body={"token": token_for(user), "terms_version": TERMS})

    assert refused(answer) == (401, "unauthorized")
    assert user_row(user["user_id"])["status"] == "invited"


# ---- answers that are lost ----


def test_a_lost_answer_invites_once() -> None:
    ann = an_account()

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        answer = invite_lee(ann)

    assert lost
    assert (answer.status, the_account()["seats_used"], entries("user.invited")) == (201, 2, 2)


def test_a_lost_answer_deactivates_once() -> None:
    ann = an_account()
    lee = a_user(ann)

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        answer = call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    assert lost
    assert (answer.status, answer.body["status"], entries("user.deactivated")) == (200, "inactive", 1)
    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("deactivated") == 1


@pytest.mark.parametrize("operation", ["TransactWriteItems", "UpdateItem", "BatchGetItem"])
def test_a_lost_answer_accepts_once(operation: str) -> None:
    user = invited(an_account())

    with losing_answers("dynamodb", operation) as lost:
        answer = call(ACCEPT, body=acceptance(token_for(user)))

    assert lost
    assert (answer.status, answer.body["user"]["status"], entries("user.joined")) == (200, "active", 2)


def test_a_lost_answer_opens_one_account() -> None:
    admin = {name: LEE_BODY[name] for name in ("first_name", "last_name", "email")}
    body = {"account_id": ACCOUNT, "name": "N", "seats": 3, "admin": admin}

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        answer = call(OPEN_ACCOUNT, caller=an_operator(), body=body)

    assert lost
    assert (answer.status, the_account()["seats_used"], entries("account.created")) == (201, 1, 1)


# ---- AWS that is busy ----


@pytest.mark.parametrize("code", ["TransactionInProgressException", "TransactionConflictException"])
def test_a_transaction_in_conflict_is_tried_again(code: str) -> None:
    ann = an_account()

    with refusing("dynamodb", "TransactWriteItems", code, times=3):
        answer = invite_lee(ann)

    assert answer.status == 201


@pytest.mark.parametrize("code", ["TransactionInProgressException", "TransactionConflictException"])
@pytest.mark.parametrize(("remaining", "transactions"), [(3_999, 1), (1_000_000, 1 + POLICY.max_retries)])
def test_transaction_in_lasting_conflict_is_bounded(code: str, remaining: int, transactions: int) -> None:
    ann = an_account()

    with refusing("dynamodb", "TransactWriteItems", code) as tries:
        answer = invite_lee(ann, context=Context(remaining=remaining))

    assert refused(answer) == (409, "conflict")
    assert len(tries) == transactions


def test_command_that_loses_every_race_is_bounded() -> None:
    ann = an_account()

    def change_groups() -> None:
        set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, groups_version=next(versions))

    versions = iter(range(1_000, 2_000))
    with meanwhile("dynamodb", "TransactWriteItems", change_groups, times=1_000), counting("dynamodb") as made:
        answer = invite_lee(ann)

    assert refused(answer) == (409, "conflict")
    assert made == ["BatchGetItem", "TransactWriteItems"] * (1 + POLICY.max_retries)


def test_any_other_fault_is_ours_and_told_without_its_inside() -> None:
    ann = an_account()

    with refusing("dynamodb", "TransactWriteItems", "ResourceNotFoundException"):
        answer = invoke.call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=LEE_BODY)

    assert (answer.status, answer.code) == (500, "internal_error")
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.body) == {"type", "title", "status", "code", "detail", "request_id"}
    assert "ResourceNotFound" not in answer.text
    assert answer.body["request_id"] in answer.body.values()


# ---- what commands cost ----


def test_an_administrators_command_takes_one_read_and_one_write() -> None:
    ann = an_account()
    lee = a_user(ann, "bea@example.org")

    with counting("dynamodb") as made:
        invite_lee(ann)
        call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    assert made == ["BatchGetItem", "TransactWriteItems"] * 2

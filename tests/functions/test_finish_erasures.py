"""Erasing that is interrupted, or meets a command under way, is finished by the sweep or comes first."""

from typing import Any

import pytest

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb import commit
from shared.storage_schema import DIRECTORY, IDENTITIES
from tests import aws_fixture
from tests.command_cases.case import KEYED
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    JOIN,
    LEE_ADDRESS,
    TERMS,
    a_user,
    acceptance,
    an_operator,
    invitation,
    invited,
    token_for,
)
from tests.functions.batches import invite_rows, verdicts
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, refused
from tests.functions.erasing import erase, finish, tombstones
from tests.functions.faults import meanwhile, refusing
from tests.invoke import Answer
from tests.table_edits import user_row


def test_a_crash_after_the_tombstone_is_finished_by_the_sweep() -> None:
    ann = an_account()
    lee = a_user(ann)
    operator = an_operator()

    with refusing("dynamodb", "BatchGetItem", "ThrottlingException", status=400, after=2):
        crashed = erase(caller=operator)
    half = len(tombstones())
    finish()

    assert (crashed.status, half) == (503, 0)
    assert tombstones()[ACCOUNT]["user_id"] == lee.user_id
    assert not [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "erasure"]


def test_repeat_of_a_crashed_request_erases_nobody_who_was_invited_meanwhile() -> None:
    ann = an_account()
    lee = a_user(ann)
    keyed: dict[str, Any] = {"caller": an_operator(), "headers": KEYED}
    with refusing("dynamodb", "BatchGetItem", "ThrottlingException", status=400, after=2):
        assert erase(**keyed).status == 503
    finish()
    [tombstone] = [row for row in aws_fixture.items(IDENTITIES) if "erased_at" in row]
    next_person = invited(ann)
    next_identity = user_row(next_person["user_id"])["identity_id"]

    again = erase(**keyed)
    after_the_repeat = user_row(next_person["user_id"])["status"]
    another = erase(**keyed | {"headers": {"idempotency-key": "another"}})

    assert (again.status, again.body["identity_id"]) == (200, tombstone["pk"])
    assert (another.status, another.body["identity_id"]) == (200, next_identity)
    assert "erased_at" in user_row(lee.user_id)
    assert (after_the_repeat, user_row(next_person["user_id"])["status"]) == ("invited", "removed")


def test_an_invitation_that_was_under_way_is_erased_by_the_sweep() -> None:
    ann, zoe = two_accounts()
    a_user(ann)

    with meanwhile("dynamodb", "TransactWriteItems", erase):
        late = invited(zoe, LEE_ADDRESS, account_id=SECOND)
    assert SECOND not in tombstones()
    finish()

    assert tombstones()[SECOND]["user_id"] == late["user_id"]


def test_the_answer_of_a_batch_that_was_under_way_is_forgotten_by_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = an_account()
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", 1)
    parts: list[str] = []

    def erase_before_the_second_part() -> None:
        parts.append("a part")
        if len(parts) == 2:
            erase()

    with meanwhile("dynamodb", "TransactWriteItems", erase_before_the_second_part, times=2):
        invite_rows(ann, invitation(LEE_ADDRESS), invitation("kim@example.org"), keyed=True)
    finish()

    again = invite_rows(ann, invitation(LEE_ADDRESS), invitation("kim@example.org"), keyed=True)
    assert verdicts(again) == [("refused", "not_found"), ("invited", None)]
    assert LEE_ADDRESS not in str(aws_fixture.items(DIRECTORY))


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
    assert open_cognito().sign_in(LEE_ADDRESS, "Trombone45") is None


def test_a_join_that_is_under_way_comes_too_late() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    token = token_for(invited(zoe, LEE_ADDRESS, account_id=SECOND))

    with meanwhile("dynamodb", "TransactWriteItems", erase):
        answer = refused(call(JOIN, caller=lee.signed_in, body={"token": token, "terms_version": TERMS}))

    assert answer == (401, "unauthorized")
    assert SECOND in tombstones()

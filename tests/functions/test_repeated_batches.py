"""Batches of invitations that are repeated, fail in the middle, or meet other commands."""

from datetime import timedelta

import pytest

from shared.adapters.dynamodb import commit, response_items
from tests.factories import ACCOUNT, DEACTIVATE, DECLINE, REVOKE, SET_SEATS, a_user, an_operator, invited, token_for
from tests.functions.batches import account_row, invite_rows, mails, rows, verdicts
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import losing_answers, meanwhile, refusing
from tests.proofs import movable_clock


def test_the_answer_to_a_repeat_is_the_same_and_changes_nothing() -> None:
    ann = an_account(seats=500)
    first = invite_rows(ann, *rows(40), keyed=True)
    revoked = first.body["results"][0]["user"]["user_id"]
    call(REVOKE, caller=ann.signed_in, account_id=ACCOUNT, user_id=revoked, body={})

    with nothing_changes():
        again = invite_rows(ann, *rows(40), keyed=True)

    assert again.text == first.text


@pytest.mark.parametrize("users_at_once", [1, 2])
def test_a_repeat_finishes_what_a_failure_has_left(users_at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = an_account()
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", users_at_once)
    before = account_row()["mails_sent"]

    with refusing("dynamodb", "TransactWriteItems", "ThrottlingException", after=1):
        failed = invite_rows(ann, *rows(5), notify=["boss@example.org", "team@example.org"], keyed=True)
    left, unfinished = account_row(), mails("notify_of_many")
    answer = invite_rows(ann, *rows(5), notify=["boss@example.org", "team@example.org"], keyed=True)

    after = account_row()
    assert (failed.status, unfinished) == (503, [])
    assert left["counts"]["invited"] == users_at_once
    assert left["mails_sent"] - before == users_at_once + 2
    assert verdicts(answer) == [("invited", None)] * 5
    assert (after["seats_used"], after["mails_sent"] - before) == (6, 7)
    assert len(mails("invitation")) == 6
    assert [len(mail["user_ids"]) for mail in mails("notify_of_many")] == [5, 5]


def test_what_a_failure_has_left_is_not_finished_with_other_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = an_account()
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", 2)
    with refusing("dynamodb", "TransactWriteItems", "ThrottlingException", after=1):
        invite_rows(ann, *rows(5), keyed=True)

    with nothing_changes():
        corrected = invite_rows(ann, *rows(6), keyed=True)
    finished = invite_rows(ann, *rows(5), keyed=True)

    assert refused(corrected) == (422, "idempotency_key_reused")
    assert verdicts(finished) == [("invited", None)] * 5


def test_of_two_requests_under_one_key_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = an_account()
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", 2)

    def begins_another() -> None:
        with refusing("dynamodb", "TransactWriteItems", "ThrottlingException", after=1):
            invite_rows(ann, *(rows(8)[5:]), keyed=True)

    with meanwhile("dynamodb", "TransactWriteItems", begins_another):
        answer = invite_rows(ann, *rows(5), keyed=True)

    assert refused(answer) == (422, "idempotency_key_reused")
    assert account_row()["counts"]["invited"] == 2


def test_what_invites_nobody_is_not_remembered() -> None:
    ann = an_account(seats=1)
    with nothing_changes():
        first = invite_rows(ann, *rows(1), keyed=True)
    body = {"purchased": 5, "granted": 0}
    assert call(SET_SEATS, caller=an_operator("olga@usher.example"), account_id=ACCOUNT, body=body).status == 200

    again = invite_rows(ann, *rows(1), keyed=True)

    assert (verdicts(first), verdicts(again)) == ([("refused", "no_seat_available")], [("invited", None)])


def test_a_lost_answer_is_no_second_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = an_account()
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", 1)

    with losing_answers("dynamodb", "TransactWriteItems", times=2):
        answer = invite_rows(ann, *rows(3), notify=["boss@example.org"])

    assert verdicts(answer) == [("invited", None)] * 3
    assert (account_row()["seats_used"], len(mails("invitation")), len(mails("notify_of_many"))) == (4, 4, 1)


@pytest.mark.parametrize("users_at_once", [1, 28])
def test_someone_else_who_invites_an_address_meanwhile_refuses_that_row_only(
    users_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", users_at_once)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: invited(bob, "p1@example.org")):
        answer = invite_rows(ann, *rows(3), notify=["boss@example.org"])

    assert verdicts(answer) == [("invited", None), ("refused", "already_invited"), ("invited", None)]
    assert account_row()["seats_used"] == 5
    assert [len(mail["user_ids"]) for mail in mails("notify_of_many")] == [2]


@pytest.mark.parametrize("users_at_once", [1, 28])
def test_a_seat_that_is_taken_meanwhile_refuses_the_last_row(
    users_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = an_account(seats=5)
    bob = a_user(ann, "bob@example.org", admin=True)
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", users_at_once)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: invited(bob, "kim@example.org")):
        answer = invite_rows(ann, *rows(3))

    assert verdicts(answer) == [("invited", None), ("invited", None), ("refused", "no_seat_available")]
    assert account_row()["seats_used"] == 5


def test_a_caller_who_is_deactivated_meanwhile_invites_nobody() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    ending = {"caller": ann.signed_in, "account_id": ACCOUNT, "user_id": bob.user_id, "body": {}}

    with meanwhile("dynamodb", "TransactWriteItems", lambda: call(DEACTIVATE, **ending)):
        answer = invite_rows(bob, *rows(3))

    assert refused(answer) == (404, "not_found")
    assert account_row()["seats_used"] == 1


def test_an_answer_that_no_item_can_hold_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = an_account()
    monkeypatch.setattr(response_items, "MAX_PACKED_BYTES", 10)
    first = invite_rows(ann, *rows(8), keyed=True)

    with nothing_changes():
        again = invite_rows(ann, *rows(8), keyed=True)

    assert again.body == first.body


def test_a_key_that_is_used_again_after_a_day_is_another_request() -> None:
    ann = an_account()
    with movable_clock.ago(timedelta(hours=25)):
        first = invite_rows(ann, *rows(2), keyed=True)
    declined = first.body["results"][0]["user"]
    assert call(DECLINE, body={"token": token_for(declined)}).status == 200

    again = invite_rows(ann, *rows(2), keyed=True)

    assert verdicts(again) == [("invited", None), ("refused", "already_invited")]
    assert again.body["results"][0]["user"]["status"] == "invited"

"""Races of administrators for seats, addresses, keys and the last administrator."""

from collections.abc import Callable
from functools import partial

import pytest

from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests.factories import (
    ACCOUNT,
    BLOCK,
    DEACTIVATE,
    EDIT,
    INVITE,
    ActiveUser,
    a_user,
    an_account,
    invitation,
    invited,
)
from tests.invoke import Answer, call
from tests.proofs.invariants import assert_whole
from tests.proofs.promises import CROWD
from tests.proofs.races import divided, race, rounds
from tests.proofs.snapshots import rows

BUSY = (409, "conflict")


def prepare_invite(by: ActiveUser, address: str, key: str | None = None) -> Callable[[], Answer]:
    body = invitation(address)
    headers = {"idempotency-key": key} if key else {}
    return lambda: call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body, headers=headers)


def deactivating(by: ActiveUser, other: ActiveUser) -> Answer:
    return call(DEACTIVATE, caller=by.signed_in, account_id=ACCOUNT, user_id=other.user_id, body={})


def stored(status: str) -> set[str]:
    """Return the ids of the users with this status."""
    return {row["user_id"] for row in rows(DIRECTORY) if "user_id" in row and row["status"] == status}


@pytest.mark.parametrize("left", [1, 2, 3])
def test_concurrent_invites_take_exactly_the_seats_left(left: int) -> None:
    ann = an_account(seats=1 + left)

    for _ in rounds(0.5):
        outcome = race([prepare_invite(ann, f"p{number}@example.org") for number in range(CROWD)])

        winners, _ = divided(outcome.answers, won=201, lost={(409, "no_seat_available"), BUSY})
        assert len(winners) == left
        assert {winner.body["user_id"] for winner in winners} == stored("invited")
        assert_whole()


def test_concurrent_invites_of_one_address_succeed_once() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)

    for _ in rounds():
        outcome = race([prepare_invite((ann, bob)[number % 2], "lee@example.org") for number in range(CROWD)])

        winners, _ = divided(outcome.answers, won=201, lost={(409, "already_invited"), BUSY})
        assert len(winners) == 1
        assert {winners[0].body["user_id"]} == stored("invited")
        assert_whole()


def test_concurrent_requests_under_one_key_have_one_effect_and_answer() -> None:
    ann = an_account()
    mails = sum(1 for _ in rows(MAIL))

    for _ in rounds():
        outcome = race([prepare_invite(ann, "lee@example.org", "one-and-the-same")] * CROWD)

        winners, _ = divided(outcome.answers, won=201, lost={BUSY})
        assert winners
        assert len({winner.text for winner in winners}) == 1
        assert sum(row["type"] == "user.invited" for row in rows(JOURNAL)) == 2  # Ann's, and this one.
        assert sum(1 for _ in rows(MAIL)) == mails + 1
        assert_whole()


def test_two_admins_deactivating_each_other_leave_one_active() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    pairs = [(ann, bob), (bob, ann)] * (CROWD // 2)

    for _ in rounds():
        outcome = race([partial(deactivating, by, other) for by, other in pairs])

        winners, _ = divided(outcome.answers, won=200, lost={(404, "not_found"), (409, "last_admin"), BUSY})
        assert winners
        assert len(stored("active")) == 1
        assert {winner.body["user_id"] for winner in winners} == stored("inactive")
        assert_whole()


def _demoting(by: ActiveUser, other: ActiveUser) -> Answer:
    body = {"admin": False, "groups": ["everyone"]}
    return call(EDIT, caller=by.signed_in, account_id=ACCOUNT, user_id=other.user_id, body=body)


def _blocking(by: ActiveUser, other: ActiveUser) -> Answer:
    return call(BLOCK, caller=by.signed_in, account_id=ACCOUNT, user_id=other.user_id, body={"reason": "security"})


WAYS_OUT = {
    "each blocks the other": [(_blocking, "ann", "bob"), (_blocking, "bob", "ann")],
    "each demotes the other": [(_demoting, "ann", "bob"), (_demoting, "bob", "ann")],
    "each steps down": [(_demoting, "ann", "ann"), (_demoting, "bob", "bob")],
    "one blocks, one steps down": [(_blocking, "ann", "bob"), (_demoting, "ann", "ann")],
    "one deactivates, one demotes": [(deactivating, "ann", "bob"), (_demoting, "bob", "ann")],
}


@pytest.mark.parametrize("ways", WAYS_OUT)
def test_two_admins_leaving_in_any_two_ways_leave_one_active(ways: str) -> None:
    ann = an_account()
    people = {"ann": ann, "bob": a_user(ann, "bob@example.org", admin=True)}
    calls = [partial(act, people[by], people[other]) for act, by, other in WAYS_OUT[ways]]

    for _ in rounds(0.2):
        outcome = race(calls * (CROWD // 2))

        lost = {(404, "not_found"), (403, "not_allowed"), (409, "last_admin"), (409, "wrong_state"), BUSY}
        winners, _ = divided(outcome.answers, won=200, lost=lost)
        users = [row for row in rows(DIRECTORY) if "user_id" in row]
        assert winners
        assert sum(user["admin"] and user["status"] == "active" for user in users) == 1
        assert_whole()


@pytest.mark.parametrize("number", [3, 5])
def test_many_admins_deactivating_each_other_leave_one_active(number: int) -> None:
    ann = an_account()
    admins = [ann, *(a_user(ann, f"admin{one}@example.org", admin=True) for one in range(1, number))]

    def against_all_others(by: ActiveUser) -> list[Answer]:
        others = [other for other in admins if other is not by]
        for _ in range(5):
            answers = [deactivating(by, other) for other in others]
            if BUSY not in {(answer.status, answer.code) for answer in answers}:
                break
        return answers

    for _ in rounds(0.5):
        outcome = race([partial(against_all_others, admin) for admin in admins])

        answers = [answer for several in outcome.answers for answer in several]
        divided(answers, won=200, lost={(404, "not_found"), (409, "last_admin")})
        assert len(stored("active")) == 1
        assert_whole()


def test_an_inviter_deactivated_meanwhile_has_invited_before_or_never() -> None:
    ann = an_account(seats=30)
    bob = a_user(ann, "bob@example.org", admin=True)

    for _ in rounds():
        invitations = [prepare_invite(bob, f"p{number}@example.org") for number in range(7)]
        ending_it: Callable[[], Answer] = partial(deactivating, ann, bob)
        outcome = race([*invitations, ending_it])

        *answers, ending = outcome.answers
        winners, _ = divided(answers, won=201, lost={(404, "not_found"), BUSY})
        assert ending.status in {200, 409}
        if ending.status == 200:
            assert outcome.written[-1] == "user.deactivated", "an inactive administrator has invited"
        assert {winner.body["user_id"] for winner in winners} == stored("invited")
        assert_whole()


def test_a_freed_seat_is_taken_once() -> None:
    ann = an_account(seats=2)
    kim = invited(ann, "kim@example.org")
    seated = {kim["user_id"]}

    for _ in rounds(0.5):
        outcome = race([prepare_invite(ann, f"p{number}@example.org") for number in range(CROWD)])

        winners, _ = divided(outcome.answers, won=201, lost={(409, "no_seat_available"), BUSY})
        assert not winners
        assert stored("invited") == seated
        assert_whole()

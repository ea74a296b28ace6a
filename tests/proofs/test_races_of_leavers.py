"""Races of deactivations, reactivations and the revocation of orphaned invitations."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from shared.domain.model.users import INVITATION_VALID_FOR
from shared.storage_schema import DIRECTORY
from tests.clock import INDEXES_KNOW
from tests.factories import (
    DEACTIVATE,
    REMOVE,
    a_user,
    accepted,
    an_account,
    invited,
    token_for,
)
from tests.functions.contract import comes_back, on_user
from tests.invoke import Answer, wake
from tests.proofs import movable_clock
from tests.proofs.invariants import assert_whole
from tests.proofs.promises import CROWD
from tests.proofs.races import divided, race, rounds
from tests.proofs.snapshots import rows

BUSY = (409, "conflict")
LATE = (410, "invitation_accepted")
REVOKED = (410, "invitation_revoked")
NO_SEAT = (409, "no_seat_available")
Calls = list[Callable[[], Answer | None]]


def stored(status: str) -> set[str]:
    """Return the ids of the users with this status."""
    return {row["user_id"] for row in rows(DIRECTORY) if "user_id" in row and row["status"] == status}


@pytest.mark.parametrize("routes", [(REMOVE, REMOVE), (REMOVE, DEACTIVATE)])
def test_two_admins_ending_each_other_leave_one_active(routes: tuple[str, str]) -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    against_bob = partial(on_user, routes[0], ann, bob.user_id)
    against_ann = partial(on_user, routes[1], bob, ann.user_id)

    for _ in rounds(0.5):
        outcome = race([against_bob, against_ann] * (CROWD // 2))

        winners, _ = divided(outcome.answers, won=200, lost={(404, "not_found"), (409, "last_admin"), BUSY})
        assert len(stored("active")) == 1
        assert {winner.body["user_id"] for winner in winners} == stored("removed") | stored("inactive")
        assert_whole()


@pytest.mark.parametrize("left", [1, 2])
def test_concurrent_reactivations_take_exactly_the_seats_left(left: int) -> None:
    ann = an_account(seats=1 + 4)
    gone = [a_user(ann, f"g{number}@example.org") for number in range(4)]
    for person in gone:
        on_user(DEACTIVATE, ann, person.user_id)
    for number in range(4 - left):
        invited(ann, f"p{number}@example.org")
    twice = [partial(comes_back, ann, person) for person in gone] * 2

    for _ in rounds(0.5):
        outcome = race(twice)

        winners, _ = divided(outcome.answers, won=200, lost={NO_SEAT, BUSY})
        back = {winner.body["user_id"] for winner in winners}
        assert len(back) == left
        assert stored("active") == {ann.user_id, *back}
        assert_whole()


def test_reactivation_keeps_invitations_that_are_not_revoked_yet() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    pending = {invited(bob, f"p{number}@example.org")["user_id"] for number in range(3)}
    on_user(DEACTIVATE, ann, bob.user_id)
    movable_clock.forward(INDEXES_KNOW)
    sweeps: Calls = [partial(wake, "revoke_orphaned_invitations")] * 2
    back: Calls = [partial(comes_back, ann, bob)] * 2

    for _ in rounds():
        outcome = race([*sweeps, *back])

        coming_back, _ = divided([answer for answer in outcome.answers if answer], won=200, lost={BUSY})
        assert bool(coming_back) == (bob.user_id in stored("active"))
        if coming_back:
            assert outcome.written[-1] == "user.reactivated", "it was revoked though the inviter was back"
        kept = stored("invited")
        assert kept | stored("removed") == pending
        movable_clock.forward(INDEXES_KNOW)
        for _ in range(2):
            wake("revoke_orphaned_invitations")
        assert stored("invited") == (kept if coming_back else set())
        assert_whole()


def test_join_against_revocation_needs_the_inviter_back() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    user = invited(bob)
    token = token_for(user)
    on_user(DEACTIVATE, ann, bob.user_id)
    movable_clock.forward(INDEXES_KNOW)
    accepts: Calls = [partial(accepted, token, password=f"Trombone{number}") for number in range(4)]
    sweeps: Calls = [partial(wake, "revoke_orphaned_invitations")] * 2
    back: Calls = [partial(comes_back, ann, bob)] * 2

    for _ in rounds():
        outcome = race([*accepts, *back, *sweeps])

        winners, _ = divided([answer for answer in outcome.answers[:4] if answer], won=200, lost={BUSY, LATE, REVOKED})
        divided([answer for answer in outcome.answers[4:6] if answer], won=200, lost={BUSY})
        assert len(winners) == (user["user_id"] in stored("active"))
        if winners:
            assert outcome.written == ["user.reactivated", "user.joined"]
        assert_whole()


def test_a_revoked_invitation_is_neither_reminded_nor_expired() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    user = invited(bob)
    movable_clock.forward(INVITATION_VALID_FOR - timedelta(days=2))
    on_user(DEACTIVATE, ann, bob.user_id)
    movable_clock.forward(INDEXES_KNOW)

    for _ in rounds(0.5):
        race([partial(wake, name) for name in ("revoke_orphaned_invitations", "expire") * 3])

        for name in ("expire", "revoke_orphaned_invitations", "revoke_orphaned_invitations"):
            wake(name)
        assert stored("removed") == {user["user_id"]}
        assert_whole()

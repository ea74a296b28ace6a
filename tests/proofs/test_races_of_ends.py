"""Races of `accept` against whatever ends the invitation: exactly one of the two happens."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests.factories import ACCOUNT, DECLINE, RESEND, REVOKE, ActiveUser, accepted, an_account, invited, token_for
from tests.invoke import Answer, call
from tests.proofs import movable_clock
from tests.proofs.invariants import assert_whole
from tests.proofs.races import Outcome, divided, race, rounds
from tests.proofs.snapshots import rows

BUSY = (409, "conflict")
LATE = (410, "invitation_accepted")
HALF = 8
Calls = list[Callable[[], Answer]]


def lee() -> dict[str, Any]:
    """Return the user as stored."""
    [user] = [row for row in rows(DIRECTORY) if row.get("email") == "lee@example.org"]
    return user


def journaled(kind: str) -> int:
    return sum(row["type"] == kind for row in rows(JOURNAL) if row.get("user_id") == lee()["user_id"])


def prepare_accepts(token: str) -> Calls:
    return [partial(accepted, token, password=f"Trombone{number}") for number in range(HALF)]


def of_one_kind(outcome: Outcome[Answer], *, code: str, refusals: set[tuple[int, str]]) -> Sequence[Answer]:
    """Return the answers that ended the invitation. Raises AssertionError if answers and state disagree."""
    accepts, ends = outcome.answers[:HALF], outcome.answers[HALF:]
    winners, _ = divided(accepts, won=200, lost={BUSY, LATE, (410, code)})
    ended, _ = divided(ends, won=200, lost={BUSY, *refusals})
    assert len(winners) == (lee()["status"] == "active") == journaled("user.joined")
    assert not (winners and ended), "it was accepted and ended"
    assert_whole()
    return ended


def test_accept_against_revoke_has_one_winner() -> None:
    ann = an_account()
    user = invited(ann)
    revoke = partial(call, REVOKE, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])
    racing: Calls = [*prepare_accepts(token_for(user)), *[revoke] * HALF]

    for _ in rounds():
        ended = of_one_kind(race(racing), code="invitation_revoked", refusals={(409, "wrong_state")})

        assert bool(ended) == (lee()["status"] == "removed") == journaled("invitation.revoked")


def test_accept_against_decline_has_one_winner() -> None:
    token = token_for(invited(an_account()))
    racing: Calls = [*prepare_accepts(token), *[partial(call, DECLINE, body={"token": token})] * HALF]

    for _ in rounds():
        ended = of_one_kind(race(racing), code="invitation_declined", refusals={LATE})

        assert bool(ended) == (lee()["status"] == "declined") == journaled("invitation.declined")
        assert sum(row["kind"] == "declined" for row in rows(MAIL)) == bool(ended)


def test_accept_against_resend_has_one_winner() -> None:
    ann = an_account()
    user = invited(ann)
    resend = partial(call, RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])
    racing: Calls = [*prepare_accepts(token_for(user)), *[resend] * HALF]
    movable_clock.forward(MIN_INTERVAL)

    for _ in rounds():
        ended = of_one_kind(
            race(racing), code="invitation_replaced", refusals={(409, "wrong_state"), (429, "rate_limited")}
        )

        assert len(ended) == journaled("invitation.resent") == lee()["invitation"]["generation"] - 1


@pytest.mark.parametrize("by_key", [True, False])
def test_concurrent_revokes_have_one_effect(by_key: object) -> None:
    ann = an_account()
    user = invited(ann)
    headers = {"idempotency-key": "once"} if by_key else {}

    def revoke(by: ActiveUser) -> Answer:
        return call(REVOKE, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"], headers=headers)

    for _ in rounds(0.5):
        winners, _ = divided(race([partial(revoke, ann)] * HALF).answers, won=200, lost={BUSY})

        assert {winner.body["status"] for winner in winners} == {"removed"}
        assert journaled("invitation.revoked") == 1
        assert_whole()

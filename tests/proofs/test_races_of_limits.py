"""Races for mails keep the limits of rule 9."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from shared.clock import utc_now
from shared.domain.model.users import INVITATION_VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, MAIL
from tests.factories import (
    ACCOUNT,
    INVITE,
    REQUEST_NEW,
    RESEND,
    SETTINGS,
    ActiveUser,
    a_user,
    an_account,
    invitation,
    invited,
    token_for,
)
from tests.invoke import Answer, call
from tests.proofs import movable_clock
from tests.proofs.invariants import assert_whole
from tests.proofs.promises import CROWD
from tests.proofs.races import divided, race, rounds
from tests.proofs.snapshots import rows

BUSY = (409, "conflict")
TOO_OFTEN = (429, "rate_limited")


@pytest.fixture(autouse=True)
def _at_noon() -> None:
    """Move the clock to noon, so that no day ends during a race."""
    noon = utc_now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    movable_clock.forward(noon - utc_now())


def resend_to(by: ActiveUser, user: dict[str, Any]) -> Answer:
    return call(RESEND, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"])


def invite_address(by: ActiveUser, address: str, **fields: Any) -> Answer:
    body = invitation(address, **fields)
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body)


def links_mailed(user: dict[str, Any]) -> list[int]:
    """Return the generations of the links that were mailed to this user."""
    theirs = (row for row in rows(MAIL) if row["kind"] == "invitation" and row["user_id"] == user["user_id"])
    return sorted(row["generation"] for row in theirs)


def mails_sent() -> int:
    [account] = [row for row in rows(DIRECTORY) if row["sk"] == "account"]
    return int(account["mails_sent"])


def test_concurrent_resends_mail_one_link_a_minute() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    user = invited(ann)
    movable_clock.forward(MIN_INTERVAL)

    for _ in rounds():
        outcome = race([partial(resend_to, (ann, bob)[number % 2], user) for number in range(CROWD)])

        winners, losers = divided(outcome.answers, won=200, lost={TOO_OFTEN, BUSY})
        assert [winner.body["invitation"]["generation"] for winner in winners] == [2]
        assert links_mailed(user) == [1, 2]
        waits = [loser.body["retry_after"] for loser in losers if loser.code == "rate_limited"]
        assert all(0 < seconds <= 61 for seconds in waits)  # Some have looked at the clock before the winner did.
        assert_whole()


def test_concurrent_resends_send_the_last_mail_of_a_day_once() -> None:
    ann = an_account()
    user = invited(ann)
    for _ in range(4):
        movable_clock.forward(MIN_INTERVAL)
        resend_to(ann, user)
    movable_clock.forward(MIN_INTERVAL)

    for _ in rounds(0.5):
        outcome = race([partial(resend_to, ann, user)] * CROWD)

        winners, _ = divided(outcome.answers, won=200, lost={TOO_OFTEN, BUSY})
        assert len(winners) == 1
        movable_clock.forward(MIN_INTERVAL)
        assert resend_to(ann, user).code == "rate_limited"
        assert links_mailed(user) == [1, 2, 3, 4, 5, 6]
        assert_whole()


@pytest.mark.parametrize(("notified", "left", "most"), [(0, 3, 3), (1, 5, 2)])
def test_concurrent_invites_keep_the_daily_mail_limit(notified: int, left: int, most: int) -> None:
    ann = an_account(seats=30)
    limit = mails_sent() + left
    call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"daily_mail_limit": limit})
    notify = [f"boss{number}@example.org" for number in range(notified)]

    for _ in rounds(0.5):
        outcome = race(
            [partial(invite_address, ann, f"p{number}@example.org", notify=notify) for number in range(CROWD)]
        )

        winners, _ = divided(outcome.answers, won=201, lost={TOO_OFTEN, BUSY})
        assert len(winners) == most
        assert mails_sent() == limit - left + most * (1 + notified)
        assert_whole()


def test_concurrent_requests_for_a_new_link_have_one_effect() -> None:
    user = invited(an_account())
    token = token_for(user)
    movable_clock.forward(INVITATION_VALID_FOR)

    for _ in rounds(0.5):
        outcome = race([partial(call, REQUEST_NEW, body={"token": token})] * CROWD)

        winners, _ = divided(outcome.answers, won=202, lost={TOO_OFTEN, BUSY})
        assert len(winners) == 1
        assert sum(row["kind"] == "new_link_requested" for row in rows(MAIL)) == 1
        assert_whole()

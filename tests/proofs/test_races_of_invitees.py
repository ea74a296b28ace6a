"""Races for one link, and of an invitee against what may happen to the invitation meanwhile."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.domain.model.users import INVITATION_VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    JOIN,
    LEE_ADDRESS,
    TERMS,
    a_user,
    accepted,
    an_account,
    an_operator,
    invited,
    signed_in,
    token_for,
)
from tests.invoke import Answer, call, wake
from tests.proofs import movable_clock
from tests.proofs.invariants import assert_at_rest, assert_whole
from tests.proofs.promises import CROWD
from tests.proofs.races import divided, race, rounds
from tests.proofs.snapshots import rows

BUSY = (409, "conflict")
LATE = (410, "invitation_accepted")
REVOKED = (410, "invitation_revoked")
EXPIRED = (410, "invitation_expired")
PASSWORDS = [f"Trombone{number}" for number in range(CROWD)]


def status_of(address: str, account_id: str = ACCOUNT) -> str:
    [status] = [row["status"] for row in rows(DIRECTORY) if row.get("email") == address and row["pk"] == account_id]
    return str(status)


def good_passwords() -> list[str]:
    """Return those passwords that sign Lee in."""
    return [password for password in PASSWORDS if open_cognito().sign_in(LEE_ADDRESS, password)]


def journaled(kind: str, user_id: str) -> int:
    return sum(row["type"] == kind and row.get("user_id") == user_id for row in rows(JOURNAL))


def prepare_accepts(token: str, passwords: Iterable[str] = PASSWORDS) -> list[Callable[[], Answer]]:
    return [partial(accepted, token, password=password) for password in passwords]


def test_concurrent_accepts_of_one_link_succeed_once() -> None:
    user = invited(an_account())
    token = token_for(user)

    for _ in rounds():
        outcome = race(prepare_accepts(token))

        winners, _ = divided(outcome.answers, won=200, lost={BUSY, LATE})
        assert len(winners) == 1
        assert good_passwords() == [PASSWORDS[outcome.answers.index(winners[0])]]
        assert journaled("user.joined", user["user_id"]) == 1
        mails = [row["kind"] for row in rows(MAIL) if row["to_user"] == user["user_id"]]
        assert sorted(mails) == ["account_information", "invitation"]
        assert_at_rest()


def test_mailed_against_copied_link_has_one_winner_and_its_proof() -> None:
    user = invited(an_account())
    mailed, copied = token_for(user), token_for(user, channel=Channel.COPIED)

    for _ in rounds():
        half = CROWD // 2
        outcome = race([*prepare_accepts(mailed, PASSWORDS[:half]), *prepare_accepts(copied, PASSWORDS[half:])])

        winners, _ = divided(outcome.answers, won=200, lost={BUSY, LATE})
        assert len(winners) == 1
        place = outcome.answers.index(winners[0])
        assert good_passwords() == [PASSWORDS[place]]
        [identity] = [row for row in rows(IDENTITIES) if row["address"] == LEE_ADDRESS]
        assert identity["proven"] is (place < half)
        assert_at_rest()


def test_concurrent_accepts_in_two_accounts_make_one_identity() -> None:
    here = token_for(invited(an_account()))
    there = token_for(invited(an_account("cd456"), account_id="cd456"))

    for _ in rounds():
        half = CROWD // 2
        outcome = race([*prepare_accepts(here, PASSWORDS[:half]), *prepare_accepts(there, PASSWORDS[half:])])

        winners, _ = divided(outcome.answers, won=200, lost={BUSY, LATE, (409, "identity_exists")})
        assert len(winners) == 1
        assert good_passwords() == [PASSWORDS[outcome.answers.index(winners[0])]]
        assert_at_rest()


def test_accept_against_expiry_has_one_winner() -> None:
    user = invited(an_account())
    token = token_for(user)
    movable_clock.forward(INVITATION_VALID_FOR - timedelta(milliseconds=400))
    ended = set()

    for number in rounds():
        movable_clock.forward(timedelta(milliseconds=40 * number))
        sweeps: list[Callable[[], Answer | None]] = [partial(wake, "expire")] * 4
        outcome = race([*prepare_accepts(token, PASSWORDS[:4]), *sweeps])

        answers = [answer for answer in outcome.answers if answer]
        winners, _ = divided(answers, won=200, lost={BUSY, LATE, EXPIRED})
        assert len(winners) == (status_of(LEE_ADDRESS) == "active")
        movable_clock.forward(timedelta(minutes=1))
        wake("expire")
        assert status_of(LEE_ADDRESS) == ("active" if winners else "expired")
        ended.add(status_of(LEE_ADDRESS))
        assert journaled("invitation.expired", user["user_id"]) == (not winners)
        assert_whole()

    assert "expired" in ended


def test_accept_against_deactivation_of_the_inviter_has_one_winner() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    token = token_for(invited(bob))

    def end() -> Answer:
        return call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bob.user_id, body={})

    for _ in rounds():
        outcome = race([*prepare_accepts(token, PASSWORDS[:4]), end])

        *answers, ending = outcome.answers
        winners, _ = divided(answers, won=200, lost={BUSY, LATE, REVOKED})
        assert ending.status in {200, 409}
        assert len(winners) == (status_of(LEE_ADDRESS) == "active")
        if winners and ending.status == 200:
            assert outcome.written == ["user.joined", "user.deactivated"]
        assert_whole()


def test_accept_against_replacement_of_the_link_has_one_winner() -> None:
    operator = an_operator()
    user = invited(an_account(), admin=True)
    token = token_for(user)
    movable_clock.forward(MIN_INTERVAL)
    names = {"first_name": "Lee", "last_name": "Sherron", "email": LEE_ADDRESS}

    def replace() -> Answer:
        return call(ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=names)

    for _ in rounds():
        outcome = race([*prepare_accepts(token, PASSWORDS[:4]), replace, replace])

        *answers, one, another = outcome.answers
        winners, _ = divided(answers, won=200, lost={BUSY, LATE, (410, "invitation_replaced")})
        replaced, _ = divided([one, another], won=201, lost={BUSY, (409, "already_member"), (429, "rate_limited")})
        assert len(winners) == (status_of(LEE_ADDRESS) == "active")
        assert journaled("invitation.resent", user["user_id"]) == len(replaced)
        if winners and replaced:
            raise AssertionError("a link was accepted that had been replaced, or replaced once it was accepted")
        assert_whole()


def test_concurrent_joins_have_one_effect() -> None:
    a_user(an_account())
    user = invited(an_account("cd456"), account_id="cd456")
    lee, body = signed_in(LEE_ADDRESS), {"token": token_for(user), "terms_version": TERMS}

    for _ in rounds():
        outcome = race([partial(call, JOIN, caller=lee, body=body)] * CROWD)

        winners, _ = divided(outcome.answers, won=200, lost={BUSY})
        assert winners
        assert status_of(LEE_ADDRESS, "cd456") == "active"
        assert journaled("user.joined", user["user_id"]) == 1
        assert_at_rest()

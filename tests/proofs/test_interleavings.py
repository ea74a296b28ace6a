"""Something else happens, whole, just before each single AWS call of a command.

What came before the command's write decides: the command is refused for exactly that reason. What comes after it
finds the command done.
"""

from datetime import timedelta
from functools import partial

import pytest

from shared.adapters.cognito import open_cognito
from shared.domain.model.identities import LOCK_LEASE
from shared.domain.model.users import INVITATION_VALID_FOR
from shared.storage_schema import DIRECTORY
from tests.command_cases import CASES
from tests.command_cases.case import CommandCase, Given, RefusedCase, two_administrators
from tests.command_cases.invitee import OTHER
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    ERASE_IDENTITY,
    LEE_ADDRESS,
    PROFILE,
    a_user,
    accepted,
    an_account,
    an_operator,
    invited,
    token_for,
)
from tests.invoke import Answer, call
from tests.logos import a_png, served, uploaded
from tests.proofs import movable_clock, snapshots
from tests.proofs.faults import Interruption, Strike, injected
from tests.proofs.invariants import assert_whole
from tests.proofs.promises import tried
from tests.table_edits import set_in

REFUSALS = [
    pytest.param(case, one, id=f"{case.name}-{one.name}") for case in CASES for one in case.refusals if one.happens
]


@pytest.mark.parametrize(("case", "refusal"), REFUSALS)
def test_event_before_the_write_refuses_the_command(case: CommandCase, refusal: RefusedCase) -> None:
    given = (refusal.arrange or case.arrange)()
    prepared = snapshots.keep()
    recording = Strike()
    with injected(recording):
        done = case.run(given)
    assert done.status == case.status, done.text
    write = recording.calls.index("TransactWriteItems") - refusal.decided

    for position, operation in enumerate(recording.calls):
        snapshots.put_back(prepared)
        interruption = Interruption(position, partial(meanwhile, given, refusal, late=position > write))
        with injected(interruption):
            answer = case.run(given)

        assert interruption.happened == operation
        expected = (done.status, None) if position > write else (refusal.status, refusal.code)
        assert (answer.status, answer.code) == expected, f"before call {position} {operation}: {answer.text}"
        assert_whole()
    tried("interleavings", len(recording.calls))


def meanwhile(given: Given, refusal: RefusedCase, *, late: bool) -> None:
    """What refuses the command, or after its write the time that passes."""
    if late:
        movable_clock.forward(INVITATION_VALID_FOR)
    elif refusal.happens:
        refusal.happens(given)


def test_second_acceptance_in_the_middle_leaves_one_winner() -> None:
    token = token_for(invited(an_account()))
    prepared = snapshots.keep()
    recording = Strike()
    with injected(recording):
        accepted(token, password="Trombone71")

    for position, operation in enumerate(recording.calls):
        snapshots.put_back(prepared)
        others: list[Answer] = []

        def another(others: list[Answer] = others) -> None:
            others.append(accepted(token, password="Clarinet82"))

        with injected(Interruption(position, another)):
            ours = accepted(token, password="Trombone71")

        assert [ours.status, others[0].status].count(200) == 1, f"before call {position} {operation}"
        good = "Trombone71" if ours.status == 200 else "Clarinet82"
        bad = "Clarinet82" if ours.status == 200 else "Trombone71"
        assert open_cognito().sign_in(LEE_ADDRESS, good), f"before call {position} {operation}"
        assert open_cognito().sign_in(LEE_ADDRESS, bad) is None, f"before call {position} {operation}"
        assert_whole()


def test_link_accepted_between_two_reads_is_refused() -> None:
    """Link and identity are judged as they were at one moment."""
    token = token_for(invited(an_account()))
    others: list[Answer] = []
    interruption = Interruption(2, lambda: others.append(accepted(token, password="Clarinet82")))

    with injected(interruption):
        answer = accepted(token, password="Trombone71")

    assert (interruption.happened, others[0].status) == ("BatchGetItem", 200)
    assert (answer.status, answer.code) == (410, "invitation_accepted")


def test_last_administrator_is_kept_by_the_write_itself() -> None:
    """The caller stays an administrator until now: the condition is for administrators who do not count."""
    ann, bob = two_administrators()

    with injected(Interruption(1, lambda: set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, admins=1))):
        answer = call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bob.user_id, body={})

    assert (answer.status, answer.code) == (409, "last_admin")


def test_lost_claim_writes_nothing() -> None:
    """A claim whose lease has ended belongs to another process, which works in another account."""
    here = token_for(invited(an_account()))
    there = token_for(invited(an_account(OTHER), account_id=OTHER))
    prepared = snapshots.keep()
    recording = Strike()
    with injected(recording):
        accepted(here)
    snapshots.put_back(prepared)

    def other_account() -> None:
        movable_clock.forward(LOCK_LEASE + timedelta(seconds=1))
        assert accepted(there, password="Clarinet82").status == 200

    with injected(Interruption(recording.calls.index("TransactWriteItems"), other_account)):
        answer = accepted(here, password="Trombone71")

    assert (answer.status, answer.code) == (409, "identity_exists")
    assert open_cognito().sign_in(LEE_ADDRESS, "Clarinet82")
    assert_whole()


@pytest.mark.parametrize("before", [{}, {"signature": "Lee"}], ids=["first", "next"])
def test_logo_that_is_stored_while_its_person_is_erased_is_deleted_too(before: dict[str, str]) -> None:
    lee = a_user(an_account())
    if before:
        assert call(PROFILE, caller=lee.signed_in, body=before).status == 200
    prepared = snapshots.keep()
    recording = Strike()
    with injected(recording):
        assert erased(LEE_ADDRESS).status == 200
    snapshots.put_back(prepared)

    def stores() -> None:
        logo = uploaded(lee.signed_in, a_png())
        assert call(PROFILE, caller=lee.signed_in, body={"logo": logo}).status == 200

    with injected(Interruption(recording.calls.index("TransactWriteItems"), stores)):
        erased(LEE_ADDRESS)
    answer = erased(LEE_ADDRESS)

    assert (answer.status, served()) == (200, {})


def erased(address: str) -> Answer:
    return call(ERASE_IDENTITY, caller=an_operator(), email=address, body={})

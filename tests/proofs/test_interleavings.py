"""Something else happens, whole, just before each single AWS call of a command.

What came before the command's write decides: the command is refused for exactly that reason. What comes after it
finds the command done.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.codec import to_item
from shared.domain.commands.invitations import VALID_FOR
from shared.domain.model.identities import LOCK_LEASE
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.factories import ACCOUNT, DEACTIVATE, a_user, accepted, an_account, invited, token_for
from tests.invoke import Answer, call
from tests.proofs import interleavings_of_invitations, moments, snapshots
from tests.proofs.faults import Interruption, Strike, injected
from tests.proofs.interleavings import LEE, MEETINGS, Meeting
from tests.proofs.invariants import assert_whole
from tests.proofs.promises import tried


@pytest.mark.parametrize(
    "prepare", [*MEETINGS, *interleavings_of_invitations.MEETINGS], ids=lambda prepare: prepare.__name__
)
def test_what_happened_before_the_write_decides(prepare: Callable[[], Meeting]) -> None:
    meeting = prepare()
    prepared = snapshots.keep()
    recording = Strike()
    with injected(recording):
        done = meeting.command()
    assert done.status < 300, done.text
    write = recording.calls.index("TransactWriteItems") - meeting.decided

    for position in range(write + 1):
        snapshots.put_back(prepared)
        interruption = Interruption(position, meeting.meanwhile)
        with injected(interruption):
            answer = meeting.command()

        assert interruption.happened == recording.calls[position]
        told = (answer.status, answer.code)
        assert told == meeting.refusal, f"before call {position} {interruption.happened}: {told}"
        assert_whole()

    for position in range(write + 1, len(recording.calls)):
        snapshots.put_back(prepared)
        with injected(Interruption(position, lambda: moments.forward(VALID_FOR))):
            answer = meeting.command()

        assert answer.status == done.status
        assert_whole()
    tried("interleavings", len(recording.calls))


def test_another_acceptance_in_the_middle_leaves_one_winner() -> None:
    token = token_for(invited(an_account()))
    prepared = snapshots.keep()
    recording = Strike()
    with injected(recording):
        accepted(token, password="Password1")

    for position, operation in enumerate(recording.calls):
        snapshots.put_back(prepared)
        others: list[Answer] = []

        def another(others: list[Answer] = others) -> None:
            others.append(accepted(token, password="Password2"))

        with injected(Interruption(position, another)):
            ours = accepted(token, password="Password1")

        assert [ours.status, others[0].status].count(200) == 1, f"before call {position} {operation}"
        good = "Password1" if ours.status == 200 else "Password2"
        bad = "Password2" if ours.status == 200 else "Password1"
        assert open_cognito().sign_in(LEE, good), f"before call {position} {operation}"
        assert open_cognito().sign_in(LEE, bad) is None, f"before call {position} {operation}"
        assert_whole()


def test_whoever_finds_the_link_accepted_between_two_reads_is_told_so() -> None:
    """Link and identity are judged as they were at one moment."""
    token = token_for(invited(an_account()))
    others: list[Answer] = []
    interruption = Interruption(2, lambda: others.append(accepted(token, password="Password2")))

    with injected(interruption):
        answer = accepted(token, password="Password1")

    assert (interruption.happened, others[0].status) == ("BatchGetItem", 200)
    assert (answer.status, answer.code) == (410, "invitation_accepted")


def test_the_last_administrator_is_held_by_the_write_itself() -> None:
    """Whoever acts is one who stays, for now: the condition is for those administrators who do not count."""
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)

    def others_lose_the_right() -> None:
        aws_fixture.dynamodb.update_item(
            TableName=aws_fixture.physical(DIRECTORY),
            Key=to_item({"pk": ACCOUNT, "sk": "account"}),
            UpdateExpression="SET admins = :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    with injected(Interruption(1, others_lose_the_right)):
        answer = call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bob.user_id, body={})

    assert (answer.status, answer.code) == (409, "last_admin")


def test_whoever_lost_the_claim_writes_nothing() -> None:
    """A claim whose lease has ended is another's, and that other one works in another account."""
    here = token_for(invited(an_account()))
    there = token_for(invited(an_account("cd456"), account_id="cd456"))
    prepared = snapshots.keep()
    recording = Strike()
    with injected(recording):
        accepted(here)
    snapshots.put_back(prepared)

    def other_account() -> None:
        moments.forward(LOCK_LEASE + timedelta(seconds=1))
        assert accepted(there, password="Password2").status == 200

    with injected(Interruption(recording.calls.index("TransactWriteItems"), other_account)):
        answer = accepted(here, password="Password1")

    assert (answer.status, answer.code) == (409, "identity_exists")
    assert open_cognito().sign_in(LEE, "Password2")
    assert_whole()

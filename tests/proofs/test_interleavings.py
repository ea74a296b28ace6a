"""Something else happens, whole, just before each single AWS call of a command.

What came before the command's write decides: the command is refused for exactly that reason. What comes after it
finds the command done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from shared.adapters.items import to_item
from shared.adapters.user_pool import open_user_pool
from shared.domain.identities import LEASE
from shared.domain.invitations import VALID_FOR
from shared.tables import DIRECTORY
from tests import world
from tests.calls import Answer, call, wake
from tests.people import (
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    INVITE,
    JOIN,
    TERMS,
    Person,
    a_user,
    accepted,
    an_account,
    an_operator,
    invited,
    signed_in,
    token_for,
)
from tests.proofs import moments, snapshots
from tests.proofs.faults import Interruption, Strike, injected
from tests.proofs.invariants import assert_whole

LEE = "lee@example.org"
BODY = {"first_name": "Lee", "last_name": "Sherron", "email": LEE, "groups": ["everyone"]}


@dataclass(frozen=True)
class Meeting:
    """A command, what happens meanwhile, and why the command is refused if it happens first."""

    command: Callable[[], Answer]
    meanwhile: Callable[[], None]
    refusal: tuple[int, str]
    decided: int = 0  # How many calls before the write the last look at the clock is taken.


def deactivated(by: Person, other: Person) -> None:
    answer = call(DEACTIVATE, caller=by.signed_in, account_id=ACCOUNT, user_id=other.user_id, body={})
    assert answer.status == 200, answer.text


def expired() -> None:
    moments.forward(VALID_FOR)
    wake("expire")


def accept_while_the_inviter_goes() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    token = token_for(invited(bob))
    return Meeting(lambda: accepted(token), lambda: deactivated(ann, bob), (410, "invitation_revoked"))


def accept_while_it_expires() -> Meeting:
    token = token_for(invited(an_account()))
    return Meeting(lambda: accepted(token), expired, (410, "invitation_expired"))


def accept_while_the_clock_passes_its_expiry() -> Meeting:
    token = token_for(invited(an_account()))
    return Meeting(lambda: accepted(token), lambda: moments.forward(VALID_FOR), (410, "invitation_expired"), decided=1)


def accept_while_the_link_is_replaced() -> Meeting:
    operator, token = an_operator(), token_for(invited(an_account(), admin=True))

    def replaced() -> None:
        names = {name: BODY[name] for name in ("first_name", "last_name", "email")}
        assert call(ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=names).status == 201

    return Meeting(lambda: accepted(token), replaced, (410, "invitation_replaced"))


def join_while_the_inviter_goes() -> Meeting:
    a_user(an_account("cd456"), account_id="cd456")
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    caller, body = signed_in(LEE), {"token": token_for(invited(bob)), "terms_version": TERMS}
    return Meeting(
        lambda: call(JOIN, caller=caller, body=body), lambda: deactivated(ann, bob), (410, "invitation_revoked")
    )


def join_while_it_expires() -> Meeting:
    a_user(an_account("cd456"), account_id="cd456")
    token = token_for(invited(an_account()))
    caller, body = signed_in(LEE), {"token": token, "terms_version": TERMS}
    return Meeting(lambda: call(JOIN, caller=caller, body=body), expired, (410, "invitation_expired"))


def inviting(by: Person, *, key: str | None = None, **fields: object) -> Answer:
    headers = {"idempotency-key": key} if key else {}
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=BODY | fields, headers=headers)


def invite_while_being_deactivated() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    return Meeting(lambda: inviting(bob), lambda: deactivated(ann, bob), (404, "not_found"))


def invite_while_the_last_seat_goes() -> Meeting:
    ann = an_account(seats=2)
    return Meeting(
        lambda: inviting(ann, email="kim@example.org"), lambda: ignored(inviting(ann)), (409, "no_seat_available")
    )


def invite_while_another_invites_the_same() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    return Meeting(lambda: inviting(ann), lambda: ignored(inviting(bob)), (409, "already_invited"))


def invite_while_the_key_is_used_for_another() -> Meeting:
    ann = an_account()
    return Meeting(
        lambda: inviting(ann, key="k", email="kim@example.org"),
        lambda: ignored(inviting(ann, key="k")),
        (422, "idempotency_key_reused"),
    )


def invite_while_the_group_goes() -> Meeting:
    ann = an_account()

    def without_everyone() -> None:
        table = world.physical(DIRECTORY)
        world.dynamodb.update_item(
            TableName=table,
            Key=to_item({"pk": ACCOUNT, "sk": "groups"}),
            UpdateExpression="ADD version :one REMOVE groups.everyone",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )
        world.dynamodb.update_item(
            TableName=table,
            Key=to_item({"pk": ACCOUNT, "sk": "account"}),
            UpdateExpression="ADD groups_version :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    return Meeting(lambda: inviting(ann), without_everyone, (422, "invalid_request"))


def deactivate_while_being_deactivated() -> Meeting:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    kim = a_user(ann, "kim@example.org")

    def command() -> Answer:
        return call(DEACTIVATE, caller=bob.signed_in, account_id=ACCOUNT, user_id=kim.user_id, body={})

    return Meeting(command, lambda: deactivated(ann, bob), (404, "not_found"))


def ignored(answer: Answer) -> None:
    """Who comes second here is refused, and that is as it should be."""
    assert answer.status in {201, 409}


MEETINGS = (
    accept_while_the_inviter_goes,
    accept_while_it_expires,
    accept_while_the_clock_passes_its_expiry,
    accept_while_the_link_is_replaced,
    join_while_the_inviter_goes,
    join_while_it_expires,
    invite_while_being_deactivated,
    invite_while_the_last_seat_goes,
    invite_while_another_invites_the_same,
    invite_while_the_key_is_used_for_another,
    invite_while_the_group_goes,
    deactivate_while_being_deactivated,
)


@pytest.mark.parametrize("prepare", MEETINGS, ids=lambda prepare: prepare.__name__)
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
    print(f"{len(recording.calls)} interleavings")  # noqa: T201 (a figure that is promised)


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
        assert open_user_pool().sign_in(LEE, good), f"before call {position} {operation}"
        assert open_user_pool().sign_in(LEE, bad) is None, f"before call {position} {operation}"
        assert_whole()


def test_the_last_administrator_is_held_by_the_write_itself() -> None:
    """Whoever acts is one who stays, for now: the condition is for those administrators who do not count."""
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)

    def others_lose_the_right() -> None:
        world.dynamodb.update_item(
            TableName=world.physical(DIRECTORY),
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
        moments.forward(LEASE + timedelta(seconds=1))
        assert accepted(there, password="Password2").status == 200

    with injected(Interruption(recording.calls.index("TransactWriteItems"), other_account)):
        answer = accepted(here, password="Password1")

    assert (answer.status, answer.code) == (409, "identity_exists")
    assert open_user_pool().sign_in(LEE, "Password2")
    assert_whole()

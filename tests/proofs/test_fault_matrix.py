"""Every AWS call of every command meets every fault; then its caller tries again.

The calls are found by recording, so that a new one is in the matrix by itself.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.domain.model.identities import LOCK_LEASE
from shared.storage_schema import IDENTITIES, MAIL
from tests import aws_fixture
from tests.factories import deliver_queued
from tests.invoke import Answer
from tests.proofs import moments, outbox, snapshots
from tests.proofs.command_cases import Command
from tests.proofs.commands import COMMANDS, SENDERS
from tests.proofs.faults import Fault, Killed, Strike, injected
from tests.proofs.invariants import assert_at_rest, assert_whole
from tests.proofs.promises import tried
from tests.proofs.snapshots import rows


@pytest.mark.parametrize("prepare", COMMANDS, ids=lambda prepare: prepare.__name__)
def test_nothing_is_lost_half_done_or_done_twice(prepare: Callable[[], Command]) -> None:
    command = prepare()
    if prepare not in SENDERS:
        deliver_queued()
    prepared = snapshots.keep()
    recorded = calls_of(command)

    cells, broken = 0, []
    for position in range(len(recorded)):
        for fault in Fault:
            snapshots.put_back(prepared)
            try:
                prove(command, recorded, position=position, fault=fault)
            except Exception as error:  # noqa: BLE001 (all cells are to be seen, not the first that breaks)
                broken.append(f"call {position} {recorded[position]}, {fault}: {error!r}")
            cells += 1

    tried("faults", cells)
    assert not broken, "\n".join([f"{len(broken)} of {cells} cells:", *broken])
    assert cells == len(recorded) * len(Fault) > 0


def calls_of(command: Command) -> list[str]:
    """What the command asks of AWS when all goes well."""
    recording = Strike()
    with injected(recording):
        answer = command.give()
    assert answer.status == command.status, answer.text
    return recording.calls


def prove(command: Command, recorded: list[str], *, position: int, fault: Fault) -> None:
    """One cell: the fault, the callers' patience, and what must hold in the end."""
    strike = Strike(position, fault)
    answer = given(command, strike)
    assert strike.struck == recorded[position], "another call was struck than the one recorded"
    assert_whole()
    if fault.is_passing or (answer and strike.struck == "InitiateAuth"):
        assert_done(command, answer)  # One hiccup is hidden, and who cannot be signed in has joined all the same.
    if answer and answer.status == command.status:
        assert not any(row["state"] == "claimed" for row in rows(MAIL)), "a sender went home with a mail"

    first = given_again(command, may_wait=leaves_a_claim(strike, fault))
    second = assert_done(command, given(command))
    assert user_id_in(first) == user_id_in(second), "a repeat told of another user"

    command.assert_effect()
    outbox.run_empty()
    assert_at_rest()
    assert_sent_once(may_repeat=unrecorded(strike, position, fault))


def leaves_a_claim(strike: Strike, fault: Fault) -> bool:
    """Only a process that died, or could not reach the claim any more, leaves it to its lease."""
    return fault in {Fault.KILLED_BEFORE, Fault.KILLED_AFTER} or (fault.is_lasting and strike.struck == "UpdateItem")


def given(command: Command, strike: Strike | None = None) -> Answer | None:
    """The answer; None from a process that was killed."""
    try:
        with injected(strike or Strike()):
            return command.give()
    except Killed:
        return None


def given_again(command: Command, *, may_wait: bool) -> Answer:
    """What a sane caller does without an answer: the same again; told of a conflict, a little later."""
    answer = given(command)
    if answer and answer.status == 409 and may_wait:
        assert answer.code == "conflict", answer.text
        assert any("claim" in row for row in rows(IDENTITIES)), "a conflict with nobody"
        moments.forward(LOCK_LEASE + timedelta(seconds=1))
        answer = given(command)
    return assert_done(command, answer)


def assert_done(command: Command, answer: Answer | None) -> Answer:
    assert answer, "killed"
    assert answer.status == command.status, f"answered {answer.status} {answer.text}"
    return answer


def user_id_in(answer: Answer) -> str | None:
    """Whom an answer is about."""
    if not answer.text.startswith("{"):
        return None
    found: str | None = answer.body.get("user_id") or answer.body.get("user", {}).get("user_id")
    return found


def unrecorded(strike: Strike, position: int, fault: Fault) -> int:
    """How many mails SES took without anybody being able to write that down."""
    if strike.struck == "SendEmail":
        return strike.strikes if fault.takes_effect else 0
    if "SendEmail" not in strike.calls[:position] or fault.takes_effect or fault.is_passing:
        return 0
    latest = max(index for index, operation in enumerate(strike.calls[:position]) if operation == "SendEmail")
    return strike.calls[latest:].count("SendEmail")


def assert_sent_once(*, may_repeat: int) -> None:
    """Every mail went out once; for each lost answer one of them twice, the same both times."""
    times = outbox.times_sent()
    for mail in rows(MAIL):
        assert mail["state"] in {"sent", "skipped", "suppressed"}, f"a mail ended as {mail['state']}"
        assert times[mail["pk"]] >= (mail["state"] == "sent"), f"a mail about {mail['kind']} never went out"
    repeated = [mail_id for mail_id, number in times.items() if number > 1]
    assert len(repeated) <= may_repeat, f"{len(repeated)} mails went out more than once"
    assert all(times[mail_id] == 2 for mail_id in repeated), "a mail went out more than twice"
    assert all(len(outbox.texts_of(mail_id)) == 1 for mail_id in repeated), "a repeat bore another link"
    assert sum(times.values()) == len(aws_fixture.sent_mails())

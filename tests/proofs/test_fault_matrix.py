"""Every AWS call of every command case meets every fault; then its caller tries again.

The calls are found by recording, so that a new one is in the matrix by itself.
"""

from datetime import timedelta

import pytest

from shared.domain.model.identities import LOCK_LEASE
from shared.storage_schema import IDENTITIES, MAIL
from tests import aws_fixture
from tests.command_cases import CASES
from tests.command_cases.case import CommandCase, Given
from tests.factories import deliver_queued
from tests.invoke import Answer
from tests.proofs import movable_clock, outbox, snapshots
from tests.proofs.faults import Fault, Killed, Strike, injected
from tests.proofs.invariants import assert_at_rest, assert_whole
from tests.proofs.promises import tried
from tests.proofs.snapshots import rows

CALLS_NOTHING = {"openapi"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fault_loses_and_repeats_nothing(case: CommandCase) -> None:
    given = case.arrange()
    if case.function != "send_mail":
        deliver_queued()
    prepared = snapshots.keep()
    recorded = calls_of(case, given)

    cells, broken = 0, []
    for position in range(len(recorded)):
        for fault in Fault:
            snapshots.put_back(prepared)
            try:
                prove(case, given, recorded, position=position, fault=fault)
            except Exception as error:  # noqa: BLE001 (all cells are to be seen, not the first that breaks)
                broken.append(f"call {position} {recorded[position]}, {fault}: {error!r}")
            cells += 1

    tried("faults", cells)
    assert not broken, "\n".join([f"{len(broken)} of {cells} cells:", *broken])
    assert cells == len(recorded) * len(Fault)
    assert recorded or case.name in CALLS_NOTHING


def calls_of(case: CommandCase, given: Given) -> list[str]:
    """What the case asks of AWS when all goes well."""
    recording = Strike()
    with injected(recording):
        answer = case.run(given)
    assert answer.status == case.status, answer.text
    return recording.calls


def prove(case: CommandCase, given: Given, recorded: list[str], *, position: int, fault: Fault) -> None:
    """One cell: the fault, the repeats of the caller, and what must hold in the end."""
    strike = Strike(position, fault)
    answer = run(case, given, strike)
    assert strike.struck == recorded[position], "another call was struck than the one recorded"
    assert_whole()
    is_last = position == len(recorded) - 1
    if fault.is_passing or (answer and strike.struck == "InitiateAuth" and is_last):
        assert_done(case, answer)  # One hiccup is hidden, and who cannot be signed in has joined all the same.
    if answer and answer.status == case.status:
        assert not any(row["state"] == "claimed" for row in rows(MAIL)), "a mail was left claimed"

    first = run_again(case, given, may_wait=leaves_a_claim(strike, fault))
    second = assert_done(case, run(case, given))
    assert user_id_in(first) == user_id_in(second), "a repeat answered another user"

    given.assert_effect()
    outbox.run_empty()
    assert_at_rest()
    assert_sent_once(may_repeat=unrecorded(strike, position, fault))


def leaves_a_claim(strike: Strike, fault: Fault) -> bool:
    """Only a process that died, or could not reach the claim any more, leaves it to its lease."""
    return fault in {Fault.KILLED_BEFORE, Fault.KILLED_AFTER} or (fault.is_lasting and strike.struck == "UpdateItem")


def run(case: CommandCase, given: Given, strike: Strike | None = None) -> Answer | None:
    """The answer; None from a process that was killed."""
    try:
        with injected(strike or Strike()):
            return case.run(given)
    except Killed:
        return None


def run_again(case: CommandCase, given: Given, *, may_wait: bool) -> Answer:
    """What a sane caller does without an answer: the same again; after a conflict, a little later."""
    answer = run(case, given)
    if answer and answer.status == 409 and may_wait:
        assert answer.code == "conflict", answer.text
        assert any("sign_in_lock" in row for row in rows(IDENTITIES)), "a conflict without a lock"
        movable_clock.forward(LOCK_LEASE + timedelta(seconds=1))
        answer = run(case, given)
    return assert_done(case, answer)


def assert_done(case: CommandCase, answer: Answer | None) -> Answer:
    assert answer, "killed"
    assert answer.status == case.status, f"answered {answer.status} {answer.text}"
    return answer


def user_id_in(answer: Answer) -> str | None:
    """The user that an answer shows."""
    if not answer.text.startswith("{"):
        return None
    found: str | None = answer.body.get("user_id") or answer.body.get("user", {}).get("user_id")
    return found


def unrecorded(strike: Strike, position: int, fault: Fault) -> int:
    """How many mails SES took that could not be recorded as sent."""
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
    assert all(len(outbox.texts_of(mail_id)) == 1 for mail_id in repeated), "a repeat had another link"
    assert sum(times.values()) == len(aws_fixture.sent_mails())

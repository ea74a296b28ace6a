"""Commands given to the model and to the product at the same moment: the same answers, and then the same state."""

import copy
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from shared.storage_schema import IDENTITIES
from tests import invoke
from tests.proofs import moments, snapshots
from tests.proofs.faults import Fault, Killed, Strike, injected
from tests.proofs.invariants import assert_whole
from tests.proofs.model.agreement import differences
from tests.proofs.model.coverage import name_of
from tests.proofs.model.doors import Doors
from tests.proofs.model.ground import scope
from tests.proofs.model.links import LEASE
from tests.proofs.model.rules import Model
from tests.proofs.model.values import MILLISECOND, Answer, Command, Identity, Link, iso

Heard = TypeVar("Heard")
Struck = tuple[str, int] | None  # A fault's name, and which AWS call it strikes, from 0.


class Play:
    """The model and the product, side by side."""

    def __init__(self, now: datetime) -> None:
        self.model = Model(now)
        self.doors = Doors()
        self.given: list[Command] = []
        self.met: Counter[str] = Counter()
        self.texts: dict[tuple[object, ...], str | None] = {}
        moments.stand_at(now)

    def wait(self, milliseconds: int) -> None:
        """Lets time pass for both."""
        self.model.now += milliseconds * MILLISECOND
        moments.stand_at(self.model.now)

    def give(self, command: Command, struck: Struck = None) -> Answer:
        """The answer on which both agree.

        Whoever was struck and got none gives the command again; once more later, if a process that died is in the way.
        """
        self.met[name_of(self.model, command)] += 1
        if command.key:
            self.given.append(command)
        answer = self._struck(command, struck) if struck else self._undisturbed(command)
        self.agree()
        if answer is None:
            answer = self.give(command)
            if answer.code == "conflict":
                self.wait(LEASE // MILLISECOND)
                answer = self.give(command)
            return answer
        self.met[answer.code or "accepted"] += 1
        self.met["answered"] += 1
        if answer.why:
            self.met[answer.why] += 1
        if answer.code is None:
            self.wait(1)
        return answer

    def agree(self) -> None:
        """The tables say what the model says, and agree with each other."""
        self.met["steps"] += 1
        found = differences(self.model, self.doors)
        assert not found, "\n".join(["The tables disagree with the model:", *found])
        assert_whole()

    def _undisturbed(self, command: Command) -> Answer:
        expected = self.model.answer(command)
        answer = self.doors.request(command)()
        self._hear(command, expected, answer)
        if command.name == "accept" and expected.code is None:
            assert answer.body["session"], "nobody was signed in"
        return expected

    def _struck(self, command: Command, struck: tuple[str, int]) -> Answer | None:
        """Without an answer only looking tells what has happened: all of it, or nothing."""
        after = copy.deepcopy(self.model)
        expected = after.answer(command)
        strike = Strike(struck[1], Fault[struck[0]])
        answer = killed(strike, self.doors.request(command))
        if answer and not _is_excused(answer, expected, strike):
            self.model = after
            self._hear(command, expected, answer)
            return expected
        self.texts[scope(command)] = None
        self._look_at_sign_in(command)
        if differences(self.model, self.doors):
            nothing = differences(self.model, self.doors)
            self.model = after
            assert not differences(after, self.doors), "\n".join(["Neither nothing nor all was done:", *nothing])
        return None

    def _look_at_sign_in(self, command: Command) -> None:
        """What `accept` does before its one write: it claims the identity, and makes the sign-in."""
        if command.name != "accept" or not command.link:
            return
        address = Link.named(command.link).address
        row = next((row for row in snapshots.rows(IDENTITIES) if row["address"] == address), None)
        if row is None:
            return
        identity = self.model.identities.setdefault(address, Identity())
        claim = row.get("claim", {}).get("until")
        assert claim in {None, iso(identity.claimed_until), iso(self.model.now + LEASE)}, "a claim of nobody"
        identity.claimed_until = (
            None if claim is None else datetime.fromisoformat(claim).astimezone(self.model.now.tzinfo)
        )
        password = snapshots.password_of(address)
        assert not identity.proven or password == identity.password, "a proven sign-in was touched"
        assert password in {None, identity.password, command.body.get("password")} or not identity.made
        identity.password = password

    def _hear(self, command: Command, expected: Answer, answer: invoke.Answer) -> None:
        told = (answer.status, answer.code)
        assert told == (expected.status, expected.code), f"{command}: {told} instead of {expected}: {answer.text}"
        if expected.code is not None:
            details = {name: answer.body.get(name) for name in expected.details}
            assert details == expected.details, f"{command}: told {details} instead of {expected.details}"
            return
        if expected.again:
            first = self.texts[scope(command)]
            assert first in {None, answer.text}, f"{command}: another answer than the first time"
        else:
            shown = self.doors.told(command, answer)
            assert shown == expected.shows, f"{command}: shows {shown} instead of {expected.shows}"
            self.texts[scope(command)] = answer.text


def killed(strike: Strike, run: Callable[[], Heard]) -> Heard | None:
    """What the run gave back; None from a process that died."""
    try:
        with injected(strike):
            return run()
    except Killed:
        return None


def _is_excused(answer: invoke.Answer, expected: Answer, strike: Strike) -> bool:
    """Whether the answer only says that something went wrong on the way."""
    if strike.struck is None or (answer.status, answer.code) == (expected.status, expected.code):
        return False
    not_signed_in = strike.struck == "InitiateAuth" and answer.code == "invitation_accepted"
    return answer.status == 500 or answer.code == "conflict" or not_signed_in

"""Steps of the walk: commands, repeats and interruptions, each followed by the checks of what must then hold."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from tests.invoke import Answer
from tests.proofs import movable_clock, snapshots
from tests.proofs.faults import Fault, Killed, Strike, injected
from tests.proofs.model import checks
from tests.proofs.model.command import Command
from tests.proofs.model.coverage import name_of
from tests.proofs.model.state import MILLISECOND, Key, State, changes, is_same
from tests.proofs.model.user_commands import USER_COMMANDS

T = TypeVar("T")
Struck = tuple[str, int] | None  # A fault's name, and which AWS call it strikes, from 0.

_ANOTHER_EACH_TIME = {"copy_link", "request_seats"}
_COUNTING = {"finish_recovery", "change_password"}  # A wrong answer or password counts each time that it is given.
_PROBES: dict[str, dict[str, str]] = {"edit": {"reference": "probe"}, "block": {"reason": "other"}}


class Walk:
    """One walk; the clock stands still but for what the steps let pass."""

    def __init__(self, now: datetime) -> None:
        self.met: Counter[str] = Counter()
        self.keyed: list[Command] = []
        self.answered: dict[tuple[object, ...], tuple[Key, Command, str]] = {}
        self._now = now
        self.resume()

    def resume(self) -> None:
        """Take the clock and the tables as they are for this walk's."""
        movable_clock.stand_at(self._now)
        self.state = State()

    def wait(self, milliseconds: int) -> None:
        """Let time pass."""
        self._now += milliseconds * MILLISECOND
        self.resume()

    def do(self, command: Command, struck: Struck = None) -> Answer:
        """Run a command, interrupted by a fault or not, check all that must hold, and return the answer."""
        before = self.state
        self.met[name_of(command, before)] += 1
        answer = self._struck(command, struck) if struck else command.request(before)()
        self.state = State()
        checks.check_step(before, self.state)
        if not self._is_repeat(command, before, answer):
            checks.check_answer(command, before, self.state, answer, disturbed=struck is not None)
            self._remember(command, before, answer)
        self.met[answer.code or "accepted"] += 1
        if command.name == "invite_many" and answer.code is None:
            self.met.update(row["code"] for row in answer.body["results"] if row["code"])
        self.met["answered"] += 1
        self.met["steps"] += 1
        if answer.code is None:
            self.wait(1)
        return answer

    def probe(self, get_user: Command) -> None:
        """Try every action on a user, and compare what is refused with `allowed_actions`; all of it is undone."""
        answer = self.do(get_user)
        if answer.code:
            return
        kept, before = snapshots.keep(), self.state
        for action in USER_COMMANDS:
            body = _PROBES.get(action, {})
            probe = replace(get_user, name=action, body=body).request(before)()
            offered = action in answer.body["allowed_actions"]
            checks.check_offered(probe.code, before, State(), offered=offered)
            snapshots.put_back(kept)
        self.met["probed"] += 1

    def _struck(self, command: Command, struck: Struck) -> Answer:
        """Run the command with a fault, then again as its caller would, and compare with the command run once."""
        assert struck
        request, kept = command.request(self.state), snapshots.keep()
        if command.name in _ANOTHER_EACH_TIME and not command.key:
            return request()  # Its repeat without a key is another copy or request, with an entry of its own.
        expected, reference = request(), State()
        snapshots.put_back(kept)
        strike = Strike(struck[1], Fault[struck[0]])
        answer = killed(strike, request)
        if strike.struck is None:
            return answer or expected
        self.met["struck"] += 1
        if answer is None or answer.code != expected.code:
            assert answer is None or answer.status >= 500 or answer.code in {"conflict", "invitation_accepted"}, (
                f"{answer.text} instead of {expected.text}"
            )
            answer = request()
        waited = answer.code == "conflict" != expected.code and self._wait_for_lock(command)
        if waited:
            answer = request()
        found = State()
        is_counted_again = command.name in _COUNTING and answer.code is not None and answer.code == expected.code
        if (waited and answer.code == "invitation_expired") or is_counted_again:
            return answer
        assert found.normalized(moments=not waited) == reference.normalized(moments=not waited), (
            f"after {strike.struck} {struck[0]} and a retry the state is not that of the command done once"
        )
        is_late = answer.code == "conflict" and command.if_match is not None
        # Without a key the repeat is another request; the first one took effect: it is met, or its mail is too recent.
        is_late = is_late or (answer.code in {"rate_limited", "already_invited", "conflict"} and not command.key)
        assert answer.code == expected.code or is_late, f"the retry got {answer.text} instead of {expected.text}"
        return expected if is_late else answer

    def _wait_for_lock(self, command: Command) -> bool:
        """Let pass how long an interrupted command keeps others from the identity; return whether it does."""
        address = command.person or (command.target[1] if command.target else "")
        lock = State().identities.get(address, {}).get("sign_in_lock")
        if lock:
            self.wait((datetime.fromisoformat(lock["until"]) - self._now) // MILLISECOND)
        return lock is not None

    def _is_repeat(self, command: Command, before: State, answer: Answer) -> bool:
        """Return whether the command was answered before under a key that is still remembered, and check that."""
        row, first, text = self.answered.get(command.scope, (None, None, ""))
        if not command.key or not row or not first or not before.remembers(row):
            return False
        if (first.link, first.body) == (command.link, command.body):
            if command.name == "copy_link" and _copied_generation(text) != _generation(command, before):
                checks.check_answer(command, before, self.state, answer)  # Another link, whose copy is journaled, too.
            else:
                checks.check_repeat(command, before, self.state, first=text, answer=answer)
            return True
        assert answer.code, "a key was accepted for another request"
        return False

    def _remember(self, command: Command, before: State, answer: Answer) -> None:
        """Note a success under a key that is used first, and repeat it at once."""
        if not command.key or answer.code:
            return
        new = [key for key, (_, now) in changes(before, self.state).items() if now and "idempotency" in key[1]]
        # Accepted before, so that it only signs in; or nobody was invited, so that a repeat judges the rows again.
        if not new and command.name in {"accept", "invite_many"}:
            assert is_same(before, self.state), "an answer under a key is not remembered"
            return
        assert len(new) == 1, "an answer under a key is not remembered"
        self.answered[command.scope] = new[0], command, answer.text
        self.keyed.append(command)
        again = command.request(self.state)()
        checks.check_repeat(command, self.state, State(), first=answer.text, answer=again)
        assert again.status == answer.status, f"a repeat at once is refused: {again.text}"


def _copied_generation(text: str) -> int:
    """Return the generation of the link in an answer."""
    token = json.loads(text)["url"].partition("#")[2]
    return int(token.split(".")[-3])


def _generation(command: Command, state: State) -> int:
    """Return the newest generation of the links of the command's user."""
    assert command.target
    return int(state.users[command.target]["invitation"]["generation"])


def killed(strike: Strike, run: Callable[[], T]) -> T | None:
    """Return what the run returned; None of a process that died."""
    with suppress(Killed), injected(strike):
        return run()
    return None


def sweep(run: Callable[[], Any], struck: Struck) -> None:
    """Run a sweep; interrupted by a fault and run to its end, it leaves the same as one that was never interrupted."""
    if not struck:
        assert not (run() or {}).get("batchItemFailures"), "a run has failed"
        return
    kept = snapshots.keep()
    _to_the_end(run)
    reference = State()
    snapshots.put_back(kept)
    with suppress(Exception):
        killed(Strike(struck[1], Fault[struck[0]]), run)
    _to_the_end(run)
    assert State().normalized() == reference.normalized(), "an interrupted sweep left something else"


def _to_the_end(run: Callable[[], Any]) -> None:
    """Run a sweep until it changes nothing any more."""
    before = State()
    while True:
        run()
        after = State()
        if is_same(before, after):
            return
        before = after

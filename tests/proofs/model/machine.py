"""The state machine that chooses the steps, so that hypothesis finds the shortest way to a violated invariant.

A failure is printed as a program that can be pasted into a test of this folder.
"""

from collections import Counter
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Rule, RuleBasedStateMachine, rule

from tests.proofs.model import choices
from tests.proofs.model.command import Command
from tests.proofs.model.draws import Draw
from tests.proofs.model.initial_state import initial_walk
from tests.proofs.model.stream_steps import DELIVERY_EVENTS
from tests.proofs.model.walk import Struck

WEIGHTS = {
    "command": 240,
    "wait": 18,
    "repeat": 10,
    "invalid": 7,
    "probe": 2,
    "sweep_orphans": 7,
    "sweep_invitations": 6,
    "move_records": 12,
    "report_withdrawals": 14,
    "rescue_mails": 1,
}


class Usher(RuleBasedStateMachine):
    """Begins at the initial state; `met` counts, over all runs, what was met."""

    met: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        # Hypothesis leaves out some of the rules in each run, and takes the others alike.
        self._rules_strategy: Any = _by_weight(tuple(self.setup_state().rules))
        self.walk = initial_walk()

    def teardown(self) -> None:
        Usher.met.update(self.walk.met)

    @rule(command=choices.command(), struck=choices.fault())
    def command(self, command: Command, struck: Struck) -> None:
        self.walk.do(command, struck)

    @rule(command=choices.user_get())
    def probe(self, command: Command) -> None:
        self.walk.probe(command)

    @rule(nth=st.integers(0, 3), other=st.booleans(), struck=choices.fault())
    def repeat(self, *, nth: int, other: bool, struck: Struck) -> None:
        """Repeat an earlier command under its Idempotency-Key, or send another request under the same."""
        if self.walk.keyed:
            command = self.walk.keyed[-1 - nth % len(self.walk.keyed)]
            self.walk.do(choices.other(command) if other else command, struck)

    @rule(command=choices.invalid())
    def invalid(self, command: Command) -> None:
        self.walk.do(command)

    @rule(milliseconds=choices.pause())
    def wait(self, milliseconds: int) -> None:
        self.walk.wait(milliseconds)

    @rule(numbers=choices.numbers(), struck=choices.fault())
    def deliver_mails(self, numbers: list[int], struck: Struck) -> None:
        self.walk.deliver_mails(numbers, struck)

    @rule(numbers=choices.numbers(), event_type=st.sampled_from(DELIVERY_EVENTS))
    def hear_of_mails(self, numbers: list[int], event_type: str) -> None:
        self.walk.hear_of_mails(numbers, event_type)

    @rule(numbers=choices.numbers())
    def publish_events(self, numbers: list[int]) -> None:
        self.walk.publish_events(numbers)

    @rule(struck=choices.fault())
    def sweep_invitations(self, struck: Struck) -> None:
        self.walk.sweep_invitations(struck)

    @rule(struck=choices.fault())
    def sweep_orphans(self, struck: Struck) -> None:
        self.walk.sweep_orphans(struck)

    @rule(struck=choices.fault())
    def move_records(self, struck: Struck) -> None:
        self.walk.move_records(struck)

    @rule(struck=choices.fault())
    def report_withdrawals(self, struck: Struck) -> None:
        self.walk.report_withdrawals(struck)

    @rule(struck=choices.fault())
    def rescue_mails(self, struck: Struck) -> None:
        self.walk.rescue_mails(struck)


@st.composite
def _by_weight(draw: Draw, rules: tuple[Rule, ...]) -> tuple[Rule, dict[str, Any]]:
    """Draw one of the rules, and its arguments."""
    names = {rule.function.__name__: rule for rule in rules}
    first = ("wait", *sorted(names.keys() - {"wait"}))  # Hypothesis takes the first too often: it should cost nothing.
    often = [names[name] for name in first for _ in range(WEIGHTS.get(name, 3))]
    chosen = draw(st.sampled_from(often))
    return chosen, {name: draw(strategy) for name, strategy in chosen.arguments_strategies.items()}

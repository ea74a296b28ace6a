"""Many runs of the state machine, the same ones for the same seed."""

from collections import Counter
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.stateful import get_state_machine_test

from tests.proofs.model.machine import Usher

_SETTINGS = settings(
    database=None, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False
)


def run(runs: int, *, seed: int, steps: int, shrinks: bool = True) -> Counter[str]:
    """Return what was met on the way; a violated invariant raises, with the steps that lead to it as a program."""
    Usher.met.clear()
    phases = [Phase.generate, Phase.shrink] if shrinks else [Phase.generate]
    asked = settings(_SETTINGS, max_examples=runs, stateful_step_count=steps, phases=phases)
    test = get_state_machine_test(Usher, settings=asked)
    # Hypothesis would repeat parts of earlier runs in five of six; each is to be a new one.
    with patch.object(ConjectureRunner, "generate_mutations_from"):
        seeded(seed)(test)()
    return Counter(Usher.met)

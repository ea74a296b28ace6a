"""Many runs of the machine, the same ones for the same seed."""

from collections import Counter
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.stateful import get_state_machine_test

from tests.proofs.model.machine import Usher

_SETTINGS = settings(
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


def walk(runs: int, *, seed: int, steps: int, shrinks: bool = True) -> Counter[str]:
    """What was met on the way; fails at a disagreement, with the shortest program that leads to one."""
    Usher.met.clear()
    phases = [Phase.generate, Phase.shrink] if shrinks else [Phase.generate]
    asked = settings(_SETTINGS, max_examples=runs, stateful_step_count=steps, phases=phases)
    test = get_state_machine_test(Usher, settings=asked)
    # Five of six runs would repeat parts of themselves over and over; each is to be a new one.
    with patch.object(ConjectureRunner, "generate_mutations_from"):
        seeded(seed)(test)()
    return Counter(Usher.met)

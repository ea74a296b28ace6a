"""A long random walk over the real handlers, with invariants checked after each step: see `tests.proofs.model`."""

from collections import Counter

import pytest

from tests.proofs.model.runs import run
from tests.proofs.promises import PROMISES, tried

RUNS, STEPS = 70, 50  # Some 3,000 steps in each shard: not every choice of the machine is one.
SHARDS = max(10, PROMISES["model"].cases // 3_000)  # With fewer than ten, what is rare is not met often enough.


@pytest.mark.parametrize("shard", range(SHARDS))
def test_invariants_hold_after_each_step_of_a_random_walk(shard: int) -> None:
    met: Counter[str] = run(RUNS, seed=shard, steps=STEPS)

    tried("model", met.pop("steps"), met)

"""A long random walk through the product, with a model of its rules at its side: see `tests.proofs.model`."""

from collections import Counter

import pytest

from tests.proofs.model.walks import walk
from tests.proofs.promises import PROMISES, tried

RUNS, STEPS = 70, 50  # Some 3,000 steps in each shard: not every choice of the machine is one.
SHARDS = max(4, PROMISES["model"].cases // 3_000)  # With fewer than four, what is rare is not met often enough.


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_product_agrees_with_a_model_of_its_rules(shard: int) -> None:
    met: Counter[str] = walk(RUNS, seed=shard, steps=STEPS)

    tried("model", met.pop("steps"), met)

"""A long random walk through the product, with a model of its rules at its side: see `tests.proofs.model`."""

from collections import Counter

import pytest

from tests.proofs.model.walks import walk
from tests.proofs.promises import PROMISES, tried

SHARDS = 4
STEPS_OF_EACH = 50
MORE = 9_000  # Not every choice of the machine is a step, and what is rare must be met, too.


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_product_agrees_with_a_model_of_its_rules(shard: int) -> None:
    runs = (PROMISES["model"].cases + MORE) // SHARDS // STEPS_OF_EACH
    met: Counter[str] = walk(runs, seed=shard, steps=STEPS_OF_EACH)

    tried("model", met.pop("steps"), met)

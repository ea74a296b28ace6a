"""A long random walk through the product, with a model of its rules at its side: see `tests.proofs.model`."""

from collections import Counter

import pytest

from tests.proofs.model.walks import walk
from tests.proofs.promises import PROMISES, tried

SHARDS = 4
STEPS_OF_EACH = 50


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_product_agrees_with_a_model_of_its_rules(shard: int) -> None:
    met: Counter[str] = walk(
        PROMISES["model"].cases * 5 // 4 // SHARDS // STEPS_OF_EACH, seed=shard, steps=STEPS_OF_EACH
    )

    tried("model", met.pop("steps"), met)

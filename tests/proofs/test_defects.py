"""Whether the tests can fail: each defect is planted into the product, and a test must notice it."""

import pytest

from tests.proofs.defects.catalogue import UNNOTICEABLE, noticeable
from tests.proofs.defects.defect import Defect
from tests.proofs.defects.generated import generated
from tests.proofs.defects.report import row
from tests.proofs.defects.suspects import asked
from tests.proofs.defects.trial import put_to_test
from tests.proofs.promises import is_release, tried

DEFECTS = noticeable() if is_release() else noticeable()[::4]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_caught(defect: Defect) -> None:
    verdict = put_to_test(defect, asked(defect))

    assert verdict.broken is None, f"cannot be planted:\n{defect.diff}\n{verdict.broken}"
    assert verdict.caught_by, f"nobody noticed, of {len(verdict.passed)} tests:\n{defect.diff}"
    tried("defects", 1, met={row(defect, verdict.caught_by): 1})


def test_defects_are_found_in_the_source() -> None:
    found = [defect.name for defect in generated()]

    assert len(set(found)) == len(found) >= 100
    assert set(UNNOTICEABLE) <= set(found)


def test_no_two_defects_have_one_name() -> None:
    names = [defect.name for defect in generated()]

    assert len(set(names)) == len(names)

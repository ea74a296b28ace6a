"""Whether the tests can fail: each defect is planted into the product, and a test must notice it."""

import pytest

from infra.folders import ROOT
from tests.proofs.defects.catalogue import BY_HAND, UNNOTICEABLE, noticeable
from tests.proofs.defects.defect import Defect
from tests.proofs.defects.generated import generated
from tests.proofs.defects.report import row
from tests.proofs.defects.suspects import asked
from tests.proofs.defects.trial import put_to_test
from tests.proofs.promises import is_release, tried

DEFECTS = (*BY_HAND, *noticeable()) if is_release() else BY_HAND[::3]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_caught(defect: Defect) -> None:
    verdict = put_to_test(defect, asked(defect))

    assert verdict.broken is None, f"cannot be planted:\n{defect.diff}\n{verdict.broken}"
    assert verdict.caught_by, f"nobody noticed, of {len(verdict.passed)} tests:\n{defect.diff}"
    tried("defects", 1, met={row(defect, verdict.caught_by): 1})


@pytest.mark.parametrize("defect", BY_HAND, ids=lambda defect: defect.name)
def test_a_defect_by_hand_is_about_the_present_source(defect: Defect) -> None:
    compile(defect.planted, defect.path, "exec")

    assert defect.diff


def test_every_test_that_is_to_catch_one_is_there() -> None:
    named = {defect.caught_by.partition("::") for defect in BY_HAND if defect.caught_by}

    missing = [
        f"{path}::{name}"
        for path, _, name in named
        if f"def {name.partition('[')[0]}(" not in (ROOT / path).read_text("utf-8")
    ]

    assert missing == []


def test_defects_are_found_in_the_source() -> None:
    found = [defect.name for defect in generated()]

    assert len(set(found)) == len(found) >= 100
    assert set(UNNOTICEABLE) <= set(found)


def test_no_two_defects_have_one_name() -> None:
    names = [defect.name for defect in (*BY_HAND, *generated())]

    assert len(set(names)) == len(names)

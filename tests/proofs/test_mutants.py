"""Whether the tests can fail: each mutant of the product must make one of them fail."""

import pytest

from tests.proofs.mutants.candidate_tests import INTERLEAVINGS, candidates
from tests.proofs.mutants.generators import UNNOTICEABLE, generated, noticeable, reason_to_skip
from tests.proofs.mutants.mutant import Mutant
from tests.proofs.mutants.report import row
from tests.proofs.mutants.run_mutant import run_mutant
from tests.proofs.promises import PROMISES, tried

MUTANTS = noticeable()[: PROMISES["mutants"].cases]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_caught(mutant: Mutant) -> None:
    outcome = run_mutant(mutant, candidates(mutant))

    assert outcome.broken is None, f"cannot be loaded:\n{mutant.diff}\n{outcome.broken}"
    assert outcome.caught_by, f"survived {len(outcome.passed)} tests:\n{mutant.diff}"
    tried("mutants", 1, met={row(mutant, outcome.caught_by): 1})


def test_candidate_tests_pass_without_a_mutant() -> None:
    unchanged = Mutant("unchanged", "shared/domain/policy/mails.py", 0, 0, "")

    outcome = run_mutant(unchanged, [["tests/domain", *INTERLEAVINGS]])

    assert (outcome.caught_by, outcome.broken) == (None, None)


def test_mutants_have_names_of_their_own() -> None:
    names = [mutant.name for mutant in generated()]

    assert len(set(names)) == len(names) >= PROMISES["mutants"].released


def test_each_mutant_that_is_not_run_is_still_generated() -> None:
    skipped = {reason_to_skip(mutant) for mutant in generated()} - {None}

    assert skipped == set(UNNOTICEABLE.values())

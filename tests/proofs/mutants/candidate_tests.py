"""The tests that should fail for a mutant: those of its file's name, those that run its line, then all others."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from coverage import CoverageData

from infra.paths import ROOT
from tests.proofs.mutants.mutant import Mutant
from tests.proofs.mutants.source import Source

INTERLEAVINGS = "tests/proofs/test_interleavings.py"  # What may happen between a command's read and its write.
SUITES = ("tests/domain", "tests/adapters", "tests/functions")
_MOST = 150  # Tests that are run because they run the mutant's line, spread over all of these.


def candidates(mutant: Mutant) -> Iterator[list[str]]:
    """Yield groups of tests for a mutant, to be run one after the other until a test fails."""
    asked: set[str] = set()
    groups = (
        _of_the_same_name(mutant.path),
        _that_run(mutant),
        _of_the_same_folder(mutant.path),
        [INTERLEAVINGS],
        SUITES,
    )
    for group in groups:
        if fresh := [one for one in group if one not in asked and (ROOT / one.partition("::")[0]).exists()]:
            yield fresh
            asked.update(fresh)


def _of_the_same_name(path: str) -> list[str]:
    """Return the test file of the same name, in whichever suite it is; a function is named by its folder."""
    folders = path.removesuffix(".py").split("/")
    name = folders[1] if folders[0] == "functions" and len(folders) > 2 else folders[-1]
    return [f"{suite}/test_{name}.py" for suite in SUITES]


def _that_run(mutant: Mutant) -> list[str]:
    """Return tests that run the mutant's statement, as a run with coverage has found; none without such a run."""
    data = _tests_by_line()
    if data is None:
        return []
    contexts = data.contexts_by_lineno(str(ROOT / mutant.path))
    lines = Source(mutant.path).statement_lines(mutant.at)
    tests = sorted({name.partition("|")[0] for line in lines for name in contexts.get(line, []) if name})
    return tests[:: -(-len(tests) // _MOST)] if tests else []


@cache
def _tests_by_line() -> CoverageData | None:
    """Return what `make prove` has found out: which test runs which line."""
    file = Path(os.environ.get("USHER_COVERING_TESTS", ""))
    if not file.is_file():
        return None
    data = CoverageData(str(file))
    data.read()
    return data


def _of_the_same_folder(path: str) -> list[str]:
    match path.split("/"):
        case ["shared", "domain" | "adapters" as folder, *_]:
            return [f"tests/{folder}"]
    return ["tests/functions"]

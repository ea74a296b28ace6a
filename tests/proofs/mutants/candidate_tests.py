"""The tests that should fail for a mutant: those of its file's name, then those that run its line.

Where it is not known which tests run a line, all tests are meant.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from coverage import CoverageData

from infra.paths import ROOT
from tests.proofs.mutants.mutant import Mutant
from tests.proofs.mutants.source import Source

# What may happen between a command's read and its write.
INTERLEAVINGS = ("tests/proofs/test_interleavings.py", "tests/proofs/test_records_of_leavers.py")
SUITES = ("tests/domain", "tests/adapters", "tests/functions")
_FIRST = 150  # Tests that are run first of all that run the mutant's line, spread over these.


def candidates(mutant: Mutant) -> Iterator[list[str]]:
    """Yield groups of tests for a mutant, to be run one after the other until a test fails."""
    asked: set[str] = set()
    concerned = _that_run(mutant)
    first = concerned[:: -(-len(concerned) // _FIRST)] if concerned else []
    rest = [concerned] if concerned else [_of_the_same_folder(mutant.path), INTERLEAVINGS, SUITES]
    for group in (_of_the_same_name(mutant.path), first, *rest):
        if fresh := [one for one in group if one not in asked and (ROOT / one.partition("::")[0]).exists()]:
            yield fresh
            asked.update(fresh)


def _of_the_same_name(path: str) -> list[str]:
    """Return the test file of the same name, in whichever suite it is; a function is named by its folder."""
    folders = path.removesuffix(".py").split("/")
    name = folders[1] if folders[0] == "functions" and len(folders) > 2 else folders[-1]
    return [f"{suite}/test_{name}.py" for suite in SUITES]


def _that_run(mutant: Mutant) -> list[str]:
    """Return the tests that run the mutant's statement, as a run with coverage has found; none without such a run.

    None, too, for a statement that runs when its module is imported, which no single test does.
    """
    data = _tests_by_line()
    if data is None:
        return []
    contexts = data.contexts_by_lineno(str(ROOT / mutant.path))
    lines = Source(mutant.path).statement_lines(mutant.at)
    found = [name.partition("|")[0] for line in lines for name in contexts.get(line, [])]
    return [] if "" in found else sorted(set(found))


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

"""The tests that should fail for a mutant, found by the names of files: the mutant's own first, then all others."""

from collections.abc import Iterator

from infra.paths import ROOT

INTERLEAVINGS = "tests/proofs/test_interleavings.py"  # What may happen between a command's read and its write.
SUITES = ("tests/domain", "tests/adapters", "tests/functions")


def candidates(path: str) -> Iterator[list[str]]:
    """Yield groups of tests for a file of the product, to be run one after the other until a test fails."""
    asked: set[str] = set()
    for group in (_of_the_same_name(path), _of_the_same_folder(path), [INTERLEAVINGS], SUITES):
        if fresh := [one for one in group if one not in asked and (ROOT / one).exists()]:
            yield fresh
            asked.update(fresh)


def _of_the_same_name(path: str) -> list[str]:
    """Return the test file of the same name, in whichever suite it is; a function is named by its folder."""
    folders = path.removesuffix(".py").split("/")
    name = folders[1] if folders[0] == "functions" and len(folders) > 2 else folders[-1]
    return [f"{suite}/test_{name}.py" for suite in SUITES]


def _of_the_same_folder(path: str) -> list[str]:
    match path.split("/"):
        case ["shared", "domain" | "adapters" as folder, *_]:
            return [f"tests/{folder}"]
    return ["tests/functions"]

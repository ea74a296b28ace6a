"""Which tests run which lines of the product, so that a defect meets first those that can notice it."""

import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

import pytest

from infra.folders import ROOT
from tests.proofs.defects.defect import Defect
from tests.proofs.defects.trial import in_a_process, run_tests

# Tests of the rules, of each adapter and of each function, and those of what may come between two calls.
SUITES = ("tests/domain", "tests/adapters", "tests/functions", "tests/proofs/test_interleavings.py")
_LONGEST = 1_200  # Seconds
_OURS = tuple(f"{ROOT / folder}/" for folder in ("shared", "functions"))

Place = tuple[str, int]  # file, line


@dataclass(frozen=True)
class Footprints:
    """The tests that have run each line, the shortest first."""

    seconds: dict[str, float]
    tests: dict[Place, list[str]]

    def across(self, defect: Defect) -> list[str]:
        """The tests that run the defective lines; if nobody does by themselves, those of the statement around them.

        What is run when the file is imported belongs to all tests that use the file.
        """
        files = str(ROOT / defect.path)
        found = {test for line in defect.lines for test in self.tests.get((files, line), [])}
        for line in range(defect.lines.start, 0, -1):
            found = found or set(self.tests.get((files, line), []))
        if not found:
            found = {test for (file, _), tests in self.tests.items() if file == files for test in tests}
        return sorted(found, key=lambda test: (self.seconds[test], test))


@cache
def taken() -> Footprints:
    """Runs the suites once, traced."""
    found: Footprints | None = in_a_process(_trace, seconds=_LONGEST)
    assert found is not None, f"the suites did not end within {_LONGEST} s"
    return found


def _trace(sender: Connection) -> None:
    tracer = _Tracer()
    run_tests(SUITES, tracer)
    sender.send(Footprints(tracer.seconds, dict(tracer.tests)))


class _Tracer:
    """A plugin of pytest that notes the lines of ours which each test runs, in all of its threads."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.tests: dict[Place, list[str]] = defaultdict(list)
        self._places: set[Place] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._places = set()
        threading.settrace(self._enter)
        sys.settrace(self._enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            for place in self._places:
                self.tests[place].append(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration

    def _enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_OURS):
            return None
        return self._step(frame, "line", None)

    def _step(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            self._places.add((frame.f_code.co_filename, frame.f_lineno))
        return self._step

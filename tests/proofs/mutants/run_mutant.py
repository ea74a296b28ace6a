"""Run tests against one mutant in a process of its own, up to the first test that fails.

The process is forked from one that has imported third-party code, which is most of a start's time; it imports the
product again, with the mutant in place of the file. The checkout is never touched.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from types import CodeType, ModuleType

import hypothesis
import pytest
from hypothesis import HealthCheck

from infra.paths import ROOT
from tests.proofs.mutants.mutant import Mutant

TIME_OUT = 300  # Seconds for one test; a mutant that makes it hang is caught, too.
_THIRD_PARTY = [
    "aws_lambda_powertools.utilities.batch",
    "aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event",
    "botocore.session",
    "email_validator",
    "hypothesis",
    "jinja2",
    "jsonschema",
    "moto.cognitoidp.urls",
    "moto.core.botocore_stubber",
    "moto.dynamodb.urls",
    "moto.events.urls",
    "moto.kms.urls",
    "moto.sesv2.urls",
    "moto.sqs.urls",
    "phonenumbers",
    "pydantic",
    "pytest",
]
_VARIABLES_OF_THE_RUN = ("USHER_FIGURES", "USHER_PROOFS", "PYTEST_ADDOPTS")  # What is tried here is not counted.
# Loading all installed plugins would be three quarters of a start.
_PLUGINS = ["xdist", "pytest_socket", "time_machine"]
_OPTIONS = ["-x", "-q", "--numprocesses=0", "--disable-plugin-autoload", *(f"-p{name}" for name in _PLUGINS)]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(_THIRD_PARTY)


@dataclass
class MutantOutcome:
    """What the tests said: the first that failed, or None; `broken` is the error if they could not be loaded."""

    caught_by: str | None = None
    broken: str | None = None
    passed: list[str] = field(default_factory=list)


def run_mutant(mutant: Mutant, groups: Iterable[Sequence[str]]) -> MutantOutcome:
    """Run one group of tests after the other, up to the first test that fails."""
    outcome = MutantOutcome()
    for tests in groups:
        outcome = _in_a_process(mutant, tests)
        if outcome.caught_by or outcome.broken:
            break
    return outcome


def _in_a_process(mutant: Mutant, tests: Sequence[str]) -> MutantOutcome:
    receiver, sender = _processes.Pipe(duplex=False)
    child = _processes.Process(target=_try, args=(sender, mutant.module, mutant.text, tests), daemon=True)
    child.start()
    sender.close()
    try:
        while receiver.poll(TIME_OUT):
            if isinstance(news := receiver.recv(), MutantOutcome):
                return news
        return MutantOutcome(caught_by=f"no test ended for {TIME_OUT} s")
    finally:
        child.terminate()
        child.join()


def _try(sender: Connection, module: str, text: str, tests: Sequence[str]) -> None:
    # A slow machine must not look like a mutant that was caught.
    hypothesis.settings.register_profile(
        "mutant", deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    hypothesis.settings.load_profile("mutant")
    sys.meta_path.insert(0, _MutantFinder(module, text))
    first_failure = _FirstFailure(sender)
    for name in _VARIABLES_OF_THE_RUN:
        os.environ.pop(name, None)
    os.chdir(ROOT)
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.dup2(devnull, sys.stderr.fileno())
    pytest.main([*_OPTIONS, *tests], plugins=[first_failure])
    sender.send(first_failure.outcome)


class _FirstFailure:
    """A pytest plugin that keeps the first failure, and reports the end of each test to the parent process."""

    def __init__(self, parent: Connection) -> None:
        self.outcome = MutantOutcome()
        self._parent = parent

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.outcome.broken = report.longreprtext

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.outcome.caught_by:
            self.outcome.caught_by = report.nodeid
        elif report.passed and report.when == "call":
            self.outcome.passed.append(report.nodeid)
            self._parent.send(report.nodeid)


class _MutantFinder(importlib.abc.MetaPathFinder):
    """Load one module from another text than that of its file."""

    def __init__(self, module: str, text: str) -> None:
        self._module, self._text = module, text

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,  # noqa: ARG002 (the protocol's)
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path)
        assert found is not None
        assert found.origin is not None
        loader = _MutantLoader(fullname, found.origin, self._text)
        return importlib.util.spec_from_file_location(fullname, found.origin, loader=loader)


class _MutantLoader(importlib.machinery.SourceFileLoader):
    def __init__(self, fullname: str, path: str, text: str) -> None:
        super().__init__(fullname, path)
        self._text = text

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 (the protocol's)
        code: CodeType = compile(self._text, self.path, "exec", dont_inherit=True)
        return code

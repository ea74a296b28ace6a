"""A defect and some tests in a process of their own: the first test that fails has caught it.

The process is forked from one that has imported what is not ours, which is most of a start's time; it imports the
product anew, and gets the defect in the place of the sound file. The checkout is never touched.
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

import pytest

from infra.paths import ROOT
from tests.proofs.defects.defect import Defect

LONGEST = 600  # Seconds; tests that take longer have been stopped by the defect, which is as good as a failure.
_NOT_OURS = [
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
_OF_THE_RUN = ("USHER_FIGURES", "USHER_PROOFS", "PYTEST_ADDOPTS")  # Nothing of what is tried here counts elsewhere.
# Most plugins that are installed are not needed here, and would be three quarters of a start.
_PLUGINS = ["xdist", "pytest_socket", "time_machine"]
_OPTIONS = ["-x", "-q", "--numprocesses=0", "--disable-plugin-autoload", *(f"-p{name}" for name in _PLUGINS)]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(_NOT_OURS)


@dataclass
class Verdict:
    """What the tests said: the first that failed, or none; `broken` if they could not even be loaded."""

    caught_by: str | None = None
    broken: str | None = None
    passed: list[str] = field(default_factory=list)


def put_to_test(defect: Defect, groups: Iterable[Sequence[str]]) -> Verdict:
    """Runs one group of tests after the other, up to the first test that fails."""
    verdict = Verdict()
    for tests in groups:
        verdict = _in_a_process(defect, tests)
        if verdict.caught_by or verdict.broken:
            break
    return verdict


def _in_a_process(defect: Defect, tests: Sequence[str]) -> Verdict:
    receiver, sender = _processes.Pipe(duplex=False)
    child = _processes.Process(target=_try, args=(sender, defect.module, defect.planted, tests), daemon=True)
    child.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(LONGEST) else Verdict(caught_by=f"nothing ended within {LONGEST} s")
    finally:
        child.terminate()
        child.join()


def _try(sender: Connection, module: str, planted: str, tests: Sequence[str]) -> None:
    sys.meta_path.insert(0, _Planter(module, planted))
    witness = _Witness()
    for name in _OF_THE_RUN:
        os.environ.pop(name, None)
    os.chdir(ROOT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    pytest.main([*_OPTIONS, *tests], plugins=[witness])
    sender.send(witness.verdict)


class _Witness:
    """A plugin of pytest that keeps the first failure."""

    def __init__(self) -> None:
        self.verdict = Verdict()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.verdict.broken = report.longreprtext

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.verdict.caught_by:
            self.verdict.caught_by = report.nodeid
        elif report.passed and report.when == "call":
            self.verdict.passed.append(report.nodeid)


class _Planter(importlib.abc.MetaPathFinder):
    """Finds one module, and loads it from another text than that of its file."""

    def __init__(self, module: str, planted: str) -> None:
        self._module, self._planted = module, planted

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
        loader = _PlantedLoader(fullname, found.origin, self._planted)
        return importlib.util.spec_from_file_location(fullname, found.origin, loader=loader)


class _PlantedLoader(importlib.machinery.SourceFileLoader):
    def __init__(self, fullname: str, path: str, planted: str) -> None:
        super().__init__(fullname, path)
        self._planted = planted

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 (the protocol's)
        code: CodeType = compile(self._planted, self.path, "exec", dont_inherit=True)
        return code

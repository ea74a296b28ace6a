"""Instructions of a cold start and of a warm request, counted by valgrind: repeatable, however busy the machine."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contestants import Folders
from tests.bench.figures import Figure
from tests.bench.processes import Bench, Program

_MILLION = 1_000_000
_COLLECTED = re.compile(r"Collected : (\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Count:
    """Instructions of one program, and the requests to AWS that it makes for each of its own."""

    program: str
    cold: int
    warm: float
    calls: int


def figures(folders: Folders, *, requests: int) -> Iterator[Figure]:
    """Ratios to stock boto3; warm are those `requests` that follow the first."""
    if shutil.which("valgrind") is None:
        yield Figure("programs counted", 0, note="valgrind is not installed on this machine")
        return
    programs = [folders.yardstick(), *folders.functions()]
    # Counting does not mind company, so all processors are used.
    with ThreadPoolExecutor(os.cpu_count()) as together:
        stock, *found = together.map(lambda program: _counted(program, folders, requests=requests), programs)
    for count in found:
        note = f"{count.cold / _MILLION:,.0f} million"
        yield Figure(f"{count.program}, cold ÷ stock boto3", count.cold / stock.cold, note=note)
    for count in found:
        name = f"{count.program}, warm ÷ stock boto3 for {count.calls} calls"
        note = f"{count.warm / _MILLION:,.1f} million"
        yield Figure(name, count.warm / (stock.warm * max(count.calls, 1)), note=note)
    note = f"{stock.warm / _MILLION:,.1f} million when warm"
    yield Figure("stock boto3, cold", stock.cold / _MILLION, "million", note=note)


def collected(report: str) -> int:
    """Instructions, as callgrind's report says; raises ValueError if it says nothing of them."""
    match = _COLLECTED.search(report)
    if match is None:
        raise ValueError(f"This is no report of callgrind: {report[-500:]}")
    return int(match[1])


def _counted(program: Program, folders: Folders, *, requests: int) -> Count:
    folder = folders.programs.with_name(f"counted-{program.name}")
    folder.mkdir()
    bench, report = Bench(folder), folder / "report"
    first, all_of_them = (_count(bench, program, report, requests=number) for number in (1, 1 + requests))
    print(f"  instructions, {program.name}", file=sys.stderr)
    return Count(program.name, first, (all_of_them - first) / requests, len(bench.aws.calls))


def _count(bench: Bench, program: Program, report: Path, *, requests: int) -> int:
    under = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={report}")
    bench.answered(program, requests=requests, under=under)
    return collected(report.read_text())

"""How many cases each suite promises to run, in every test run and before a release, and how many it has run.

A test calls `tried` with its number of cases. `python -m tests.proofs` adds them up over all tests and processes, and
fails if a suite ran fewer than promised.
"""

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs.model.coverage import MUST_MEET

_RECORD = "USHER_FIGURES"

CROWD = 16  # threads behind one barrier


def is_release() -> bool:
    """Return whether this run has the budgets of a release."""
    return os.environ.get("USHER_PROOFS") == "release"


@dataclass(frozen=True)
class Promise:
    """The minimum number of cases in `make test` and in `make prove`; `says` is the sentence in docs/figures.md.

    Each name in `must_meet` must have been met `at_least` so often, and at least a share of `accepted` answers must be
    successes.
    """

    says: str
    unit: str
    tested: int
    released: int
    must_meet: tuple[str, ...] = ()
    at_least: int = 20
    accepted: float = 0.0

    @property
    def cases(self) -> int:
        """Return the number of cases for this run."""
        return self.released if is_release() else self.tested

    def shortfalls(self, totals: "Totals") -> list[str]:
        """Return a sentence for each number that is less than promised."""
        missed = [name for name in self.must_meet if totals.met[name] < self.at_least]
        short = [f"Fewer cases than promised: {self.says}."] if totals.cases < self.cases else []
        if totals.met["accepted"] < self.accepted * totals.met["answered"]:
            short.append(f"Too few commands were accepted: {totals.met['accepted']} of {totals.met['answered']}.")
        return short + [f"Met only {totals.met[name]} times, not {self.at_least}: {name}." for name in missed]


PROMISES = {
    "model": Promise(
        "A random walk over all commands, streams, schedules and faults violates no invariant",
        "steps",
        5_000,
        100_000,
        MUST_MEET,
        accepted=0.4,
    ),
    "races": Promise("Races of 16 threads violate no invariant", "rounds", 300, 10_000),
    "emulator races": Promise("Races of 16 clients against the running stack", "rounds", 15, 300),
    "seat races": Promise(
        "Races of 64 clients (16 in a test run) for the last seats, with purchases, cuts, revokes and expiries",
        "rounds",
        4,
        40,
    ),
    "faults": Promise(
        "Each fault at each AWS call of each command, then a retry: nothing lost or done twice", "cells", 1_400, 1_400
    ),
    "outbox": Promise(
        "Mails with duplicated and lost stream records, 1 % poison and 5 % SES faults: none lost, none sent twice",
        "mails",
        2_000,
        50_000,
    ),
    "events": Promise(
        "Journal entries through such a stream onto a bus with faults: each is published, in order",
        "entries",
        2_000,
        5_000,
    ),
    "delivery events": Promise("Events of SES in any order, repeated: the same delivery status", "orders", 100, 325),
    "interleavings": Promise(
        "Another command runs just before each AWS call: the outcome is one of the allowed", "cells", 120, 120
    ),
    "bad input": Promise(
        "Invalid requests: no server error, no undocumented answer, no write on a refusal",
        "requests",
        5_000,
        100_000,
    ),
    "isolation": Promise(
        "Foreign, absent and malformed ids get the same answer, for every kind of caller", "answers", 2_500, 2_500
    ),
    "canaries": Promise(
        "No password, security answer, token, session or address in logs, journal, events, errors, mails",
        "texts scanned",
        5_000,
        5_000,
    ),
    "privilege": Promise(
        "Each function's policy allows the calls that it makes, and no others", "calls judged", 1_000, 1_000
    ),
    "mutants": Promise("A mutant of the product makes a test fail", "mutants", 12, 300),
}


def tried(suite: str, cases: int, met: Mapping[str, int] | None = None) -> None:
    """Record a number of cases; `met` counts by name what the suite must meet."""
    assert suite in PROMISES, f"no promise for {suite}"
    if record := os.environ.get(_RECORD):
        line = {"suite": suite, "cases": cases, "met": dict(met or {})}
        with Path(record).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


@dataclass
class Totals:
    """The sums over all tests of a suite."""

    cases: int = 0
    met: Counter[str] = field(default_factory=Counter)


def added_up(record: Path) -> dict[str, Totals]:
    """Return the sums of each suite that ran."""
    by_suite: dict[str, Totals] = {}
    for line in record.read_text("utf-8").splitlines():
        entry = json.loads(line)
        totals = by_suite.setdefault(entry["suite"], Totals())
        totals.cases += entry["cases"]
        totals.met.update(entry["met"])
    return by_suite

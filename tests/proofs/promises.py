"""What each suite promises to try, in every test run and before a release, and the book of what it has tried.

A test calls `tried` with the number of its cases. `python -m tests.proofs` adds them up, over all tests and processes,
and fails if a suite fell short of its promise.
"""

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs.model.coverage import MUST_MEET

_BOOK = "USHER_FIGURES"

CROWD = 16  # threads behind one barrier


def is_release() -> bool:
    """Whether this run has the budgets of a release."""
    return os.environ.get("USHER_PROOFS") == "release"


@dataclass(frozen=True)
class Promise:
    """`says` is the sentence in docs/figures.md; at least so many cases in `make test` and in `make prove`.

    What is in `must_meet` must have been met `at_least` so often. Of what was answered at least `accepted` (a share)
    must have been accepted: refusals alone tell little.
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
        """How many in this run."""
        return self.released if is_release() else self.tested

    def shortfalls(self, tally: "Tally") -> list[str]:
        """What was tried or met less often than promised."""
        missed = [name for name in self.must_meet if tally.met[name] < self.at_least]
        short = [f"Fewer cases than promised: {self.says}."] if tally.cases < self.cases else []
        if tally.met["accepted"] < self.accepted * tally.met["answered"]:
            short.append(f"Too few commands were accepted: {tally.met['accepted']} of {tally.met['answered']}.")
        return short + [f"Met only {tally.met[name]} times, not {self.at_least}: {name}." for name in missed]


PROMISES = {
    "model": Promise(
        "The product agrees with a model of its rules after every step",
        "steps",
        5_000,
        100_000,
        MUST_MEET,
        accepted=0.4,
    ),
    "races": Promise("Races of 16 threads leave every rule standing", "rounds", 300, 10_000),
    "emulator races": Promise("Races of 16 clients against the running stack", "rounds", 15, 300),
    "faults": Promise(
        "Each AWS call of each command meets each fault: nothing lost or done twice", "cells", 1_400, 1_400
    ),
    "outbox": Promise(
        "Mails through a stream that repeats and loses, with 1 % poison and 5 % faults of SES: none lost, none twice",
        "mails",
        2_000,
        50_000,
    ),
    "events": Promise(
        "Journal entries through such a stream onto a bus that refuses some: each is heard, and in order",
        "entries",
        2_000,
        5_000,
    ),
    "news": Promise("SES's news of a mail in any order, repeated: the same is left of them", "orders", 100, 325),
    "interleavings": Promise("Something else happens just before each AWS call", "cells", 120, 120),
    "bad input": Promise(
        "Whatever a request holds, no server error, no answer beside its schema, no write on a refusal",
        "requests",
        5_000,
        100_000,
    ),
    "isolation": Promise("Foreign, absent and malformed ids are one to every kind of caller", "answers", 2_500, 2_500),
    "canaries": Promise(
        "No password, answer, token, session or address in logs, journal, events, problems, mails",
        "texts scanned",
        5_000,
        5_000,
    ),
    "privilege": Promise("Each function may make the calls that it makes, and no others", "calls judged", 1_100, 1_100),
    "defects": Promise("A planted defect is caught by a test", "defects", 55, 300),
}


def tried(suite: str, cases: int, met: Mapping[str, int] | None = None) -> None:
    """Write down how much was tried; `met` counts what a suite wants to have met, by name."""
    assert suite in PROMISES, f"nobody promised {suite}"
    if book := os.environ.get(_BOOK):
        line = {"suite": suite, "cases": cases, "met": dict(met or {})}
        with Path(book).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


@dataclass
class Tally:
    """What all tests of a suite have tried together."""

    cases: int = 0
    met: Counter[str] = field(default_factory=Counter)


def added_up(book: Path) -> dict[str, Tally]:
    """Each suite's sum; nothing of a suite that never ran."""
    tallies: dict[str, Tally] = {}
    for line in book.read_text("utf-8").splitlines():
        entry = json.loads(line)
        tally = tallies.setdefault(entry["suite"], Tally())
        tally.cases += entry["cases"]
        tally.met.update(entry["met"])
    return tallies

"""Print what the suites ran beside what they promised; exit with 1 if it is less."""

import argparse
import json
import sys
from pathlib import Path

from infra.paths import BUILD, ROOT
from tests.figures import write_table
from tests.proofs.mutants import report
from tests.proofs.promises import PROMISES, Promise, Totals, added_up


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs", description=__doc__)
    parser.add_argument("record", type=Path, help="what the tests recorded")
    parser.add_argument(
        "--publish", action="store_true", help="write build/proofs.json and the table in docs/figures.md"
    )
    asked = parser.parse_args()
    by_suite = added_up(asked.record)
    rows = [(promise, by_suite.get(suite, Totals())) for suite, promise in PROMISES.items()]
    print(markdown(rows))
    for promise, totals in rows:
        for name in promise.must_meet:
            print(f"{totals.met[name]:8,}  {name}")
    short = [line for promise, totals in rows for line in promise.shortfalls(totals)]
    print(*short, sep="\n")
    report.write(by_suite.get("mutants", Totals()).met, BUILD / "mutants.md")
    if asked.publish:
        publish(rows)
    return 1 if short else 0


def markdown(rows: list[tuple[Promise, Totals]]) -> str:
    lines = ["| promise | tried | promised in each test run | before a release |", "| --- | ---: | ---: | ---: |"]
    for promise, totals in rows:
        tried = f"{totals.cases:,} {promise.unit}"
        lines.append(f"| {promise.says} | {tried} | {promise.tested:,} | {promise.released:,} |")
    return "\n".join(lines)


def publish(rows: list[tuple[Promise, Totals]]) -> None:
    found = [
        {
            "promise": promise.says,
            "unit": promise.unit,
            "cases": totals.cases,
            "promised": promise.cases,
            "met": dict(sorted(totals.met.items())),
        }
        for promise, totals in rows
    ]
    (BUILD / "proofs.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_table("proofs", markdown(rows), ROOT / "docs" / "figures.md")


if __name__ == "__main__":
    sys.exit(main())

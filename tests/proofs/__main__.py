"""After a run of the tests: what the suites have tried beside what they promised, as a table; fails if it is less."""

import argparse
import json
import sys
from pathlib import Path

from infra.paths import BUILD, ROOT
from tests.figures import write_table
from tests.proofs.defects import report
from tests.proofs.promises import PROMISES, Promise, Tally, added_up


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs", description=__doc__)
    parser.add_argument("book", type=Path, help="what the tests wrote down")
    parser.add_argument(
        "--publish", action="store_true", help="write build/proofs.json and the table in docs/figures.md"
    )
    asked = parser.parse_args()
    tallies = added_up(asked.book)
    rows = [(promise, tallies.get(suite, Tally())) for suite, promise in PROMISES.items()]
    print(markdown(rows))
    for promise, tally in rows:
        for name in promise.must_meet:
            print(f"{tally.met[name]:8,}  {name}")
    short = [line for promise, tally in rows for line in promise.shortfalls(tally)]
    print(*short, sep="\n")
    report.write(tallies.get("defects", Tally()).met, BUILD / "defects.md")
    if asked.publish:
        publish(rows)
    return 1 if short else 0


def markdown(rows: list[tuple[Promise, Tally]]) -> str:
    lines = ["| promise | tried | promised in each test run | before a release |", "| --- | ---: | ---: | ---: |"]
    for promise, tally in rows:
        tried = f"{tally.cases:,} {promise.unit}"
        lines.append(f"| {promise.says} | {tried} | {promise.tested:,} | {promise.released:,} |")
    return "\n".join(lines)


def publish(rows: list[tuple[Promise, Tally]]) -> None:
    found = [
        {
            "promise": promise.says,
            "unit": promise.unit,
            "cases": tally.cases,
            "promised": promise.cases,
            "met": dict(sorted(tally.met.items())),
        }
        for promise, tally in rows
    ]
    (BUILD / "proofs.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_table("proofs", markdown(rows), ROOT / "docs" / "figures.md")


if __name__ == "__main__":
    sys.exit(main())

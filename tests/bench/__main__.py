"""`make bench`: measures, prints the table, and fails if a goal is missed."""

from tests import aws_fixture  # isort: skip (makes the environment that everything else reads)

import argparse
import sys
import time
from collections.abc import Callable, Iterable

from infra.paths import BUILD, ROOT
from shared.logging import logger
from tests.bench import batches, commands, instructions, listing, packages, staging, starts, sweeps, weights
from tests.bench.contestants import Folders
from tests.bench.figures import Chapter, Figure, markdown, missed, write_json
from tests.bench.processes import Bench
from tests.figures import write_table


def main() -> int:
    asked = _arguments()
    aws_fixture.reset()
    logger.setLevel("ERROR")  # What functions log in this process is nothing to look at.
    folders = Folders.made()
    bench = Bench(staging.STAGE)
    rounds, requests, many = (1, 20, 2_000) if asked.quick else (7, 100, 20_000)
    warm_rounds, counted = (1, 2) if asked.quick else (3, 15)
    measures: dict[str, Callable[[], Iterable[Figure]]] = {
        "Cold start: CPU of a fresh process until its first answer": lambda: starts.cold(bench, folders, rounds=rounds),
        "Warm request: CPU": lambda: starts.warm(bench, folders, rounds=warm_rounds, requests=requests),
        "Instructions, counted by valgrind": lambda: instructions.figures(folders, requests=counted),
        "Commands: requests to AWS, items, write units": commands.figures,
        "A batch of invitations": batches.figures,
        "Sweep: for each invitation that has expired": lambda: sweeps.figures(many=many),
        f"A page of {listing.PAGE} among {many:,} users: items read": lambda: listing.figures(number=many),
        f"Search among {listing.FEW} and {many:,} users: items read": lambda: listing.searches(number=many),
        "Packages, zipped": packages.figures,
        "Pages": weights.figures,
    }
    chapters = [_measured(title, measure) for title, measure in measures.items()]
    table = markdown(chapters)
    print(table)
    write_json(chapters, BUILD / "bench.json")
    if asked.publish:
        write_table("bench", table, ROOT / "docs" / "figures.md")
    late = missed(chapters)
    number = sum(len(chapter.figures) for chapter in chapters)
    print(f"\n{number} figures, {len(late)} goals missed.")
    return 1 if late else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: a smoke test, no figures to quote")
    parser.add_argument("--publish", action="store_true", help="write the table into docs/figures.md")
    return parser.parse_args()


def _measured(title: str, measure: Callable[[], Iterable[Figure]]) -> Chapter:
    began = time.monotonic()
    chapter = Chapter(title, tuple(measure()))
    print(f"{title}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return chapter


if __name__ == "__main__":
    sys.exit(main())

"""CPU of a cold start to the first answer, and of a warm request, as ratios to stock boto3 in the same run."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.contestants import SLOW, Folders
from tests.bench.figures import Figure
from tests.bench.processes import Bench, Program

_MILLISECONDS = 1_000
_BEFORE = 20  # Warm requests that are not counted.


@dataclass(frozen=True)
class Pairs:
    """CPU seconds of a program and of the yardstick, each pair measured side by side."""

    pairs: Sequence[tuple[float, float]]

    @property
    def ratio(self) -> float:
        return median(own / yard for own, yard in self.pairs)

    @property
    def note(self) -> str:
        ratios = [own / yard for own, yard in self.pairs]
        spent = median(own for own, _ in self.pairs) * _MILLISECONDS
        return f"{spent:.1f} ms; {min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds"


def cold(bench: Bench, folders: Folders, *, rounds: int) -> Iterator[Figure]:
    """Each function against the yardstick, in turns."""
    yardstick, peer, floor = folders.yardstick(), folders.peer(), folders.floor()
    functions = folders.functions()
    found = _in_turns(bench, yardstick, [*functions, peer, floor], rounds=rounds)
    ratios = [found[program].ratio for program in functions]
    yield Figure("median of the functions ÷ stock boto3", median(ratios), at_most=0.92)
    for program in functions:
        yield _held_to(1.05, f"{program.name} ÷ stock boto3", found[program], program)
    yield Figure("peer: typical Powertools", found[peer].ratio, note=found[peer].note)
    yield Figure("floor: a raw socket", found[floor].ratio, note=found[floor].note)
    stock = median(yard for pairs in found.values() for _, yard in pairs.pairs) * _MILLISECONDS
    yield Figure("stock boto3", stock, "ms", note="one GetItem, the yardstick")


def warm(bench: Bench, folders: Folders, *, rounds: int, requests: int) -> Iterator[Figure]:
    """Each function that calls AWS, against stock boto3 making as many calls; a page against the same page."""
    yardstick, peer = folders.yardstick(), folders.peer()
    for program in (*folders.functions(), peer):
        pairs, calls = [], 0.0
        pages = [folders.page_of(program)] if "Query" in program.conversation else []
        for _ in range(rounds):
            yard, _calls = bench.warm(yardstick, before=_BEFORE, requests=requests)
            own, calls = bench.warm(program, before=_BEFORE, requests=requests)
            same_pages = sum(bench.warm(page, before=_BEFORE, requests=requests)[0] for page in pages)
            pairs.append((own, yard * max(calls - len(pages), 1) + same_pages))
        _progress(f"warm, {program.name}")
        name = f"{program.name} ÷ stock boto3 for {calls:.0f} calls{', one of them a page' * len(pages)}"
        if calls and program is not peer:
            yield _held_to(1.25, name, Pairs(pairs), program)
        else:
            yield Figure(name, Pairs(pairs).ratio, note=Pairs(pairs).note)


def _held_to(goal: float, name: str, found: Pairs, program: Program) -> Figure:
    """A function's ratio; with its slow hash a function is shown, and held to no goal."""
    return Figure(name, found.ratio, at_most=None if program.name == SLOW else goal, note=found.note)


def _in_turns(bench: Bench, yardstick: Program, programs: Sequence[Program], *, rounds: int) -> dict[Program, Pairs]:
    pairs: dict[Program, list[tuple[float, float]]] = {program: [] for program in programs}
    for turn in range(rounds):
        for program in programs:
            yard = bench.cold(yardstick)
            pairs[program].append((bench.cold(program), yard))
        _progress(f"cold, round {turn + 1} of {rounds}")
    return {program: Pairs(found) for program, found in pairs.items()}


def _progress(what: str) -> None:
    print(f"  {what}", file=sys.stderr)

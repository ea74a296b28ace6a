from collections.abc import Iterable
from pathlib import Path

import pytest

from infra.paths import BUILD, PAGES
from tests.bench import batches, commands, instructions, listing, packages, sweeps, weights
from tests.bench.commands import ROUTE_CASES
from tests.bench.contestants import Folders
from tests.bench.figures import Chapter, Figure, markdown, missed
from tests.bench.processes import Bench
from tests.bench.write_units import cost, snapshot
from tests.command_cases import BY_NAME
from tests.command_cases.case import CommandCase
from tests.figures import write_table
from tests.proofs import snapshots

MANY = 2_000  # Enough to see whether a cost grows; `make bench` takes ten times as many.


def reach_their_goals(figures: Iterable[Figure]) -> bool:
    found = list(figures)
    assert any(figure.at_most is not None for figure in found)
    return [f"{figure.what}: {figure.value}" for figure in missed([Chapter("", found)])] == []


@pytest.mark.parametrize("case", ROUTE_CASES, ids=lambda case: case.name)
def test_command_stays_within_its_budget(case: CommandCase) -> None:
    assert [f"{one.what}: {one.value} > {one.at_most}" for one in commands.figures([case]) if one.is_missed] == []


def test_the_sweep_costs_the_same_however_many_wait() -> None:
    assert reach_their_goals(sweeps.figures(many=MANY))


def test_a_batch_takes_few_requests() -> None:
    assert reach_their_goals(batches.figures())


def test_a_page_of_users_reads_little_else() -> None:
    assert reach_their_goals(listing.figures(number=MANY))


def test_a_search_reads_what_it_finds() -> None:
    assert reach_their_goals(listing.searches(number=MANY))


@pytest.mark.skipif(not any(BUILD.glob("layer-*/python")), reason="there is no layer yet")
def test_functions_and_layer_are_small() -> None:
    assert reach_their_goals(packages.figures())


@pytest.mark.skipif(not PAGES.is_dir(), reason="the pages are not built yet")
def test_pages_are_light_and_load_nothing_from_elsewhere() -> None:
    assert reach_their_goals(weights.figures())


@pytest.mark.skipif(not (BUILD / "layer-local" / "python").is_dir(), reason="there is no layer yet")
@pytest.mark.enable_socket
def test_every_function_answers_in_a_process_with_the_layer_alone(tmp_path: Path) -> None:
    folders = Folders.made()
    bench = Bench(tmp_path)

    assert all(bench.cold(program) > 0 for program in folders.functions())


def test_what_was_not_written_costs_nothing() -> None:
    invite = BY_NAME["invite"]
    no_seat = next(one for one in invite.refusals if one.name == "no_seat")
    given = invite.arrange()

    calls, found = commands.refused(invite, no_seat, given, snapshots.keep())

    assert (found.items, found.base, found.indexes) == (0, 0, 0)
    assert cost(calls, snapshot(), snapshot()).indexes == 0


def test_the_instructions_are_those_that_callgrind_collected() -> None:
    report = "==7== Events    : Ir\n==7== Collected : 1200160472\n==7== \n==7== I   refs:      1,200,160,472\n"

    assert instructions.collected(report) == 1_200_160_472


def test_a_report_without_instructions_is_an_error() -> None:
    with pytest.raises(ValueError, match="no report"):
        instructions.collected("==7== Process terminating with default action of signal 11 (SIGSEGV)\n")


def test_a_missed_goal_is_shown_as_missed() -> None:
    table = markdown([Chapter("Pages", [Figure("page", 16, "KB", at_most=15), Figure("other", 14, at_most=15)])])

    assert "| page | 16 KB | ≤ 15 | **missed** |  |" in table
    assert "| other | 14 | ≤ 15 | met |  |" in table


def test_the_table_goes_between_the_marks(tmp_path: Path) -> None:
    document = tmp_path / "figures.md"
    document.write_text("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n")

    write_table("bench", "new", document)

    assert document.read_text() == "before\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\nafter\n"

"""Which test caught which mutant, as a table for people."""

from collections.abc import Iterable
from pathlib import Path

from tests.proofs.mutants.generators import UNNOTICEABLE
from tests.proofs.mutants.mutant import Mutant


def row(mutant: Mutant, caught_by: str) -> str:
    """Return a line of the report."""
    return f"| {_cell(mutant.name)} | {_cell(caught_by)} |"


def write(rows: Iterable[str], path: Path) -> None:
    """Write all rows, and what was not run, with the reason."""
    lines = ["| mutant | caught by |", "| --- | --- |", *sorted(rows)]
    lines += ["", "Not run, since no test can notice:", ""]
    lines += [f"- `{name}`: {reason}" for name, reason in UNNOTICEABLE.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

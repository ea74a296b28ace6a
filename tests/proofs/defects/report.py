"""Which test caught which defect, for people to read."""

from collections.abc import Iterable
from pathlib import Path

from tests.proofs.defects.catalogue import UNNOTICEABLE
from tests.proofs.defects.defect import Defect
from tests.proofs.defects.generated import guards_that_cannot_be_dropped


def row(defect: Defect, caught_by: str) -> str:
    """A line of the report."""
    return f"| {_cell(defect.name)} | {_cell(caught_by)} |"


def write(rows: Iterable[str], path: Path) -> None:
    """All rows, and what was not planted, and why not."""
    lines = ["| defect | caught by |", "| --- | --- |", *sorted(rows)]
    lines += ["", "Not planted, since nobody could notice:", ""]
    lines += [f"- `{name}`: {reason}" for name, reason in UNNOTICEABLE.items()]
    lines += ["", "Guards that make the value for which they are called, so that they cannot be dropped:", ""]
    lines += [f"- `{guard}`" for guard in guards_that_cannot_be_dropped()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

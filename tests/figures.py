"""Tables of figures in docs/figures.md."""

from pathlib import Path


def write_table(name: str, table: str, file: Path) -> None:
    """Replace what is between the two marks of a table. Raises ValueError if a mark is missing."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, begun, rest = file.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise ValueError(f"{file.name} has no {begin} ... {end}.")
    file.write_text(f"{before}{begin}\n\n{table}\n\n{end}{after}", "utf-8")

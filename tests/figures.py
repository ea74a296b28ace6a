"""Tables of figures in the README."""

from pathlib import Path


def write_readme(name: str, table: str, file: Path) -> None:
    """Replaces what stands between a table's two marks; raises ValueError if they are not there."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, begun, rest = file.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise ValueError(f"{file.name} has no {begin} ... {end}.")
    file.write_text(f"{before}{begin}\n\n{table}\n\n{end}{after}", "utf-8")

"""What a run has measured, each figure beside its goal, as a table and as JSON."""

import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """Without a goal a figure is only published."""

    what: str
    value: float
    unit: str = ""
    at_most: float | None = None
    note: str = ""

    @property
    def is_missed(self) -> bool:
        return self.at_most is not None and round(self.value, 3) > self.at_most

    @property
    def verdict(self) -> str:
        if self.at_most is None:
            return ""
        return "**missed**" if self.is_missed else "met"


@dataclass(frozen=True)
class Chapter:
    title: str
    figures: Sequence[Figure]


def markdown(chapters: Iterable[Chapter]) -> str:
    lines = ["| measured | figure | goal | | |", "| --- | ---: | ---: | --- | --- |"]
    for chapter in chapters:
        lines.append(f"| **{chapter.title}** | | | | |")
        for figure in chapter.figures:
            goal = "" if figure.at_most is None else f"≤ {_number(figure.at_most)}"
            value = f"{_number(figure.value)} {figure.unit}".strip()
            lines.append(f"| {figure.what} | {value} | {goal} | {figure.verdict} | {figure.note} |")
    return "\n".join(lines)


def write_json(chapters: Sequence[Chapter], file: Path) -> None:
    found = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "chapters": [
            {
                "title": chapter.title,
                "figures": [asdict(figure) | {"missed": figure.is_missed} for figure in chapter.figures],
            }
            for chapter in chapters
        ],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


def missed(chapters: Iterable[Chapter]) -> list[Figure]:
    return [figure for chapter in chapters for figure in chapter.figures if figure.is_missed]


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"

"""Files that are generated from the catalogue: how its faults are named, and whether the files follow it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

LOCALES = ("de", "en", "es", "fr")

Files = Mapping[Path, str]


class InvalidCatalogueError(Exception):
    """What is wrong with a file of the catalogue, one sentence a line."""


def refuse(source: Path, faults: Iterable[str]) -> None:
    """Raises InvalidCatalogueError if there are faults."""
    lines = [f"{source.name}: {fault}" for fault in faults]
    if lines:
        raise InvalidCatalogueError("\n".join(lines))


def repeated(names: Iterable[str]) -> list[str]:
    """Return a fault for each name that is there more than once."""
    return [f"{name!r} is listed {times} times." for name, times in Counter(names).items() if times > 1]


def unlabelled(name: str, entry: Mapping[str, Any]) -> list[str]:
    """Return a fault for each language in which an entry has no label."""
    label = entry.get("label", {})
    return [f"{name!r} has no label in {locale!r}." for locale in LOCALES if not label.get(locale)]


def require_followed(source: Path, files: Files, *, command: str) -> None:
    """Raises InvalidCatalogueError for the first file that is not as it is generated."""
    for file, text in files.items():
        if not file.is_file() or file.read_text("utf-8") != text:
            raise InvalidCatalogueError(f"{file.name} does not follow {source.name}: run `{command}`.")


def write(generate: Callable[[], Files]) -> None:
    """Write the generated files. Exits with one line for each fault of the catalogue."""
    try:
        files = generate()
    except InvalidCatalogueError as error:
        sys.exit(str(error))
    for file, text in files.items():
        file.write_text(text, "utf-8")

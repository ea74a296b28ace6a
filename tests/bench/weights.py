"""What a browser loads for each page, compressed as the distribution compresses it."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.folders import PAGES
from tests.bench.figures import Figure

KILOBYTE = 1_000
_LOADED = re.compile(r"""<(?:script|link)\b[^>]*?\b(?:src|href)=["']([^"']+)["'][^>]*>""")
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{0,2}/[^"']+)["']""")
_URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@dataclass(frozen=True)
class Weight:
    files: tuple[Path, ...]
    elsewhere: tuple[str, ...]  # addresses on other hosts

    @property
    def kilobytes(self) -> float:
        return sum(len(gzip.compress(file.read_bytes(), 6)) for file in self.files) / KILOBYTE


def weight_of(page: str) -> Weight:
    """A page with the scripts, styles and whatever these load at once."""
    html = PAGES / page / "index.html"
    if not html.is_file():
        raise FileNotFoundError("The pages are not built yet: make web/dist/.built")
    files, elsewhere, found = [html], [], _LOADED.findall(html.read_text("utf-8"))
    while found:
        address = found.pop()
        if address.startswith(("data:", "#")):
            continue
        if "//" in address:
            elsewhere.append(address)
            continue
        file = (
            PAGES / "assets" / address.rpartition("/")[2]
            if "assets" in address or address.startswith("./")
            else (PAGES / address.lstrip("/"))
        )
        if file in files:
            continue
        files.append(file)
        form = {".js": _IMPORTED, ".css": _URL}.get(file.suffix)
        if form:
            found += form.findall(file.read_text("utf-8"))
    return Weight(tuple(files), tuple(elsewhere))


def figures() -> Iterator[Figure]:
    invite, console = weight_of("invite"), weight_of("console")
    yield Figure("invite page, everything, gzip", invite.kilobytes, "KB", at_most=15)
    yield Figure("invite page: requests", len(invite.files), at_most=3)
    yield Figure("invite page: requests to other hosts", len(invite.elsewhere), at_most=0)
    yield Figure("console, first load, gzip", console.kilobytes, "KB", at_most=250)
    yield Figure("console: requests", len(console.files))
    yield Figure("console: requests to other hosts", len(console.elsewhere), at_most=0)

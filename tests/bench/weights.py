"""What a browser loads for each page, compressed as the distribution compresses it."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.paths import PAGES
from tests.bench.figures import Figure

KILOBYTE = 1_000
_LOADED = re.compile(r"""<(?:script|link)\b[^>]*?\b(?:src|href)=["']([^"']+)["'][^>]*>""")
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{0,2}/[^"']+)["']""")
_URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
_LANGUAGE = re.compile(r"/assets/([a-z]{2}-[^/\"'`]+\.json)")


@dataclass(frozen=True)
class Weight:
    files: tuple[Path, ...]
    elsewhere: tuple[str, ...]  # addresses on other hosts
    languages: tuple[Path, ...]  # of which a reader loads their own

    @property
    def kilobytes(self) -> float:
        """In the language that takes most."""
        return sum(map(_compressed, self.files)) + max(map(_compressed, self.languages), default=0)

    @property
    def requests(self) -> int:
        return len(self.files) + bool(self.languages)

    @property
    def note(self) -> str:
        """What the languages differ in."""
        return ", ".join(f"{file.name[:2]} {_compressed(file):.2f} KB" for file in self.languages)


def _compressed(file: Path) -> float:
    """In kilobytes."""
    return len(gzip.compress(file.read_bytes(), 6)) / KILOBYTE


def weight_of(page: str) -> Weight:
    """A page with the scripts, styles and whatever these load at once, and the languages to choose from."""
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
    scripts = "".join(file.read_text("utf-8") for file in files if file.suffix == ".js")
    languages = tuple(PAGES / "assets" / name for name in sorted(set(_LANGUAGE.findall(scripts))))
    return Weight(tuple(files), tuple(elsewhere), languages)


def figures() -> Iterator[Figure]:
    invite, console = weight_of("invite"), weight_of("console")
    what = "invite page, everything, in its longest language, gzip"
    yield Figure(what, invite.kilobytes, "KB", at_most=18, note=f"of it {invite.note}")
    yield Figure("invite page: requests", invite.requests, at_most=3)
    yield Figure("invite page: requests to other hosts", len(invite.elsewhere), at_most=0)
    yield Figure("console, first load, gzip", console.kilobytes, "KB", at_most=260)
    yield Figure("console: requests", console.requests, at_most=10)
    yield Figure("console: requests to other hosts", len(console.elsewhere), at_most=0)

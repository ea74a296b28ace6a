"""The pictures in the documents: each is kept with the text that it shows, so that an old one fails a test."""

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from infra.paths import BUILD, ROOT
from tests.journeys.pictures import capture

COMMITTED = ROOT / "docs"
TAKEN = BUILD / "pictures" / "docs"
# What is another one in each run: moments, and how long ago or ahead they are.
MOMENT = re.compile(
    r"(\w+day, )?\d{1,2} [A-Z][a-z]{2,8} \d{4}( at \d{1,2}:\d{2} \w+)?|(\d+ \w+ ago|just now|in \d+ \w+)"
)
_PAGE = """<style>
  body {{ margin: 0; height: {height}px; overflow: hidden; background: linear-gradient(135deg, #dfe6ff, #f1f3ff) }}
  img {{ position: absolute; box-shadow: 0 20px 60px #1b2a6b40; border-radius: 14px }}
  .phone {{ box-sizing: border-box; border: 7px solid #10142a; border-radius: 30px }}
</style>{images}"""


class Shot(NamedTuple):
    """A picture of a page, and the page as a screen reader meets it: without addresses and closed lists."""

    image: bytes
    text: str


class Place(NamedTuple):
    """Where a shot stands in a picture, in px."""

    shot: Shot
    left: int
    top: int
    width: int
    is_phone: bool = False


def shot(page: Page) -> Shot:
    lines = page.locator("body").aria_snapshot().splitlines()
    shown = [line for line in lines if not line.lstrip().startswith(("- option ", "- /url:"))]
    return Shot(capture(page), MOMENT.sub("MOMENT", "\n".join(shown)))


def keep(browser: Browser, name: str, *places: Place, width: int, height: int) -> None:
    """Keep a picture for `make pictures`. The first line of its text names the picture that the text belongs to."""
    picture = _composed(browser, places, width, height)
    text = "\n---\n".join(place.shot.text for place in places) + "\n"
    TAKEN.mkdir(parents=True, exist_ok=True)
    (TAKEN / f"{name}.png").write_bytes(picture)
    (TAKEN / f"{name}.txt").write_text(f"{hashlib.sha256(picture).hexdigest()}\n{text}", "utf-8")


def outdated() -> list[str]:
    """Return the names of the pictures that were taken now and show other texts than the committed ones."""
    return sorted(taken.stem for taken in TAKEN.glob("*.txt") if _shown(taken) != _shown(COMMITTED / taken.name))


def _shown(file: Path) -> str:
    return file.read_text("utf-8").partition("\n")[2] if file.exists() else ""


def _composed(browser: Browser, places: Sequence[Place], width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(_PAGE.format(height=height, images="".join(map(_image, places))))
    picture = capture(page)
    page.close()
    return picture


def _image(place: Place) -> str:
    encoded = base64.b64encode(place.shot.image).decode()
    kind = ' class="phone"' if place.is_phone else ""
    style = f"left: {place.left}px; top: {place.top}px; width: {place.width}px"
    return f'<img{kind} style="{style}" src="data:image/png;base64,{encoded}">'

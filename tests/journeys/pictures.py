"""Pictures of every state that a person may see, each examined on its way into build/pictures."""

import time
from email.message import EmailMessage

from playwright.sync_api import Error, Page

from infra.paths import BUILD, ROOT
from tests.factories import text_of
from tests.journeys.browser import PHONE, Window

FOLDER = BUILD / "pictures"
_AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()
_TALLEST = 3_000  # Chromium cannot make a picture of any height.
_CAPTURES = 5
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def take(window: Window, name: str) -> None:
    """A picture of the page as it is now; fails if not everybody can use it, or if it has to be moved sideways."""
    _picture(window.page, f"{name}-{window.width}")
    assert window.page.evaluate(_OVERFLOW) <= 0, f"{name} is wider than the window"
    found = barriers(window.page)
    assert found == [], found


def capture(page: Page, name: str | None = None, *, is_whole: bool = False) -> bytes:
    """Return a picture of the page as PNG, and keep it under this name if one is given.

    Chromium now and then refuses a capture and grants the same one a moment later: it is asked up to five times.
    """
    for _ in range(1, _CAPTURES):
        try:
            return _captured(page, name, is_whole=is_whole)
        except Error as error:
            if "Unable to capture screenshot" not in error.message:
                raise
            time.sleep(0.5)
    return _captured(page, name, is_whole=is_whole)


def take_mail(window: Window, mail: EmailMessage, name: str) -> None:
    """A picture of a mail as a mail program would show it."""
    take_html(window, text_of(mail, "html"), name)


def take_html(window: Window, html: str, name: str) -> None:
    """The same of a mail that was not sent."""
    window.page.set_content(html)
    _picture(window.page, f"mail-{name}-{window.width}")
    if window.width == PHONE:
        assert window.page.evaluate(_OVERFLOW) <= 0, f"{name} is wider than a phone"


def barriers(page: Page) -> list[str]:
    """What axe finds wrong. It is evaluated, not added to the page, so that the page's policy stays as it is."""
    page.evaluate(_AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']} {[node['html'][:160] for node in violation['nodes']]}"
        for violation in found["violations"]
    ]


def _picture(page: Page, name: str) -> None:
    is_covered = page.locator("[role=dialog]:visible, dialog[open]").count() > 0
    is_whole = not is_covered and page.evaluate("document.documentElement.scrollHeight") <= _TALLEST
    capture(page, name, is_whole=is_whole)


def _captured(page: Page, name: str | None, *, is_whole: bool) -> bytes:
    path = FOLDER / f"{name}.png" if name else None
    return page.screenshot(path=path, full_page=is_whole, animations="disabled")

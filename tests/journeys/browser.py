"""Browser windows: a phone and a desk, which note what they ask for and what they complain of."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from infra.local.browser import launch_options

PHONE, DESK = 360, 1280
Scheme = Literal["light", "dark"]
# Chromium writes a line for each refusal of the API, which is what many of these tests are about.
_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d|net::ERR_")


@dataclass
class Window:
    """One page in a browser of its own, with nothing in it from before."""

    page: Page
    width: int
    origin: str
    wait_for_lists: Callable[[], None] = lambda: None
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    forgives: bool = False

    def open(self, path: str) -> None:
        """Go to a page; one of the console only after its lists, which follow writes, show everyone invited so far."""
        if path.startswith("/console/"):
            self.wait_for_lists()
        self.page.goto(f"{self.origin}{path}")

    def open_invitation(self, token: str) -> None:
        self.open(f"/invite#{token}")

    def note(self) -> None:
        """From now on notes requests and complaints."""
        self.page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 (it takes no built-in)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_message(self, message: ConsoleMessage) -> None:
        is_forgiven = self.forgives and "status of 5" in message.text
        # Mantine warns in this way when one of its menus closes while it opens.
        is_forgiven = is_forgiven or message.text.startswith("[@mantine/hooks/use-focus-trap] Failed to find focusable")
        if message.type in {"error", "warning"} and not _ANSWERED.search(message.text) and not is_forgiven:
            self.complaints.append(message.text)

    def forgive_server_errors(self) -> None:
        """For the test that is about one."""
        self.forgives = True

    def require_calm(self) -> None:
        """Nothing was blocked by the page's own policy, no script failed, nothing came from elsewhere."""
        assert self.complaints == [], self.complaints
        cognito = "AWSCognitoIdentityProviderService"
        for request in self.requests:
            ours = request.url.startswith((self.origin, "data:"))
            upload = request.method in {"POST", "OPTIONS"} and "/usher-local-logos-" in request.url
            assert ours or upload or cognito in request.headers.get("x-amz-target", ""), request.url


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium; without it there is nothing to test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@contextmanager
def a_window(
    browser: Browser, *, width: int, origin: str, language: str = "en-GB", scheme: Scheme = "light"
) -> Iterator[Window]:
    """Closed at the end, and calm until then."""
    context = _context(browser, width, language, scheme)
    window = Window(context.new_page(), width, origin)
    window.note()
    try:
        yield window
    finally:
        context.close()
    window.require_calm()


def _context(browser: Browser, width: int, language: str, scheme: Scheme) -> BrowserContext:
    is_phone = width <= PHONE
    return browser.new_context(
        viewport={"width": width, "height": 740 if is_phone else 800},
        device_scale_factor=2 if is_phone else 1,
        has_touch=is_phone,
        color_scheme=scheme,
        locale=language,
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )

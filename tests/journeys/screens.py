"""What people do on the pages, in the words that they read there."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD
from tests.journeys.browser import DESK, Window


def field(page: Page | Locator, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def expect_heading(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def sign_in(window: Window, address: str, password: str = PASSWORD, *, path: str = "/console/") -> None:
    """At the console; what follows is for the test to expect."""
    window.open(path)
    field(window.page, "Email").fill(address)
    field(window.page, "Password").fill(password)
    press(window.page, "Sign in")


def open_users(window: Window, address: str, password: str = PASSWORD, *, path: str = "/console/") -> None:
    """Signs in as someone who sees the Users page."""
    sign_in(window, address, password, path=path)
    expect_heading(window.page, "Users")
    expect(window.page.get_by_text(re.compile(r"^\d+ (person|people)$"))).to_be_visible()


def skip_profile(page: Page) -> None:
    """What the first sign-in asks for, left out."""
    expect_heading(page, "Set up your profile")
    press(page, "Skip for now")


def fill_in(page: Page, *, last_name: str = "Sherron", password: str = PASSWORD) -> None:
    """All of the invite page's form, the terms included."""
    field(page, "Last name").fill(last_name)
    field(page, "Password").fill(password)
    field(page, "Security question").select_option(index=1)
    field(page, "Security answer").fill("Rex")
    accept_terms(page)


def accept_terms(page: Page) -> None:
    press(page, "Read the terms")
    press(page.get_by_role("dialog"), "I accept")
    expect(page.get_by_text("Accepted. Thank you.")).to_be_visible()


def user_line(page: Page, name: str) -> Locator:
    """Of the Users page: a row of the table on a wide screen, of the list on a phone."""
    return page.get_by_role("row").or_(page.get_by_role("listitem")).filter(has_text=name)


def show_filters(window: Window) -> None:
    """On the Users page; a phone hides all but the search behind a button."""
    if window.width != DESK:
        window.page.get_by_role("button", name=re.compile("^Filters")).click()


def resend(window: Window, name: str) -> None:
    """From a row of the Users page; a phone has it in the menu."""
    if window.width == DESK:
        press(window.page, f"Resend {name}’s invitation")
    else:
        press(window.page, f"Actions for {name}")
        window.page.get_by_role("menuitem", name="Resend", exact=True).click()


def begin(page: Page, action: str, *, name: str) -> Locator:
    """Chooses an action from someone's menu on the Users page; the dialog that opens."""
    press(page, f"Actions for {name}")
    page.get_by_role("menuitem", name=action, exact=True).click()
    return page.get_by_role("dialog")


def open_user(window: Window, address: str, user_path: str) -> None:
    """Signs in on the page of one user, as someone does who follows a mail's link to it."""
    sign_in(window, address, path=user_path)
    expect(window.page.get_by_role("heading", name="Details")).to_be_visible()

"""The invite page says in words why a link does not open, and what to do next."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import PHONE, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, fill_in, press
from tests.journeys.stack import LocalStack
from tests.journeys.words import FOREIGN, Words


class Teller:
    """Tells how links die; each case returns the token of a dead one."""

    def __init__(self, people: People, emulator: Emulator, ann: Member) -> None:
        self.people, self.emulator, self.ann = people, emulator, ann
        self.language = "en"

    def invited(self, by: Member | None = None) -> dict[str, Any]:
        return self.people.invited(by or self.ann, locale=self.language)

    def forged(self) -> str:
        token = self.emulator.sign(self.invited())
        return token[:-5] + "AAAAA"

    def cut_off(self) -> str:
        return self.emulator.sign(self.invited())[:60]

    def empty(self) -> str:
        return ""

    def expired(self) -> str:
        user = self.invited()
        self.emulator.let_time_pass(user, days=8)
        return self.emulator.sign(user)

    def replaced(self) -> str:
        user = self.invited()
        self.people.resent(user, by=self.ann)
        return self.emulator.sign(user)

    def revoked(self) -> str:
        bea = self.people.a_user(self.ann, admin=True, first_name="Bea", last_name="Boss")
        user = self.invited(bea)
        self.people.deactivate(bea, by=self.ann)
        return self.emulator.sign(user)

    def declined(self) -> str:
        user = self.invited()
        token = self.emulator.sign(user)
        assert self.people.decline(token).status == 200
        return token

    def accepted(self) -> str:
        user = self.invited()
        self.people.joined(user)
        return self.emulator.sign(user)


DEAD = ("expired", "replaced", "revoked", "declined", "accepted")
CASES: dict[str, tuple[Callable[[Teller], str], str]] = {
    "forged": (Teller.forged, "This link doesn’t work"),
    "cut-off": (Teller.cut_off, "This link doesn’t work"),
    "empty": (Teller.empty, "This link doesn’t work"),
    "expired": (Teller.expired, "This invitation has expired"),
    "replaced": (Teller.replaced, "There is a newer invitation"),
    "revoked": (Teller.revoked, "This invitation was withdrawn"),
    "declined": (Teller.declined, "This invitation was declined"),
    "accepted": (Teller.accepted, "You have already joined"),
}


@pytest.fixture
def teller(people: People, emulator: Emulator) -> Teller:
    return Teller(people, emulator, people.an_account())


@pytest.mark.parametrize("case", CASES)
def test_a_dead_link_says_why(teller: Teller, window: Window, case: str) -> None:
    tell, title = CASES[case]

    window.open_invitation(tell(teller))

    expect_heading(window.page, title)
    take(window, f"invite-link-{case}")


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("case", DEAD)
def test_a_dead_link_says_why_in_the_language_of_the_invitation(
    teller: Teller, phone: Window, case: str, language: str
) -> None:
    teller.language = language

    phone.open_invitation(CASES[case][0](teller))

    expect_heading(phone.page, Words(language)("refusal", f"invitation_{case}", "title"))
    expect(phone.page.locator("html")).to_have_attribute("lang", language)
    take(phone, f"invite-link-{case}-{language}")


@pytest.mark.parametrize("language", FOREIGN)
def test_a_link_that_is_none_is_refused_in_the_language_of_the_reader(
    teller: Teller, browser: Browser, stack: LocalStack, language: str
) -> None:
    with a_window(browser, width=PHONE, origin=stack.console_url, language=f"{language}-CH") as phone:
        phone.open_invitation(teller.forged())

        expect_heading(phone.page, Words(language)("refusal", "invitation_not_found", "title"))
        expect(phone.page.locator("html")).to_have_attribute("lang", language)
        take(phone, f"invite-link-forged-{language}")


def test_who_has_joined_already_is_shown_the_way_in(teller: Teller, phone: Window) -> None:
    phone.open_invitation(teller.accepted())

    phone.page.get_by_role("link", name="Sign in", exact=True).click()

    expect_heading(phone.page, "Sign in")


def test_a_link_that_dies_while_the_form_is_filled_in_says_so(
    people: People, emulator: Emulator, window: Window
) -> None:
    user = people.invited(people.an_account())
    window.open_invitation(emulator.sign(user))
    fill_in(window.page)
    emulator.let_time_pass(user, days=8)

    press(window.page, "Save & continue")

    expect_heading(window.page, "This invitation has expired")
    expect(window.page.get_by_role("button", name="Save & continue")).to_be_hidden()

"""The help page: without a script, in four languages, one click from every dead end."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import PHONE, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, press
from tests.journeys.stack import LocalStack
from tests.journeys.words import LANGUAGES, Words

HELP = "help"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_language_of_the_browser(browser: Browser, stack: LocalStack, language: str) -> None:
    with a_window(browser, width=PHONE, origin=stack.console_url, language=f"{language}-CH") as phone:
        phone.open("/help")

        expect_heading(phone.page, Words(language, of=HELP)("title"))
        expect(phone.page.locator("html")).to_have_attribute("lang", language)
        take(phone, f"help-{language}")


def test_help_can_be_read_in_another_language(window: Window) -> None:
    window.open("/help/en")
    take(window, "help")

    window.page.get_by_role("link", name="Deutsch").click()

    expect_heading(window.page, Words("de", of=HELP)("title"))


def test_a_dead_end_leads_to_help_in_its_language(people: People, emulator: Emulator, phone: Window) -> None:
    user = people.invited(people.an_account(), locale="fr")
    emulator.let_time_pass(user, days=8)
    phone.open_invitation(emulator.sign(user))

    with phone.page.expect_popup() as opened:
        phone.page.get_by_role("link", name=Words("fr")("refusal", "help")).click()

    expect_heading(opened.value, Words("fr", of=HELP)("title"))


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_reader_may_choose_another_language(
    people: People, emulator: Emulator, window: Window, language: str
) -> None:
    page, say = window.page, Words(language)
    window.open_invitation(emulator.sign(people.invited(people.an_account())))
    page.get_by_label("Last name", exact=True).fill("Sherron")

    press(page, {"de": "Deutsch", "fr": "Français"}[language])

    expect_heading(page, say("create", "title"))
    expect(page.get_by_label(say("field", "lastName"), exact=True)).to_have_value("Sherron")
    take(window, f"invite-chosen-{language}")
    press(page, say("decline", "open"))
    expect_heading(page, say("decline", "title"))

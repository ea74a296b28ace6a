"""The invite page and the profile step speak the invitation's language, from the first sentence to the last."""

import pytest
from playwright.sync_api import Browser, expect

from tests.factories import PASSWORD
from tests.journeys.browser import Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, press
from tests.journeys.stack import LocalStack
from tests.journeys.words import CONSOLE, FOREIGN, Words

PREVIEW = "**/v1/invitations/preview"


@pytest.mark.parametrize("language", FOREIGN)
def test_someone_creates_an_id_in_their_language(
    people: People, emulator: Emulator, window: Window, language: str
) -> None:
    user = people.invited(people.an_account(), locale=language)
    say, page = Words(language), window.page
    window.open_invitation(emulator.sign(user))

    expect_heading(page, say("create", "title"))
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(field(page, say("field", "lastName"))).to_have_value("Sherron")
    field(page, say("field", "lastName")).fill("")
    press(page, say("create", "submit"))
    expect(field(page, say("field", "lastName"))).to_have_accessible_description(say("error", "required"))
    take(window, f"invite-incomplete-{language}")
    press(page, say("decline", "open"))
    expect_heading(page, say("decline", "title"))
    take(window, f"invite-decline-{language}")
    press(page, say("decline", "back"))
    field(page, say("field", "lastName")).fill("https://example.org")
    field(page, say("field", "password")).fill(PASSWORD)
    field(page, say("field", "question")).select_option(index=1)
    field(page, say("field", "answer")).fill("Rex")
    press(page, say("terms", "open"))
    expect(page.get_by_role("dialog")).to_contain_text("1.")
    take(window, f"invite-terms-{language}")
    press(page.get_by_role("dialog"), say("terms", "accept"))
    press(page, say("create", "submit"))
    expect(field(page, say("field", "lastName"))).to_have_accessible_description(say("error", "name"))
    field(page, say("field", "lastName")).fill("Sherron")
    take(window, f"invite-filled-{language}")
    press(page, say("create", "submit"))

    expect_heading(page, say("joined", "title"))
    take(window, f"invite-joined-{language}")
    page.get_by_role("main").get_by_role("link").click()

    ask = Words(language, of=CONSOLE)
    expect_heading(page, ask("profile", "setUpTitle"))
    field(page, ask("phone", "number")).fill("301234567")
    press(page, ask("profile", "save"))
    expect(field(page, ask("phone", "code"))).to_have_accessible_description(ask("phone", "codeMissing"))
    field(page, ask("phone", "code")).select_option("GB")
    field(page, ask("phone", "number")).fill("12345678901")
    press(page, ask("profile", "save"))
    expect(field(page, ask("phone", "number"))).to_have_accessible_description(ask("error", "number"))
    take(window, f"profile-complaint-{language}")
    field(page, ask("phone", "code")).select_option("DE")
    field(page, ask("phone", "number")).fill("301234567")
    press(page, ask("profile", "save"))
    expect(page.get_by_text(ask("profile", "saved"))).to_be_visible()


@pytest.mark.parametrize("language", FOREIGN)
def test_someone_logs_in_in_their_language(people: People, emulator: Emulator, phone: Window, language: str) -> None:
    lee = people.a_user(people.an_account())
    user = people.invited(people.an_account(), lee.address, locale=language)
    say, page = Words(language), phone.page
    phone.open_invitation(emulator.sign(user))
    expect_heading(page, say("signIn", "title"))

    field(page, say("field", "password")).fill("Wrong1234")
    press(page, say("signIn", "submit"))
    expect(field(page, say("field", "password"))).to_have_accessible_description(say("signIn", "refused"))
    take(phone, f"invite-log-in-refused-{language}")
    field(page, say("field", "password")).fill(PASSWORD)
    press(page, say("signIn", "submit"))

    expect_heading(page, say("joined", "title"))


@pytest.mark.parametrize("language", FOREIGN)
def test_someone_declines_in_their_language(people: People, emulator: Emulator, phone: Window, language: str) -> None:
    user = people.invited(people.an_account(), locale=language)
    say = Words(language)
    phone.open_invitation(emulator.sign(user))

    press(phone.page, say("decline", "open"))
    press(phone.page, say("decline", "submit"))

    expect_heading(phone.page, say("decline", "doneTitle"))
    take(phone, f"invite-declined-{language}")


@pytest.mark.parametrize("language", FOREIGN)
def test_someone_asks_for_a_new_link_in_their_language(
    people: People, emulator: Emulator, phone: Window, language: str
) -> None:
    user = people.invited(people.an_account(), locale=language)
    say = Words(language)
    emulator.let_time_pass(user, days=8)
    phone.open_invitation(emulator.sign(user))

    press(phone.page, say("requestNewLink", "submit"))
    expect_heading(phone.page, say("requestNewLink", "title"))
    take(phone, f"invite-asked-again-{language}")
    phone.page.reload()
    press(phone.page, say("requestNewLink", "submit"))

    expect_heading(phone.page, say("requestNewLink", "againTitle"))
    take(phone, f"invite-asked-already-{language}")


def test_before_the_invitation_is_known_the_readers_language_is_spoken(
    people: People, emulator: Emulator, browser: Browser, stack: LocalStack
) -> None:
    token = emulator.sign(people.invited(people.an_account(), locale="fr"))
    with a_window(browser, width=360, origin=stack.console_url, language="de-AT") as phone:
        phone.page.route(PREVIEW, lambda route: route.abort("internetdisconnected"))
        phone.open_invitation(token)
        expect_heading(phone.page, "Der Dienst ist nicht erreichbar")
        take(phone, "invite-offline-de")
        phone.page.unroute(PREVIEW)
        press(phone.page, "Noch einmal versuchen")

        expect_heading(phone.page, Words("fr")("create", "title"))
        expect(phone.page.locator("html")).to_have_attribute("lang", "fr")


def test_a_language_that_does_not_arrive_is_asked_for_again(people: People, emulator: Emulator, phone: Window) -> None:
    token = emulator.sign(people.invited(people.an_account(), locale="es"))
    phone.page.route("**/*.json", lambda route: route.abort("connectionreset"))

    phone.open_invitation(token)
    expect_heading(phone.page, "We can’t reach the service")
    phone.page.unroute("**/*.json")
    press(phone.page, "Try again")

    expect_heading(phone.page, Words("es")("create", "title"))


@pytest.mark.parametrize("language", ["en", *FOREIGN])
def test_three_requests_show_the_page_in_any_language(
    people: People, emulator: Emulator, phone: Window, language: str
) -> None:
    phone.open_invitation(emulator.sign(people.invited(people.an_account(), locale=language)))
    expect_heading(phone.page, Words(language)("create", "title"))

    loaded = [request.url for request in phone.requests if "/v1/" not in request.url and "data:" not in request.url]

    assert len(loaded) <= 3, loaded

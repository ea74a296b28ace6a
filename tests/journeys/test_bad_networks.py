"""The invite page on a train: slow, offline, or answered by something broken."""

from playwright.sync_api import Route, expect

from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, fill_in, press

PREVIEW, ACCEPT, TERMS = "**/v1/invitations/preview", "**/v1/invitations/accept", "**/terms/*"


def test_without_a_network_one_may_try_again(people: People, emulator: Emulator, window: Window) -> None:
    token = emulator.sign(people.invited(people.an_account()))
    window.page.route(PREVIEW, lambda route: route.abort("internetdisconnected"))

    window.open_invitation(token)
    expect_heading(window.page, "We can’t reach the service")
    take(window, "invite-offline")
    window.page.unroute(PREVIEW)
    press(window.page, "Try again")

    expect_heading(window.page, "Create your Usher ID")


def test_a_slow_answer_is_waited_for_in_sight(people: People, emulator: Emulator, window: Window) -> None:
    token = emulator.sign(people.invited(people.an_account()))
    held: list[Route] = []
    window.page.route(PREVIEW, lambda route: held.append(route))  # noqa: PLW0108 (it takes no built-in)

    window.open_invitation(token)
    expect_heading(window.page, "Opening your invitation")
    take(window, "invite-loading")
    expect(window.page.get_by_role("main").get_by_text("This takes longer than usual.")).to_be_visible(timeout=15_000)
    take(window, "invite-loading-slowly")
    held[0].continue_()

    expect_heading(window.page, "Create your Usher ID")


def test_what_was_typed_outlives_a_broken_connection(people: People, emulator: Emulator, window: Window) -> None:
    user = people.invited(people.an_account())
    page = window.page
    page.route(ACCEPT, lambda route: route.abort("connectionreset"))
    window.open_invitation(emulator.sign(user))
    fill_in(page, last_name="Kept")

    press(page, "Save & continue")
    expect(page.get_by_role("alert")).to_contain_text("We can’t reach the service")
    expect(field(page, "Last name")).to_have_value("Kept")
    take(window, "invite-broken-connection")
    page.unroute(ACCEPT)
    press(page, "Save & continue")

    expect_heading(page, "You are in")


def test_a_lost_answer_is_asked_for_again_and_nothing_is_done_twice(
    people: People, emulator: Emulator, phone: Window
) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    page = phone.page

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route(ACCEPT, lose_the_answer)
    phone.open_invitation(emulator.sign(user))
    fill_in(page)

    press(page, "Save & continue")
    expect(page.get_by_role("alert")).to_contain_text("We can’t reach the service")
    page.unroute(ACCEPT)
    press(page, "Save & continue")

    expect_heading(page, "You are in")
    assert people.journal(ann, user).count("user.joined") == 1


def test_an_error_on_our_side_is_told_with_a_reference(people: People, emulator: Emulator, window: Window) -> None:
    page = window.page
    page.route(
        ACCEPT,
        lambda route: route.fulfill(
            status=500,
            content_type="application/problem+json",
            body='{"status": 500, "code": "internal_error", "request_id": "abc-123"}',
        ),
    )
    window.open_invitation(emulator.sign(people.invited(people.an_account())))
    fill_in(page)
    window.forgive_server_errors()

    press(page, "Save & continue")

    expect(page.get_by_role("alert")).to_contain_text("Something went wrong on our side")
    expect(page.get_by_role("alert")).to_contain_text("abc-123")
    take(window, "invite-server-error")


def test_terms_that_do_not_load_can_be_asked_for_again(people: People, emulator: Emulator, phone: Window) -> None:
    page = phone.page
    page.route(TERMS, lambda route: route.abort("internetdisconnected"))
    phone.open_invitation(emulator.sign(people.invited(people.an_account())))

    press(page, "Read the terms")
    expect(page.get_by_text("The terms could not be loaded.")).to_be_visible()
    take(phone, "invite-terms-not-loaded")
    page.unroute(TERMS)
    press(page, "Try again")

    expect(page.get_by_role("button", name="I accept")).to_be_enabled()

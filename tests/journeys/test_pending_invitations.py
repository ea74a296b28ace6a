"""Invitations of someone who has an ID, found at the console without the mail."""

from playwright.sync_api import expect

from tests.journeys.browser import Window
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, press, sign_in


def test_someone_joins_a_second_account_from_the_choice_of_accounts(people: People, window: Window) -> None:
    page = window.page
    first, second = people.an_account(name="First Company"), people.an_account(name="Second Company")
    lee = people.a_user(first)
    user = people.invited(second, lee.address)
    sign_in(window, lee.address)
    press(page, "Your menu, Lee Sherron")
    page.get_by_role("menuitem", name="Accounts and invitations").click()
    expect_heading(page, "Invitations")
    expect(page.get_by_text("expires in 7 days")).to_be_visible()
    expect(page.get_by_role("link", name="First Company")).to_be_visible()
    take(window, "choose-account-invited")

    page.get_by_role("link", name="View invitation Second Company").click()
    expect_heading(page, "Join Second Company")
    press(page, "Join as Lee")
    expect_heading(page, "You are in")

    assert people.seen(user, by=second)["status"] == "active"
    window.open("/console/")
    expect_heading(page, "Choose an account")
    for name in ("First Company", "Second Company"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="Invitations")).to_be_hidden()


def test_someone_without_an_account_finds_their_invitation(people: People, window: Window) -> None:
    first, second = people.an_account(), people.an_account(name="Second Company")
    lee = people.a_user(first)
    people.deactivate(lee, by=first)
    people.invited(second, lee.address)

    sign_in(window, lee.address)

    expect_heading(window.page, "Invitations")
    take(window, "no-account-invited")
    window.page.get_by_role("link", name="View invitation Second Company").click()
    expect_heading(window.page, "Join Second Company")

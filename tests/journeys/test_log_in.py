"""Someone who has an ID already logs in on the invite page."""

from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, fill_in, press


def test_an_id_from_elsewhere_joins_with_its_password(people: People, mailbox: Mailbox, window: Window) -> None:
    first, second = people.an_account(), people.an_account()
    lee = people.a_user(first)
    user = people.invited(second, lee.address)
    page = window.page

    window.open_invitation(mailbox.token_for(user))
    expect_heading(page, "Sign in to join")
    expect(field(page, "Email")).to_have_value(lee.address)
    take(window, "invite-log-in")
    field(page, "Password").fill("Wrong1234")
    press(page, "Sign in")
    expect(field(page, "Password")).to_have_accessible_description(
        "The password does not match this email address. Check it and try again."
    )
    take(window, "invite-log-in-refused")
    field(page, "Password").fill(PASSWORD)
    press(page, "Sign in")

    expect_heading(page, "You are in")
    take(window, "invite-joined-by-log-in")
    assert people.seen(user, by=second)["status"] == "active"


def test_one_may_go_back_and_forth_between_the_two_ways(people: People, mailbox: Mailbox, phone: Window) -> None:
    user = people.invited(people.an_account())
    page = phone.page
    phone.open_invitation(mailbox.token_for(user))

    field(page, "Last name").fill("Typed already")
    press(page, "Sign in")
    expect_heading(page, "Sign in to join")
    press(page, "Create one")

    expect(field(page, "Last name")).to_have_value("Typed already")


def test_an_id_that_was_made_meanwhile_leads_to_the_log_in(people: People, mailbox: Mailbox, desk: Window) -> None:
    first, second = people.an_account(), people.an_account()
    user = people.invited(first)
    later = people.invited(second, user["email"])
    desk.open_invitation(mailbox.token_for(later))
    expect_heading(desk.page, "Create your Usher ID")
    people.joined(user)

    fill_in(desk.page)
    press(desk.page, "Save & continue")

    expect_heading(desk.page, "Sign in to join")
    take(desk, "invite-id-exists-meanwhile")

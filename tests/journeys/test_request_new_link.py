"""An invitee with an expired link asks for a new one, and the inviter sends it."""

from playwright.sync_api import expect

from tests.factories import text_of
from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, fill_in, press

ASK = "**/v1/invitations/request-new"


def test_an_expired_link_leads_to_a_new_one(
    people: People, emulator: Emulator, mailbox: Mailbox, window: Window
) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    page = window.page
    emulator.let_time_pass(user, days=8)
    window.open_invitation(emulator.sign(user))

    press(page, "Ask for a new link")
    expect_heading(page, "You have asked for a new link")
    expect(page.get_by_role("main")).to_contain_text(f"Company {ann.account_id}")
    take(window, "invite-asked-again")
    assert "Lee Sherron" in text_of(mailbox.wait_for(ann.address, "is asking for a new link"))
    window.open_invitation(mailbox.token_for(people.resent(user, by=ann)))
    page.reload()
    fill_in(page)
    press(page, "Save & continue")

    expect_heading(page, "You are in")


def test_who_asked_today_is_told_that_the_inviter_knows(people: People, emulator: Emulator, window: Window) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    emulator.let_time_pass(user, days=8)
    window.open_invitation(emulator.sign(user))
    press(window.page, "Ask for a new link")
    expect_heading(window.page, "You have asked for a new link")

    window.page.reload()
    press(window.page, "Ask for a new link")

    expect_heading(window.page, "You have already asked")
    take(window, "invite-asked-already")
    assert people.journal(ann, user).count("invitation.new_link_requested") == 1


def test_an_inviter_who_was_faster_is_not_asked(people: People, emulator: Emulator, phone: Window) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    emulator.let_time_pass(user, days=8)
    phone.open_invitation(emulator.sign(user))
    expect_heading(phone.page, "This invitation has expired")
    people.resent(user, by=ann)

    press(phone.page, "Ask for a new link")

    expect_heading(phone.page, "There is a newer invitation")
    assert "invitation.new_link_requested" not in people.journal(ann, user)


def test_without_a_network_one_may_ask_again(people: People, emulator: Emulator, window: Window) -> None:
    user = people.invited(people.an_account())
    page = window.page
    page.route(ASK, lambda route: route.abort("internetdisconnected"))
    emulator.let_time_pass(user, days=8)
    window.open_invitation(emulator.sign(user))

    press(page, "Ask for a new link")
    expect(page.get_by_role("alert")).to_contain_text("We can’t reach the service")
    take(window, "invite-ask-again-offline")
    page.unroute(ASK)
    press(page, "Ask for a new link")

    expect_heading(page, "You have asked for a new link")

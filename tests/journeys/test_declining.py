"""An invitee declines on the invite page, after a confirmation."""

from playwright.sync_api import expect

from tests.factories import text_of
from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, press

DECLINE = "**/v1/invitations/decline"


def test_declining_frees_the_seat_and_tells_the_inviter(
    people: People, emulator: Emulator, mailbox: Mailbox, window: Window
) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    page = window.page
    window.open_invitation(emulator.sign(user))

    press(page, "Decline the invitation")
    expect_heading(page, "Decline this invitation?")
    expect(page.get_by_role("main")).to_contain_text("let Ann Admin know")
    take(window, "invite-decline")
    press(page, "Yes, decline")

    expect_heading(page, "You have declined")
    take(window, "invite-declined")
    assert people.seen(user, by=ann)["status"] == "declined"
    assert people.seats_used(ann) == 1
    assert "Lee Sherron" in text_of(mailbox.wait_for(ann.address, "declined"))
    page.reload()
    expect_heading(page, "This invitation was declined")


def test_cancelling_a_decline_returns_to_the_form_as_it_was(people: People, emulator: Emulator, phone: Window) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    page = phone.page
    phone.open_invitation(emulator.sign(user))
    field(page, "Last name").fill("Typed already")

    press(page, "Decline the invitation")
    press(page, "No, go back")

    expect(field(page, "Last name")).to_have_value("Typed already")
    assert people.seen(user, by=ann)["status"] == "invited"


def test_an_id_from_elsewhere_may_decline_as_well(people: People, emulator: Emulator, desk: Window) -> None:
    lee, ann = people.a_user(people.an_account()), people.an_account()
    user = people.invited(ann, lee.address)
    desk.open_invitation(emulator.sign(user))
    expect_heading(desk.page, "Sign in to join")

    press(desk.page, "Decline the invitation")
    press(desk.page, "Yes, decline")

    expect_heading(desk.page, "You have declined")
    assert people.seen(user, by=ann)["status"] == "declined"


def test_a_lost_answer_is_asked_for_again(people: People, emulator: Emulator, window: Window) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    page = window.page
    page.route(DECLINE, lambda route: (route.fetch(), route.abort("connectionreset")))
    window.open_invitation(emulator.sign(user))

    press(page, "Decline the invitation")
    press(page, "Yes, decline")
    expect(page.get_by_role("alert")).to_contain_text("We can’t reach the service")
    take(window, "invite-decline-broken-connection")
    page.unroute(DECLINE)
    press(page, "Yes, decline")

    expect_heading(page, "You have declined")
    assert people.journal(ann, user).count("invitation.declined") == 1


def test_a_link_that_expires_before_the_answer_says_so(people: People, emulator: Emulator, phone: Window) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    phone.open_invitation(emulator.sign(user))
    press(phone.page, "Decline the invitation")
    emulator.let_time_pass(user, days=8)

    press(phone.page, "Yes, decline")

    expect_heading(phone.page, "This invitation has expired")
    assert people.seen(user, by=ann)["status"] == "expired"

"""A copied link does not show whose the mailbox is; a mailed one does (rule 15), as people see it in their browsers."""

from playwright.sync_api import Browser, Route, expect

from tests.factories import PASSWORD
from tests.journeys.browser import PHONE, Window, a_window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import ANOTHER_PASSWORD, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, fill_in, press, sign_in
from tests.journeys.stack import LocalStack

JOIN = "**/v1/invitations/join"


def test_an_id_made_with_a_copied_link_goes_to_who_reads_the_mail(
    people: People, mailbox: Mailbox, browser: Browser, stack: LocalStack, desk: Window
) -> None:
    first, second = people.an_account(), people.an_account()
    user = people.invited(first)
    desk.page.goto(people.copied_link(user, by=first))
    fill_in(desk.page, last_name="Copied")
    press(desk.page, "Save & continue")
    expect_heading(desk.page, "You are in")
    later = people.invited(second, user["email"])

    with a_window(browser, width=PHONE, origin=stack.console_url) as owner:
        owner.open_invitation(mailbox.token_for(later))
        expect_heading(owner.page, "Create your Usher ID")
        fill_in(owner.page, last_name="Mailed", password=ANOTHER_PASSWORD)
        press(owner.page, "Save & continue")
        expect_heading(owner.page, "You are in")

    desk.open("/console/")
    expect_heading(desk.page, "Sign in")
    assert people.api.try_sign_in(user["email"], PASSWORD).code == "NotAuthorizedException"
    mine = people.api.get("/v1/me", token=people.api.sign_in(user["email"], ANOTHER_PASSWORD)["AccessToken"]).body
    assert mine["last_name"] == "Mailed"
    assert {account["account_id"] for account in mine["accounts"]} == {first.account_id, second.account_id}


def test_an_id_made_with_a_mailed_link_joins_by_a_copied_one(people: People, mailbox: Mailbox, window: Window) -> None:
    first, second = people.an_account(), people.an_account()
    lee = people.joined(user := people.invited(first), token=mailbox.token_for(user))
    later = people.invited(second, lee.address)
    page = window.page

    page.goto(people.copied_link(later, by=second))
    expect_heading(page, "Create your Usher ID")
    fill_in(page, password=ANOTHER_PASSWORD)
    press(page, "Save & continue")
    expect_heading(page, "Sign in to join")
    take(window, "invite-id-exists")
    field(page, "Password").fill(PASSWORD)
    press(page, "Sign in")

    expect_heading(page, "You are in")
    assert people.api.try_sign_in(lee.address, ANOTHER_PASSWORD).code == "NotAuthorizedException"
    assert people.seen(later, by=second)["status"] == "active"


def test_a_copied_link_does_not_prove_what_another_has_not(people: People, window: Window) -> None:
    first, second = people.an_account(), people.an_account()
    user = people.invited(first)
    token = people.copied_link(user, by=first).partition("#")[2]
    people.joined(user, token=token)
    page = window.page

    page.goto(people.copied_link(people.invited(second, user["email"]), by=second))
    fill_in(page)
    press(page, "Save & continue")

    expect_heading(page, "Sign in to join")
    field(page, "Password").fill(PASSWORD)
    press(page, "Sign in")
    expect_heading(page, "Please use the link in your email")
    take(window, "invite-mailbox-not-proven")


def test_someone_elses_id_is_told_apart_and_the_link_stays_usable(
    people: People, mailbox: Mailbox, window: Window
) -> None:
    stranger, lee = (people.a_user(people.an_account()) for _ in range(2))
    user = people.invited(people.an_account(), lee.address)
    page = window.page

    def swap_the_person(route: Route) -> None:
        route.continue_(headers=route.request.headers | {"authorization": f"Bearer {stranger.token}"})

    page.route(JOIN, swap_the_person)
    window.open_invitation(mailbox.token_for(user))
    field(page, "Password").fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("alert")).to_contain_text("This invitation is for another email address")
    take(window, "invite-wrong-identity")
    page.unroute(JOIN)
    press(page, "Sign in")

    expect_heading(page, "You are in")


def test_the_console_knows_nothing_of_a_link_that_was_declined(people: People, phone: Window) -> None:
    ann = people.an_account()
    user = people.invited(ann)
    phone.page.goto(people.copied_link(user, by=ann))
    press(phone.page, "Decline the invitation")
    press(phone.page, "Yes, decline")
    expect_heading(phone.page, "You have declined")

    sign_in(phone, user["email"])

    expect(phone.page.get_by_role("alert")).to_contain_text("do not match")

"""Signing in at the console, staying signed in, and what happens when that is over."""

import re

from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_users, press, sign_in, user_line


def test_a_wrong_password_is_told_and_a_right_one_opens(people: People, window: Window) -> None:
    ann = people.an_account()
    window.open("/console/")
    expect_heading(window.page, "Sign in")
    take(window, "sign-in")

    sign_in(window, ann.address, "Wrong1234")
    expect(window.page.get_by_role("alert")).to_be_visible()
    take(window, "sign-in-refused")
    field(window.page, "Password").fill(PASSWORD)
    press(window.page, "Sign in")

    expect_heading(window.page, "Users")


def test_an_address_is_understood_however_it_is_written(people: People, desk: Window) -> None:
    ann = people.an_account()

    open_users(desk, f" {ann.address.upper()} ")


def test_a_refused_token_leads_back_to_signing_in_and_on_to_the_same_place(people: People, window: Window) -> None:
    ann = people.an_account()
    people.invited(ann)
    people.listed(ann, 1, search="lee")
    page = window.page
    open_users(window, ann.address)
    field(page, "Search").fill("lee")
    page.wait_for_url("**?search=lee")

    page.evaluate(
        """() => {
            const session = JSON.parse(sessionStorage.getItem("usher.session"));
            sessionStorage.setItem("usher.session", JSON.stringify({ ...session, access_token: "of.no.use" }));
        }"""
    )
    page.reload()
    expect(page.get_by_text("Your session has ended.")).to_be_visible()
    take(window, "sign-in-again")
    field(page, "Email").fill(ann.address)
    field(page, "Password").fill(PASSWORD)
    press(page, "Sign in")

    expect(user_line(page, "Lee Sherron")).to_be_visible()
    expect(field(page, "Search")).to_have_value("lee")


def test_signing_out_leaves_nothing_behind(people: People, window: Window) -> None:
    ann = people.an_account()
    open_users(window, ann.address)

    window.page.get_by_role("button", name="Your menu, Ann Admin").click()
    take(window, "console-menu")
    window.page.get_by_role("menuitem", name="Sign out").click()

    expect(window.page.get_by_text("You are signed out.")).to_be_visible()
    assert window.page.evaluate("sessionStorage.getItem('usher.session')") is None


def test_someone_of_several_accounts_chooses_one(people: People, mailbox: Mailbox, window: Window) -> None:
    first, second = people.an_account(name="First Company"), people.an_account(name="Second Company")
    lee = people.a_user(first)
    people.join(mailbox.token_for(people.invited(second, lee.address)), signed_in=lee.token)

    sign_in(window, lee.address)
    expect_heading(window.page, "Choose an account")
    take(window, "choose-account")
    window.page.get_by_role("link", name="Second Company").click()

    expect(window.page.get_by_role("banner")).to_contain_text("Second Company")


def test_access_that_ends_while_someone_works_is_explained(people: People, window: Window) -> None:
    ann = people.an_account()
    lee = people.a_user(ann)
    open_users(window, lee.address)
    people.deactivate(lee, by=ann)

    window.page.reload()

    expect(window.page.get_by_text(re.compile("Your access to .+ has ended"))).to_be_visible()
    expect(window.page.get_by_role("heading", name="Users")).to_be_hidden()
    take(window, "console-access-ended")


def test_url_names_the_account_after_signing_in(people: People, window: Window) -> None:
    ann = people.an_account()

    open_users(window, ann.address, path="/console/?sort=-name")

    expect(window.page).to_have_url(f"{window.origin}/console/{ann.account_id}/users?sort=-name")


def test_new_tab_takes_over_the_session_and_both_are_signed_out_at_once(people: People, window: Window) -> None:
    ann = people.an_account()
    open_users(window, ann.address)
    other = window.page.context.new_page()

    other.goto(f"{window.origin}/console/{ann.account_id}/users")
    expect_heading(other, "Users")
    window.page.get_by_role("button", name="Your menu, Ann Admin").click()
    window.page.get_by_role("menuitem", name="Sign out").click()

    expect_heading(window.page, "Sign in")
    expect_heading(other, "Sign in")


def test_browser_without_storage_keeps_the_session_for_the_page(people: People, window: Window) -> None:
    ann = people.an_account()
    window.page.add_init_script(
        """for (const name of ["sessionStorage", "localStorage"])
             Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });"""
    )
    window.open("/console/")
    expect(window.page.get_by_text("Your browser does not store data for this site")).to_be_visible()

    sign_in(window, ann.address)

    expect_heading(window.page, "Users")


def test_translated_page_survives_its_changes(people: People, desk: Window) -> None:
    """A browser that translates the page puts each of its texts into an element of its own."""
    ann = people.an_account()
    people.invited(ann)
    open_users(desk, ann.address)
    translate = """() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        for (const text of texts) {
            const font = document.createElement("font");
            text.replaceWith(font);
            font.append(text);
        }
    }"""

    desk.page.evaluate(translate)
    desk.page.get_by_role("link", name="Lee Sherron").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("Lee Sherron")
    desk.page.evaluate(translate)
    desk.page.get_by_role("main").get_by_role("link", name="Users").click()

    expect(desk.page.get_by_role("heading", name="Users", level=1)).to_be_visible()
    expect(user_line(desk.page, "Lee Sherron")).to_be_visible()

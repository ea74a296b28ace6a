"""Inviting and deactivating at the console, and how it says that something cannot be."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_users, press, user_line


@pytest.fixture
def ann(people: People) -> Member:
    return people.an_account()


def test_fields_say_what_they_miss(ann: Member, window: Window) -> None:
    open_users(window, ann.address)
    dialog = _dialog(window)

    press(dialog, "Send invitation")
    expect(field(dialog, "First name")).to_have_accessible_description("Please fill this in.")
    expect(field(dialog, "Email")).to_be_focused()
    field(dialog, "First name").fill("https://evil.example")
    _fill_in(dialog, "someone@example.org")
    expect(field(dialog, "First name")).to_have_value("https://evil.example")
    press(dialog, "Send invitation")

    expect(dialog.get_by_role("alert")).to_contain_text("Please check the fields marked in red.")
    expect(field(dialog, "First name")).to_have_accessible_description(
        "Enter a name of up to 80 characters, without a web address. "
        "It must not look like the name of this product or its staff."
    )
    take(window, "invite-dialog-refused")


def test_an_address_that_is_there_already_is_refused_in_words(people: People, ann: Member, window: Window) -> None:
    known = people.invited(ann)
    gone = people.a_user(ann)
    people.deactivate(gone, by=ann)
    open_users(window, ann.address)
    dialog = _dialog(window)
    field(dialog, "First name").fill("Lee")

    for address, words in (
        (known["email"], "already been invited"),
        (ann.address, "already belongs to an active user"),
        (gone.address, "belongs to an inactive user"),
    ):
        _fill_in(dialog, address)
        press(dialog, "Send invitation")
        expect(field(dialog, "Email")).to_have_accessible_description(re.compile(words))
    take(window, "invite-dialog-user-inactive")


def test_an_account_without_seats_says_what_can_be_done(people: People, window: Window) -> None:
    full = people.an_account(seats=1)
    open_users(window, full.address)
    dialog = _dialog(window)
    field(dialog, "First name").fill("Lee")
    _fill_in(dialog, "one-too-many@example.org")

    press(dialog, "Send invitation")

    expect(dialog.get_by_role("alert")).to_contain_text("No seat is free")
    take(window, "invite-dialog-no-seat")


def test_a_dialog_is_left_with_escape_and_gives_the_focus_back(ann: Member, desk: Window) -> None:
    open_users(desk, ann.address)
    button = desk.page.get_by_role("button", name="Invite user", exact=True)
    button.focus()

    desk.page.keyboard.press("Enter")
    expect(field(desk.page.get_by_role("dialog"), "Email")).to_be_focused()
    desk.page.keyboard.press("Escape")

    expect(desk.page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_buttons_of_a_dialog_stay_in_sight(ann: Member, window: Window) -> None:
    open_users(window, ann.address)
    dialog = _dialog(window)
    press(dialog, "More options")

    press(dialog, "Send invitation")

    expect(dialog.get_by_role("button", name="Send invitation", exact=True)).to_be_in_viewport(ratio=1)
    expect(dialog.get_by_role("button", name="Cancel", exact=True)).to_be_in_viewport(ratio=1)
    expect(field(dialog, "First name")).to_be_in_viewport()
    take(window, "invite-dialog-more")


def test_escape_keeps_an_unfinished_invitation(ann: Member, window: Window) -> None:
    open_users(window, ann.address)
    dialog = _dialog(window)
    field(dialog, "First name").fill("Lee")

    window.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    dialog = _dialog(window)

    expect(field(dialog, "First name")).to_have_value("Lee")
    press(dialog, "Start over")
    expect(field(dialog, "First name")).to_have_value("")


def test_address_is_invited_as_it_was_typed(people: People, ann: Member, desk: Window) -> None:
    open_users(desk, ann.address)
    dialog = _dialog(desk)
    field(dialog, "First name").fill("Lee")
    _fill_in(dialog, "lee.x@straße.example")

    press(dialog, "Send invitation")

    expect(user_line(desk.page, "Lee Sherron")).to_contain_text("lee.x@straße.example")
    [found] = people.listed(ann, 1, search="lee.x")
    assert found["email"] == "lee.x@xn--strae-oqa.example"


def test_someone_is_deactivated_and_told(people: People, mailbox: Mailbox, ann: Member, window: Window) -> None:
    lee = people.a_user(ann)
    open_users(window, ann.address)

    dialog = _deactivation(window, "Lee Sherron")
    expect(dialog).to_contain_text("loses access immediately")
    take(window, "deactivate-dialog")
    press(dialog, "Deactivate")

    expect(user_line(window.page, "Lee Sherron")).to_be_hidden()
    expect(window.page.get_by_text("Lee Sherron has been deactivated.")).to_be_visible()
    take(window, "users-after-deactivating")
    assert people.api.get(lee.path("/access"), token=lee.token).status == 404
    assert mailbox.wait_for(lee.address, "has ended")


def test_deactivating_needs_no_mouse(people: People, ann: Member, desk: Window) -> None:
    lee = people.a_user(ann)
    page = desk.page
    open_users(desk, ann.address)

    page.get_by_role("button", name="Actions for Lee Sherron").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    for _ in ("Clone permissions to…", "Deactivate"):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Deactivate")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(user_line(page, "Lee Sherron")).to_be_hidden()
    assert people.seen(lee, by=ann)["status"] == "inactive"


def test_an_administrator_who_was_deactivated_meanwhile_deactivates_nobody(
    people: People, ann: Member, window: Window
) -> None:
    bea = people.a_user(ann, admin=True, first_name="Bea", last_name="Boss")
    open_users(window, ann.address)
    expect(user_line(window.page, "Bea Boss")).to_be_visible()
    dialog = _deactivation(window, "Bea Boss")
    people.deactivate(ann, by=bea)

    press(dialog, "Deactivate")

    expect_heading(window.page, "You don’t have access to this account")
    take(window, "deactivate-access-lost")
    assert people.seen(bea, by=bea)["status"] == "active"


def test_a_refusal_to_deactivate_is_told_in_words(people: People, ann: Member, window: Window) -> None:
    people.a_user(ann, admin=True, first_name="Bea", last_name="Boss")
    open_users(window, ann.address)
    window.page.route(
        "**/deactivate",
        lambda route: route.fulfill(
            status=409, content_type="application/problem+json", body='{"status": 409, "code": "last_admin"}'
        ),
    )

    dialog = _deactivation(window, "Bea Boss")
    press(dialog, "Deactivate")

    expect(dialog.get_by_role("alert")).to_contain_text("This is the last active administrator.")
    take(window, "deactivate-dialog-last-admin")


def _dialog(window: Window) -> Locator:
    press(window.page, "Invite user")
    return window.page.get_by_role("dialog")


def _fill_in(dialog: Locator, address: str) -> None:
    field(dialog, "Last name").fill("Sherron")
    field(dialog, "Email").fill(address)
    administrator = dialog.get_by_label("Administrator")
    if not administrator.is_checked():
        administrator.press("Space")  # On a phone it may lie below what is in sight: a forced click does not scroll.


def _deactivation(window: Window, name: str) -> Locator:
    page = window.page
    page.get_by_role("button", name=f"Actions for {name}", exact=True).click()
    page.get_by_role("menuitem", name="Deactivate").click()
    return page.get_by_role("dialog")

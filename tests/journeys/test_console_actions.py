"""What administrators do with the people of the list: resend, copy, revoke, edit, reactivate, remove."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.browser import DESK, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import begin, expect_heading, field, open_users, press, resend, show_filters, user_line


@pytest.fixture
def ann(people: People) -> Member:
    return people.an_account(name="Northwind Traders")


def test_a_new_link_is_sent_from_the_list(
    people: People, emulator: Emulator, mailbox: Mailbox, ann: Member, window: Window
) -> None:
    lee = people.invited(ann)
    old = mailbox.token_for(lee)
    emulator.let_time_pass(lee, minutes=2)
    open_users(window, ann.address)

    expect(user_line(window.page, "Lee Sherron")).to_contain_text("expires in 7 days")
    resend(window, "Lee Sherron")

    expect(window.page.get_by_role("alert")).to_contain_text(f"New invitation sent to {lee['email']}.")
    take(window, "users-after-resending")
    assert people.preview(old).code == "invitation_replaced"
    assert people.preview(mailbox.token_for(people.seen(lee, by=ann))).status == 200


def test_an_expired_invitation_is_alive_again(people: People, emulator: Emulator, ann: Member, window: Window) -> None:
    lee = people.invited(ann)
    emulator.let_time_pass(lee, days=8)
    open_users(window, ann.address)
    line = user_line(window.page, "Lee Sherron")
    expect(line).to_contain_text("expired 1 day ago")

    resend(window, "Lee Sherron")

    expect(line).to_contain_text("expires in 7 days")
    assert people.seen(lee, by=ann)["invitation"]["generation"] == 2


def test_a_link_cannot_be_sent_too_soon_and_says_how_long_to_wait(people: People, ann: Member, window: Window) -> None:
    people.invited(ann)
    open_users(window, ann.address)
    page = window.page

    press(page, "Actions for Lee Sherron")

    item = page.get_by_role("menuitem", name=re.compile(r"^Resend in [1-6]?\d s$"))
    expect(item).to_be_disabled()
    take(window, "users-resend-too-soon")


def test_a_link_that_needs_a_seat_says_what_can_be_done(people: People, emulator: Emulator, window: Window) -> None:
    ann = people.an_account(seats=2)
    lee = people.invited(ann)
    emulator.let_time_pass(lee, days=8)
    emulator.change_user(lee, holds_seat=False)  # As when the sweep has freed it and someone else has taken it.
    open_users(window, ann.address)

    resend(window, "Lee Sherron")

    told = window.page.get_by_role("alert")
    expect(told).to_contain_text("No seat is free. Get another seat, or free one")
    expect(told.get_by_role("link", name="Get more seats")).to_be_visible()
    expect(told.get_by_role("link", name="Deactivate someone")).to_be_visible()
    take(window, "users-resent-without-seat")


def test_a_copied_link_opens_in_another_window(people: People, ann: Member, browser: Browser, window: Window) -> None:
    lee = people.invited(ann)
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_users(window, ann.address)

    dialog = begin(window.page, "Copy link", name="Lee Sherron")
    expect(dialog).to_contain_text("Copied to the clipboard.")
    expect(dialog).to_contain_text("(in 7 days)")
    expect(dialog.get_by_role("alert")).to_contain_text("Anyone with this link can join as Lee")
    take(window, "copy-link-dialog")
    copied = window.page.evaluate("navigator.clipboard.readText()")
    expect(dialog).to_contain_text(copied)
    press(dialog, "Done")

    with a_window(browser, width=DESK, origin=window.origin) as elsewhere:
        link = urlsplit(copied)
        elsewhere.open(f"{link.path}#{link.fragment}")
        expect(elsewhere.page.get_by_text("Northwind Traders").first).to_be_visible()
    assert ".copied." in copied
    assert len([request for request in window.requests if request.url.endswith("/invitation-link")]) == 1
    assert people.journal(ann, lee).count("invitation.link_copied") == 1


def test_a_browser_that_copies_nothing_leaves_the_link_to_be_copied(
    people: People, ann: Member, window: Window
) -> None:
    people.invited(ann)
    window.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))")
    open_users(window, ann.address)

    dialog = begin(window.page, "Copy link", name="Lee Sherron")

    expect(dialog).to_contain_text("press Copy, or select the link and copy it.")
    expect(dialog).to_contain_text("/invite#v1.")
    take(window, "copy-link-dialog-not-copied")


def test_an_invitation_is_revoked_after_a_question(
    people: People, mailbox: Mailbox, ann: Member, window: Window
) -> None:
    lee = people.invited(ann)
    token = mailbox.token_for(lee)
    open_users(window, ann.address)
    expect(window.page.get_by_text("2 of 10 seats used")).to_be_visible()

    dialog = begin(window.page, "Revoke", name="Lee Sherron")
    expect(dialog).to_contain_text("All links stop working immediately")
    take(window, "revoke-dialog")
    press(dialog, "Revoke")

    expect(user_line(window.page, "Lee Sherron")).to_be_hidden()
    expect(window.page.get_by_role("heading", name="Users")).to_be_focused()
    expect(window.page.get_by_text("The invitation of Lee Sherron has been revoked.")).to_be_visible()
    expect(window.page.get_by_text("1 of 10 seats used")).to_be_visible()
    expect(window.page.get_by_text("1 person")).to_be_visible()
    take(window, "users-after-revoking")
    assert people.preview(token).code == "invitation_revoked"


def test_names_and_telephone_are_edited_while_invited(people: People, ann: Member, window: Window) -> None:
    lee = people.invited(ann)
    open_users(window, ann.address)

    dialog = begin(window.page, "Edit", name="Lee Sherron")
    expect(field(dialog, "First name")).to_be_focused()
    field(dialog, "First name").fill("Leona")
    field(dialog, "Country code").select_option(label="United Kingdom +44")
    field(dialog, "Phone number").fill("abcd")
    press(dialog, "Save")
    expect(field(dialog, "Phone number")).to_have_accessible_description("Enter 4 to 14 digits, without an extension.")
    take(window, "edit-dialog")
    field(dialog, "Phone number").fill("20 7946 0000")
    press(dialog, "Save")

    expect(user_line(window.page, "Leona Sherron")).to_be_visible()
    seen = people.seen(lee, by=ann)
    assert (seen["first_name"], seen["phone"]["number"]) == ("Leona", "2079460000")


def test_an_edit_of_what_someone_else_has_edited_begins_anew(people: People, ann: Member, window: Window) -> None:
    lee = people.invited(ann)
    open_users(window, ann.address)
    dialog = begin(window.page, "Edit", name="Lee Sherron")
    field(dialog, "First name").fill("Leona")
    people.api.request("PATCH", ann.path(f"/users/{lee['user_id']}"), {"last_name": "Sherwood"}, token=ann.token)

    press(dialog, "Save")
    expect(dialog.get_by_role("alert")).to_contain_text("Someone else has changed this user in the meantime.")
    expect(field(dialog, "Last name")).to_have_value("Sherwood")
    take(window, "edit-dialog-changed-meanwhile")
    field(dialog, "First name").fill("Leona")
    press(dialog, "Save")

    expect(user_line(window.page, "Leona Sherwood")).to_be_visible()


def test_an_edit_that_changes_nothing_asks_for_nothing(people: People, ann: Member, desk: Window) -> None:
    people.invited(ann)
    open_users(desk, ann.address)
    dialog = begin(desk.page, "Edit", name="Lee Sherron")

    press(dialog, "Save")

    expect(dialog).to_be_hidden()
    expect(desk.page.get_by_role("button", name="Actions for Lee Sherron")).to_be_focused()
    assert not [request for request in desk.requests if request.method == "PATCH"]


def test_someone_who_was_deactivated_comes_back(people: People, mailbox: Mailbox, ann: Member, window: Window) -> None:
    lee = people.a_user(ann)
    open_users(window, ann.address)
    press(begin(window.page, "Deactivate", name="Lee Sherron"), "Deactivate")
    expect(user_line(window.page, "Lee Sherron")).to_be_hidden()
    show_filters(window)
    window.page.get_by_role("checkbox", name="Inactive", exact=True).press("Space")
    expect(user_line(window.page, "Lee Sherron")).to_contain_text("Inactive")

    dialog = begin(window.page, "Reactivate", name="Lee Sherron")
    expect(dialog).to_contain_text("9 of 10 are free")
    take(window, "reactivate-dialog")
    press(dialog, "Reactivate")

    expect(window.page.get_by_text("Lee Sherron is active again.")).to_be_visible()
    expect(user_line(window.page, "Lee Sherron").get_by_text("Active", exact=True)).to_be_visible()
    assert people.api.get(lee.path("/access"), token=lee.token).status == 200
    assert mailbox.wait_for(lee.address, "You have access to Northwind Traders again")


def test_who_has_no_group_left_is_asked_for_one(
    people: People, emulator: Emulator, ann: Member, window: Window
) -> None:
    lee = people.a_user(ann)
    people.deactivate(lee, by=ann)
    people.api.request("PATCH", ann.path("/settings"), {"default_group": None}, token=ann.token)
    emulator.change_user({"account_id": lee.account_id, "user_id": lee.user_id}, groups=["gone"])
    people.listed(ann, 1, status="inactive")
    open_users(window, ann.address, path=f"/console/{ann.account_id}/users?status=inactive")

    dialog = begin(window.page, "Reactivate", name="Lee Sherron")
    press(dialog, "Reactivate")
    expect(dialog.get_by_role("alert")).to_contain_text("Choose at least one group.")
    _choose(dialog, "Everyone")
    take(window, "reactivate-dialog-groups")
    press(dialog, "Reactivate")

    expect(dialog).to_be_hidden()
    assert [group["name"] for group in people.seen(lee, by=ann)["groups"]] == ["Everyone"]


def test_nobody_comes_back_without_a_seat(people: People, window: Window) -> None:
    ann = people.an_account(seats=2)
    lee = people.a_user(ann)
    people.deactivate(lee, by=ann)
    people.invited(ann)
    people.listed(ann, 1, status="inactive")
    open_users(window, ann.address, path=f"/console/{ann.account_id}/users?status=inactive")

    dialog = begin(window.page, "Reactivate", name="Lee Sherron")
    press(dialog, "Reactivate")

    expect(dialog.get_by_role("alert")).to_contain_text("No seat is free.")
    take(window, "reactivate-dialog-no-seat")


def test_who_was_removed_can_be_invited_again(people: People, emulator: Emulator, ann: Member, window: Window) -> None:
    lee = people.a_user(ann, address := an_address())
    emulator.let_time_pass({"account_id": lee.account_id, "user_id": lee.user_id}, minutes=2)
    open_users(window, ann.address)

    dialog = begin(window.page, "Remove", name="Lee Sherron")
    expect(dialog).to_contain_text("can only come back through a new invitation")
    take(window, "remove-dialog")
    press(dialog, "Remove")
    expect(user_line(window.page, "Lee Sherron")).to_be_hidden()
    expect(window.page.get_by_text("1 of 10 seats used")).to_be_visible()
    press(window.page, "Invite user")
    dialog = window.page.get_by_role("dialog")
    field(dialog, "First name").fill("Lee")
    field(dialog, "Last name").fill("Sherron")
    field(dialog, "Email").fill(address)
    _choose(dialog, "Everyone")
    press(dialog, "Send invitation")

    expect(user_line(window.page, "Lee Sherron")).to_contain_text("Invited")
    assert people.seen(lee, by=ann)["invitation"]["generation"] == 2


def test_what_has_become_impossible_is_told_and_the_list_follows(people: People, ann: Member, window: Window) -> None:
    lee = people.invited(ann)
    open_users(window, ann.address)
    dialog = begin(window.page, "Revoke", name="Lee Sherron")
    people.joined(lee)

    press(dialog, "Revoke")

    expect(dialog.get_by_role("alert")).to_contain_text("This is no longer possible: the user’s status has changed.")
    press(dialog, "Cancel")
    expect(user_line(window.page, "Lee Sherron")).to_contain_text("Active")


def test_the_menu_holds_what_is_allowed_and_nothing_else(people: People, ann: Member, window: Window) -> None:
    people.invited(ann, first_name="Ida", last_name="Invited")
    people.a_user(ann, first_name="Max", last_name="Member")
    open_users(window, ann.address)
    page = window.page

    press(page, "Actions for Ida Invited")
    expect(page.get_by_role("menuitem")).to_have_text(
        [re.compile(r"^Resend in \d+ s$"), "Copy link", "Edit", "Clone permissions to…", "Revoke"]
    )
    take(window, "users-menu")
    page.keyboard.press("Escape")
    press(page, "Actions for Max Member")
    expect(page.get_by_role("menuitem")).to_have_text(
        ["Edit", "Clone permissions to…", "Deactivate", "Block", "Remove"]
    )
    page.keyboard.press("Escape")

    press(page, "Actions for Ann Admin")
    expect(page.get_by_role("menuitem")).to_have_text(["Edit"])
    page.keyboard.press("Escape")
    expect_heading(page, "Users")


def _choose(dialog: Locator, group: str) -> None:
    dialog.get_by_role("combobox", name="Groups").click()
    dialog.get_by_role("option", name=group, exact=True).click()
    dialog.page.keyboard.press("Tab")

"""What administrators do with the people of the list: edit, reactivate, remove, and what the menu offers."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.browser import Window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import begin, expect_heading, field, open_users, press, show_filters, user_line


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


def test_an_edit_that_conflicts_keeps_what_was_typed(people: People, ann: Member, window: Window) -> None:
    lee = people.invited(ann)
    open_users(window, ann.address)
    dialog = begin(window.page, "Edit", name="Lee Sherron")
    field(dialog, "First name").fill("Leona")
    people.api.request("PATCH", ann.path(f"/users/{lee['user_id']}"), {"last_name": "Sherwood"}, token=ann.token)

    press(dialog, "Save")
    expect(dialog.get_by_role("alert")).to_contain_text("Someone else has changed this in the meantime.")
    expect(field(dialog, "First name")).to_have_value("Leona")
    take(window, "edit-dialog-changed-meanwhile")
    press(dialog, "Load current values")
    expect(field(dialog, "Last name")).to_have_value("Sherwood")
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
    people.listed(ann, 2, status="invited,expired,active,inactive")
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
    expect(dialog).to_contain_text("can only come back with a new invitation")
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

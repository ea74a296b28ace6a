"""The Groups page, permissions that are cloned, and actions on several users at once, on a phone and on a desktop."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Window
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import begin, expect_heading, field, open_user, open_users, press, sign_in, user_line


def test_a_group_is_created_found_used_and_kept_until_it_is_empty(people: People, window: Window) -> None:
    ann = people.an_account()
    lee = people.a_user(ann, first_name="Lee", last_name="Sherron")
    page = window.page
    sign_in(window, ann.address, path=f"/console/{ann.account_id}/groups")
    expect_heading(page, "Groups")

    press(page, "New group")
    dialog = page.get_by_role("dialog")
    field(dialog, "Name").fill("Sales")
    field(dialog, "Find a permission").fill("opportunities")
    dialog.get_by_role("checkbox", name="Opportunities", exact=True).check()
    take(window, "group-new")
    press(dialog, "Create")
    field(page, "Search").fill("sal")
    expect(_card(page, "Sales")).to_contain_text("5 in Opportunities")
    expect(_card(page, "Everyone")).to_be_hidden()
    _add_to_group(window, "Lee Sherron", "Sales", path=f"/console/{ann.account_id}/users")
    window.open(f"/console/{ann.account_id}/groups")
    expect(_card(page, "Sales")).to_contain_text("1 user")
    take(window, "groups")
    press(page, "Delete Sales")

    expect(dialog.get_by_role("alert")).to_have_text(
        "1 user is in this group. Move this person to another group first."
    )
    take(window, "group-in-use")
    dialog.get_by_role("link", name="Show users").click()
    expect(user_line(page, "Lee Sherron")).to_be_visible()
    assert {group["name"] for group in people.seen(lee, by=ann)["groups"]} == {"Everyone", "Sales"}


def test_permissions_are_cloned_after_a_preview(people: People, window: Window) -> None:
    ann = people.an_account()
    lee = people.a_user(ann, first_name="Lee", last_name="Sherron", permissions={"allow": ["contacts.export"]})
    people.a_user(ann, first_name="Kim", last_name="Novak", permissions={"allow": ["orders.view"]})
    page = window.page
    open_user(window, ann.address, f"/console/{lee.account_id}/users/{lee.user_id}")

    dialog = begin(page, "Clone permissions to…", name="Lee Sherron")
    dialog.get_by_role("combobox", name="Clone to").fill("kim")
    dialog.get_by_role("option", name="Kim Novak").click()
    expect(dialog.get_by_role("list", name="What changes")).to_contain_text(
        "Gets: Export contacts. Loses: View own and team’s orders."
    )
    take(window, "clone-preview")
    press(dialog, "Clone permissions")

    expect(dialog.get_by_role("list", name="Results")).to_contain_text("Changed")
    take(window, "clone-results")


def test_several_users_are_blocked_and_each_has_a_result(people: People, window: Window) -> None:
    ann = people.an_account()
    users = [people.a_user(ann, first_name=name, last_name="Active") for name in ("Max", "Mia")]
    people.invited(ann, first_name="Ina", last_name="Vited")
    page = window.page
    open_users(window, ann.address, path=f"/console/{ann.account_id}/users")

    page.get_by_role("checkbox", name="Select all shown").check()
    bar = page.get_by_role("region", name="Selected users")
    expect(bar).to_contain_text("4 selected")
    take(window, "users-selected")
    press(bar, "Block (2)")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile(r"^Left out, .*Ann Admin"))).to_be_visible()
    press(dialog, "Block")

    expect(dialog.get_by_text("2 of 2 done.")).to_be_visible()
    take(window, "users-blocked-at-once")
    press(dialog, "Done")
    expect(bar).to_be_hidden()
    assert [people.seen(user, by=ann)["status"] for user in users] == ["blocked", "blocked"]


def _card(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=True))


def _add_to_group(window: Window, name: str, group: str, *, path: str) -> None:
    page = window.page
    window.open(path)
    page.get_by_role("checkbox", name=f"Select {name}").check()
    press(page, "Add to group (1)")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Groups").click()
    dialog.get_by_role("option", name=group, exact=True).click()
    page.keyboard.press("Tab")
    press(dialog, "Add to group")
    expect(dialog.get_by_text("1 of 1 done.")).to_be_visible()

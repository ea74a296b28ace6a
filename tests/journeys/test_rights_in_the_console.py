"""Permissions that are cloned, and actions on several users at once, on a phone and on a desk."""

import re

from playwright.sync_api import expect

from tests.journeys.browser import Window
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import open_user, open_users, press


def test_permissions_are_cloned_after_a_preview(people: People, window: Window) -> None:
    ann = people.an_account()
    lee = people.a_user(ann, first_name="Lee", last_name="Sherron", permissions={"allow": ["contacts.export"]})
    people.a_user(ann, first_name="Kim", last_name="Novak", permissions={"allow": ["orders.view"]})
    page = window.page
    open_user(window, ann.address, f"/console/{lee.account_id}/users/{lee.user_id}")

    press(page, "Clone permissions to…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Clone to").fill("kim")
    dialog.get_by_role("option", name="Kim Novak").click()
    expect(dialog.get_by_role("list", name="What changes")).to_contain_text(
        "Gets: Export contacts. Loses: View own and team's orders."
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

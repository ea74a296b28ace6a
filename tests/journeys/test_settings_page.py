"""What administrators decide for their account, at the console."""

import json
import re

from playwright.sync_api import expect

from tests.journeys.browser import Window
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_users, press, sign_in


def test_only_what_was_changed_is_sent_and_a_simple_invitation_follows(ann: Member, window: Window) -> None:
    page = window.page
    open_users(window, ann.address)
    page.get_by_role("link", name="Settings", exact=True).click()
    expect_heading(page, "Settings")
    take(window, "settings")

    page.get_by_role("radio", name="First name only").check()
    press(page, "Save settings")

    expect(page.get_by_text("The settings have been saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Save settings")).to_be_disabled()
    take(window, "settings-saved")
    sent = [request for request in window.requests if request.method == "PATCH"]
    assert [json.loads(request.post_data or "") for request in sent] == [{"invite_profile": "simple"}]
    page.get_by_role("navigation").get_by_role("link", name="Users").click()
    press(page, "Invite user")
    dialog = page.get_by_role("dialog")
    field(dialog, "First name").fill("Solo")
    field(dialog, "Email").fill(an_address("solo"))
    press(dialog, "Send invitation")
    page.get_by_role("link", name="Solo", exact=True).click()
    expect(page.get_by_role("heading", name="Solo", exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Everyone")


def test_a_setting_that_cannot_be_says_why(ann: Member, window: Window) -> None:
    page = window.page
    sign_in(window, ann.address, path=f"/console/{ann.account_id}/settings")
    expect_heading(page, "Settings")

    field(page, "Invitation emails per day").fill("many")
    press(page, "Save settings")
    expect(field(page, "Invitation emails per day")).to_be_focused()
    field(page, "Invitation emails per day").fill("50")
    field(page, "Help page").fill("https://not a host")
    press(page, "Save settings")

    expect(page.get_by_role("alert")).to_contain_text("Please check the fields marked in red.")
    expect(field(page, "Help page")).to_be_focused()
    expect(field(page, "Help page")).to_have_accessible_description(re.compile("such as https://example.com/help"))
    take(window, "settings-refused")
    press(page, "Discard changes")
    expect(field(page, "Invitation emails per day")).to_have_value("1000")


def test_links_that_may_not_be_copied_are_not_offered(people: People, ann: Member, window: Window) -> None:
    people.invited(ann)
    page = window.page
    sign_in(window, ann.address, path=f"/console/{ann.account_id}/settings")
    page.get_by_role("switch", name="Administrators may copy links").uncheck(force=True)
    press(page, "Save settings")
    expect(page.get_by_text("The settings have been saved.")).to_be_visible()

    page.get_by_role("navigation").get_by_role("link", name="Users").click()
    press(page, "Actions for Lee Sherron")

    expect(page.get_by_role("menuitem")).to_have_text(
        [re.compile("^Resend"), "Edit", "Clone permissions to…", "Revoke"]
    )


def test_settings_are_for_administrators(people: People, ann: Member, window: Window) -> None:
    lee = people.a_user(ann)
    open_users(window, lee.address)
    expect(window.page.get_by_role("link", name="Settings", exact=True)).to_be_hidden()

    window.open(f"/console/{ann.account_id}/settings")

    expect_heading(window.page, "Settings")
    expect(window.page.get_by_text("Only administrators can change settings.")).to_be_visible()
    take(window, "settings-not-allowed")


def test_the_console_has_an_icon_of_its_own(desk: Window) -> None:
    desk.open("/console/")

    answer = desk.page.request.get(f"{desk.origin}/favicon.ico")

    assert (answer.status, answer.headers["content-type"].split("/")[0]) == (200, "image")

"""A person changes their password on their profile page, and signs out everywhere (rule 18)."""

from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, press, sign_in

NEW = "Trombone71"


def test_a_password_is_changed_and_every_other_session_ends(people: People, mailbox: Mailbox, window: Window) -> None:
    ann = people.an_account()
    page = window.page
    sign_in(window, ann.address, path=f"/console/{ann.account_id}/profile")
    expect_heading(page, "Signing in")
    take(window, "profile-page")
    press(page, "Change password…")
    dialog = page.get_by_role("dialog")
    field(dialog, "Current password").fill("Trombone99")
    field(dialog, "New password").fill(NEW)
    press(dialog, "Change password")
    expect(dialog.get_by_text("This is not your current password.")).to_be_visible()
    take(window, "change-password-wrong")
    field(dialog, "Current password").fill(PASSWORD)
    press(dialog, "Change password")
    expect(dialog).to_be_hidden()

    expect(page.get_by_text("All your other sessions have ended")).to_be_visible()
    assert people.api.get("/v1/me", token=ann.token).status == 401
    assert people.api.try_sign_in(ann.address, PASSWORD).status != 200
    assert people.api.try_sign_in(ann.address, NEW).status == 200
    assert mailbox.wait_for(ann.address, "password")
    page.reload()
    expect_heading(page, "Signing in")

    press(page, "Sign out everywhere…")
    take(window, "sign-out-everywhere")
    press(page.get_by_role("dialog"), "Sign out everywhere")
    expect(page.get_by_text("You are signed out.")).to_be_visible()

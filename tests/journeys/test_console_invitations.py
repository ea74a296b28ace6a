"""What administrators do with the invitations of the list: resend, copy, revoke."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.journeys.browser import DESK, Window, a_window
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import begin, open_users, press, resend, user_line


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
    expect(window.page.get_by_text("Lee Sherron’s invitation has been revoked.")).to_be_visible()
    expect(window.page.get_by_text("1 of 10 seats used")).to_be_visible()
    expect(window.page.get_by_text("1 person")).to_be_visible()
    take(window, "users-after-revoking")
    assert people.preview(token).code == "invitation_revoked"

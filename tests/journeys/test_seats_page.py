"""Seats at the console: what is free, what is asked for, and a full account's way out."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.api import ApiClient
from tests.journeys.browser import Window
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_users, press, user_line

LAPTOP = 1024


@pytest.fixture
def ann(people: People) -> Member:
    """The administrator of an account whose only seat she takes."""
    return people.an_account(name="Northwind Traders", seats=1)


def test_a_full_account_gets_a_seat_while_someone_is_invited(ann: Member, window: Window) -> None:
    page = window.page
    open_users(window, ann.address)
    press(page, "Invite user")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("No seat is free")).to_be_visible()
    take(window, "invite-no-seat")
    field(dialog, "First name").fill("Lee")

    press(dialog, "Buy a seat")
    field(page.get_by_role("dialog"), "Number of seats").fill("2")
    press(page, "Send request")

    expect(page.get_by_text("2 seats have been added.")).to_be_visible()
    expect(field(dialog, "First name")).to_have_value("Lee")
    expect(dialog.get_by_text("No seat is free")).to_have_count(0)
    field(dialog, "Last name").fill("Sherron")
    field(dialog, "Email").fill(an_address())
    press(dialog, "Send invitation")
    expect(user_line(page, "Lee Sherron")).to_contain_text("Invited")
    expect(page.get_by_text("2 of 3 seats used")).to_be_visible()


def test_seats_are_bought_asked_for_and_given_back(ann: Member, window: Window, people: People, api: ApiClient) -> None:
    page = window.page
    open_users(window, ann.address)
    page.get_by_role("main").get_by_role("link", name="1 of 1 seat used").click()
    expect_heading(page, "Seats")
    expect(page.get_by_text("No seats have been requested yet.")).to_be_visible()
    take(window, "seats-none-free")

    _ask(page, "Buy seats", "3")
    expect(_request(page, "Purchase of 3 seats")).to_contain_text("Approved")
    _ask(page, "Complimentary seats", "2", reason="Two colleagues who help us\nwith the move in spring")
    waiting = _request(page, "2 complimentary seats")
    expect(waiting).to_contain_text("Waiting")
    _approve_all(ann, people, api)
    page.reload()
    expect(waiting).to_contain_text("Approved by Usher support")
    press(page, "Give seats back")
    field(page.get_by_role("dialog"), "Number of seats").fill("5")
    press(page, "Give back")
    expect(field(page.get_by_role("dialog"), "Number of seats")).to_have_accessible_description(
        "You cannot give back that many: only seats that were bought and are free. Enter a smaller number."
    )
    take(window, "seats-give-back")
    field(page.get_by_role("dialog"), "Number of seats").fill("1")
    press(page, "Give back")

    expect(_request(page, "1 seat given back")).to_be_visible()
    expect(page.get_by_role("progressbar", name="1 of 5 seats used")).to_be_visible()
    take(window, "seats")


def test_seats_are_asked_for_with_the_keyboard_alone(ann: Member, desk: Window) -> None:
    page = desk.page
    page.set_viewport_size({"width": LAPTOP, "height": 768})
    open_users(desk, ann.address)
    page.get_by_role("navigation").get_by_role("link", name="Seats").press("Enter")
    expect_heading(page, "Seats")

    page.get_by_role("button", name="Ask for more seats").press("Enter")
    expect(field(page, "Number of seats")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Complimentary seats")).to_be_checked()
    desk.width = LAPTOP
    take(desk, "seats-ask")
    page.keyboard.press("Enter")

    expect(_request(page, "1 complimentary seat")).to_contain_text("Waiting")
    expect(page.get_by_role("button", name="Ask for more seats")).to_be_focused()
    take(desk, "seats")


def _ask(page: Page, kind: str, quantity: str, *, reason: str = "") -> None:
    press(page, "Ask for more seats")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=kind).check()
    field(dialog, "Number of seats").fill(quantity)
    field(dialog, "Reason (optional)").fill(reason)
    press(dialog, "Send request")
    expect(dialog).to_have_count(0)


def _request(page: Page, title: str) -> Locator:
    return page.get_by_role("list", name="Requests").get_by_role("listitem").filter(has_text=title)


def _approve_all(ann: Member, people: People, api: ApiClient) -> None:
    listed = api.get(ann.path("/seats/requests"), token=ann.token).body["data"]
    for request in listed:
        if request["status"] == "pending":
            path = f"/v1/operator/accounts/{ann.account_id}/seats/requests/{request['request_id']}/approve"
            approved = api.post(path, {}, token=people.operator_token())
            assert approved.status == 200, approved.text

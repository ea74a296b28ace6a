"""The Users page: who is there, found, sorted, filtered and paged, on a phone and on a desktop."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browser import DESK, Window
from tests.journeys.emulator import Emulator
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_users, press, show_filters, sign_in, user_line

NAMES = ["Zoe Adler", "Ada Zimmer", "Ólafur Stefánsson", "Maximiliana-Alexandra von und zu Hohenlohe-Langenburg"]
MANY = 57


@pytest.fixture(scope="module")
def ann(people: People, emulator: Emulator) -> Member:
    """Of an account with someone in most states."""
    ann = people.an_account(seats=20, name="Northwind Traders")
    for name in NAMES:
        first, _, last = name.partition(" ")
        people.invited(ann, first_name=first, last_name=last)
    people.a_user(ann, first_name="Moritz", last_name="Active", admin=True)
    gone = people.a_user(ann, first_name="Ines", last_name="Active")
    people.deactivate(gone, by=ann)
    late = people.invited(ann, first_name="Ed", last_name="Late")
    emulator.let_time_pass(late, days=9)
    people.listed(ann, len(NAMES) + 4, status="all")
    return ann


@pytest.fixture(scope="module")
def many(people: People) -> Member:
    """Of an account with more users than a page holds."""
    many = people.an_account(seats=MANY + 1)
    with ThreadPoolExecutor(2) as inviters:
        list(inviters.map(lambda n: people.invited(many, first_name=f"Guest {n:02}", last_name="Of Many"), range(MANY)))
    return many


def test_the_list_shows_who_is_invited_expired_and_active(ann: Member, window: Window) -> None:
    open_users(window, ann.address)

    for name in [*NAMES, "Ed Late", "Moritz Active", "Ann Admin"]:
        expect(user_line(window.page, name)).to_be_visible()
    expect(user_line(window.page, "Ines Active")).to_be_hidden()
    expect(user_line(window.page, "Ed Late")).to_contain_text("Expired")
    expect(window.page.get_by_text("7 people")).to_be_visible()
    take(window, "users")


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1100, 1280, 1920])
def test_list_holds_at_every_width(ann: Member, desk: Window, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    open_users(desk, ann.address)
    expect(user_line(desk.page, "Zoe Adler")).to_be_visible()

    name = desk.page.get_by_role("link", name="Zoe Adler").bounding_box()
    badge = user_line(desk.page, "Moritz Active").get_by_text("Admin", exact=True)

    assert name is not None
    assert name["height"] < 2 * 20, "the name is broken into lines"
    assert badge.evaluate("badge => badge.scrollWidth <= badge.clientWidth"), "the badge is cut"
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    take(desk, f"users-at-{width}")


def test_statuses_are_chosen_and_kept_in_the_address(ann: Member, window: Window) -> None:
    page = window.page
    open_users(window, ann.address)

    show_filters(window)
    for status in ("Inactive", "Invited", "Expired", "Active"):
        page.get_by_role("checkbox", name=status, exact=True).press("Space")

    expect(user_line(page, "Ines Active")).to_contain_text("Inactive")
    expect(user_line(page, "Moritz Active")).to_be_hidden()
    assert page.url.endswith("?status=inactive")
    take(window, "users-inactive")
    page.reload()
    expect(user_line(page, "Ines Active")).to_be_visible()


def test_who_declined_or_was_removed_is_found_by_that(people: People, emulator: Emulator, window: Window) -> None:
    ann = people.an_account()
    declined = people.invited(ann, first_name="Dee", last_name="Clined")
    people.api.post("/v1/invitations/decline", {"token": emulator.sign(declined)})
    removed = people.invited(ann, first_name="Rea", last_name="Moved")
    people.api.post(ann.path(f"/users/{removed['user_id']}/revoke"), {}, token=ann.token)
    people.listed(ann, 2, status="declined,removed")
    page = window.page
    open_users(window, ann.address)
    expect(page.get_by_text("1 person")).to_be_visible()

    show_filters(window)
    for status in ("Declined", "Removed"):
        page.get_by_role("checkbox", name=status, exact=True).press("Space")

    expect(user_line(page, "Dee Clined")).to_contain_text("Declined")
    expect(user_line(page, "Rea Moved")).to_contain_text("Revoked")
    expect(page.get_by_text("3 people")).to_be_visible()
    take(window, "users-declined-and-removed")


def test_a_search_finds_the_start_of_a_name_or_an_address(people: People, ann: Member, window: Window) -> None:
    people.listed(ann, 1, search="von und")
    page = window.page
    open_users(window, ann.address)

    field(page, "Search").fill("ohenlohe")
    expect_nobody = page.get_by_role("heading", name="No users found")
    expect(expect_nobody).to_be_visible()
    field(page, "Search").fill("von und")
    expect(user_line(page, "Maximiliana")).to_be_visible()
    expect(user_line(page, "Zoe Adler")).to_be_hidden()

    take(window, "users-found")


def test_nobody_found_is_said_and_led_out_of(ann: Member, window: Window) -> None:
    page = window.page
    open_users(window, ann.address)

    field(page, "Search").fill("nobody has this name")
    expect_heading(page, "No users found")
    take(window, "users-nobody")
    press(page, "Clear search and filters")

    expect(user_line(page, "Zoe Adler")).to_be_visible()
    expect(field(page, "Search")).to_have_value("")


def test_the_order_follows_the_column(ann: Member, window: Window) -> None:
    page = window.page
    open_users(window, ann.address)
    expect(_names(window).first).to_contain_text("Ada Zimmer")

    if window.width == DESK:
        press(page, "User")
    else:
        show_filters(window)
        field(page, "Order").select_option("Name, Z to A")

    expect(_names(window).first).to_contain_text("Zoe Adler")
    assert page.url.endswith("?sort=-name")


def test_more_than_a_page_is_loaded_on_demand_and_nobody_is_lost(many: Member, window: Window) -> None:
    page = window.page
    open_users(window, many.address)
    expect(_names(window)).to_have_count(50)
    expect(page.get_by_text(f"{MANY + 1} people")).to_be_visible()

    press(page, "Load more")

    expect(_names(window)).to_have_count(MANY + 1)
    expect(page.get_by_role("button", name="Load more")).to_be_hidden()
    shown = _names(window).all_inner_texts()
    assert all(any(f"Guest {n:02}" in text for text in shown) for n in range(MANY))
    take(window, "users-many")


def test_who_is_shown_stays_when_the_next_page_does_not_come(many: Member, window: Window) -> None:
    page = window.page
    open_users(window, many.address)
    expect(_names(window)).to_have_count(50)
    page.route("**/users?*cursor=*", lambda route: route.fulfill(status=429, json={}))

    press(page, "Load more")

    expect(page.get_by_role("alert")).to_contain_text("Too many requests")
    expect(_names(window)).to_have_count(50)
    take(window, "users-more-failed")
    page.unroute_all()
    press(page, "Try again")
    expect(_names(window)).to_have_count(MANY + 1)
    assert all("429" in complaint for complaint in window.complaints)
    window.complaints.clear()


def test_a_user_without_users_view_sees_a_welcome(people: People, ann: Member, window: Window) -> None:
    lee = people.a_user(ann, permissions={"allow": [], "deny": ["users.view"]})

    sign_in(window, lee.address)

    expect_heading(window.page, "Welcome to Northwind Traders")
    take(window, "console-welcome")
    people.deactivate(lee, by=ann)


def _names(window: Window) -> Locator:
    page = window.page
    if window.width == DESK:
        return page.get_by_role("table").locator("tbody").get_by_role("row")
    return page.get_by_role("list", name="Users").get_by_role("listitem")

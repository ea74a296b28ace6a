"""The Users page as a file, and by the keyboard."""

import csv
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.browser import Window
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import field, open_users, press, sign_in


def _account(people: People) -> tuple[Member, dict[str, str], Member]:
    """An administrator, someone invited whose name a spreadsheet would calculate, and an active user."""
    ann = people.an_account(name="Northwind Traders")
    invited = people.invited(ann, an_address("nils"), first_name="=Nils; Ü", last_name="O'Hara, Jr.")
    active = people.a_user(ann, an_address("mia"), first_name="Mia", last_name="Member")
    people.listed(ann, 3)
    return ann, invited, active


def test_users_that_are_shown_are_in_the_file(people: People, window: Window) -> None:
    ann, invited, active = _account(people)
    page = window.page
    open_users(window, ann.address)

    with page.expect_download() as download:
        press(page, "Export CSV")

    assert download.value.suggested_filename == f"users-{ann.account_id}.csv"
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets take it for another encoding"
    rows = {row["Email"]: row for row in csv.DictReader(content.decode("utf-8-sig").splitlines())}
    assert set(rows) == {ann.address, invited["email"], active.address}
    row = rows[invited["email"]]
    assert (row["First name"], row["Last name"]) == ("'=Nils; Ü", "O'Hara, Jr.")
    assert (row["Status"], row["Joined"], row["Groups"]) == ("Invited", "", "Everyone")
    assert (rows[ann.address]["Role"], rows[active.address]["Role"]) == ("Administrator", "")
    assert rows[active.address]["Status"] == "Active"
    assert rows[active.address]["Joined"].endswith("Z")
    assert row["Invited"] == invited["created_at"]
    assert invited["user_id"] in row.values()


def test_only_what_was_searched_is_in_the_file(people: People, desk: Window) -> None:
    ann, _, active = _account(people)
    people.listed(ann, 1, search="mia")
    sign_in(desk, ann.address, path=f"/console/{ann.account_id}/users?search=mia")
    expect(desk.page.get_by_text("1 found")).to_be_visible()

    with desk.page.expect_download() as download:
        press(desk.page, "Export CSV")

    rows = list(csv.DictReader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
    assert [row["Email"] for row in rows] == [active.address]


def test_keys_search_invite_and_show_themselves(people: People, desk: Window) -> None:
    ann = people.an_account()
    page = desk.page
    open_users(desk, ann.address)

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Invite someone, on the Users page")
    take(desk, "shortcuts")
    page.keyboard.press("n")
    expect(page.get_by_role("dialog")).to_have_count(1)
    press(dialog, "Done")
    expect(dialog).to_be_hidden()

    page.keyboard.press("/")
    expect(field(page, "Search")).to_be_focused()
    page.keyboard.type("n?/")
    expect(field(page, "Search")).to_have_value("n?/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    field(page, "Search").fill("")
    field(page, "Search").blur()

    page.keyboard.press("n")
    expect(page.get_by_role("dialog")).to_contain_text("Send invitation")
    expect(page.get_by_role("dialog").get_by_label("First name")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_keys_that_are_switched_off_do_nothing(people: People, desk: Window) -> None:
    ann = people.an_account()
    page = desk.page
    open_users(desk, ann.address)
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_label("Use keyboard shortcuts").press("Space")
    press(page.get_by_role("dialog"), "Done")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.keyboard.press("n")
    page.keyboard.press("/")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(field(page, "Search")).not_to_be_focused()

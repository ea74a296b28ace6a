"""Inviting many people at the console: pasted and from a file, checked, corrected in place, sent, downloaded."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import text_of
from tests.journeys.browser import Window
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People, an_address
from tests.journeys.pictures import take
from tests.journeys.screens import expect_heading, field, open_users, press, user_line


@pytest.fixture
def ann(people: People) -> Member:
    return people.an_account(name="Northwind Traders", seats=4)


def test_pasted_and_from_a_file_then_corrected_invited_and_downloaded(
    ann: Member, window: Window, people: People, mailbox: Mailbox, tmp_path: Path
) -> None:
    page = window.page
    lee, kim, max_, boss = (an_address(name) for name in ("lee", "kim", "max", "boss"))
    _open(window, ann)
    take(window, "many")
    field(page, "Email addresses").fill(f'"Sherron, Lee" <{lee}>; Kim Ko <kim@example>, Ann Admin <{ann.address}>')
    press(page, "Check the list")
    _expect_verdicts(page, "1 person can be invited. 2 rows have a problem.")
    file = tmp_path / "people.csv"
    file.write_bytes(f"Vorname;Nachname;E-Mail\nMax;Müller;{max_}\nLee;Again;{lee.upper()}\n".encode("latin-1"))
    press(page, "Add people")
    page.get_by_label("Choose a CSV file").set_input_files(file)
    _expect_verdicts(page, "2 people can be invited. 3 rows have a problem.")
    expect(_row(page, 5)).to_contain_text("This address is on the list already.")
    expect(_row(page, 3)).to_contain_text("already belongs to an active user")
    take(window, "many-list")

    field(page, "Email, row 2").fill(kim)
    field(page, "Email, row 2").press("Enter")
    _expect_verdicts(page, "3 people can be invited. 2 rows have a problem.")
    field(page, "Message").fill("Welcome aboard!")
    page.reload()
    _expect_verdicts(page, "3 people can be invited. 2 rows have a problem.")
    notified = page.get_by_role("combobox", name="Also notify (optional)")
    notified.fill(boss)
    notified.press("Enter")
    press(page, "Invite 3 people")

    expect(page.get_by_text("3 people have been invited. No invitation was sent for 2 rows.")).to_be_visible()
    take(window, "many-result")
    for address in (lee, kim, max_):
        assert "Welcome aboard!" in text_of(mailbox.wait_for(address))
    assert "Lee Sherron" in text_of(mailbox.wait_for(boss))
    with page.expect_download() as download:
        press(page, "Download the result")
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert f"Max,Müller,{max_},Invited," in lines
    assert f"Lee,Again,{lee.upper()},Not invited,This address is on the list already." in lines
    page.get_by_role("link", name="Show the users").click()
    expect(user_line(page, "Max Müller")).to_contain_text("Invited")
    assert people.seats_used(ann) == 4


@pytest.mark.parametrize("width", [320, 768, 1024, 1280, 1920])
def test_the_list_holds_at_every_width_and_with_the_keyboard(ann: Member, desk: Window, width: int) -> None:
    page = desk.page
    page.set_viewport_size({"width": width, "height": 800})
    _open(desk, ann)
    field(page, "Email addresses").fill(f"Maximiliana-Alexandra Hohenlohe-Langenburg <{an_address()}>\nnobody")
    page.get_by_role("button", name="Check the list").press("Enter")
    _expect_verdicts(page, "1 person can be invited. 1 row has a problem.")

    page.get_by_role("button", name="Remove row 2").press("Enter")

    _expect_verdicts(page, "1 person can be invited.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    take(desk, f"many-at-{width}")


def _open(window: Window, ann: Member) -> None:
    open_users(window, ann.address)
    menu = window.page.get_by_role("button", name="More ways to invite", exact=True)
    if menu.is_visible():  # on a narrow screen
        menu.click()
    window.page.get_by_role("link", name="Invite many", exact=True).or_(
        window.page.get_by_role("menuitem", name="Invite many", exact=True)
    ).click()
    expect_heading(window.page, "Invite many people")


def _expect_verdicts(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text="can be invited")).to_have_text(text, timeout=15_000)


def _row(page: Page, number: int) -> Locator:
    return page.get_by_role("list", name="People").get_by_role("listitem").nth(number - 1)

"""Someone who owns records is deactivated at the console."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.awaiting import awaited
from tests.journeys.browser import Window
from tests.journeys.people import Member, People
from tests.journeys.pictures import take
from tests.journeys.screens import open_user, press

OWNED = (("contact", "c-1", None), ("task", "t-1", "pending"), ("task", "t-2", "completed"), ("note", "n-1", None))


@pytest.fixture
def ann(people: People) -> Member:
    return people.an_account()


@pytest.fixture
def lee(people: People, ann: Member) -> Member:
    """Someone who owns a contact, two tasks and a note."""
    lee = people.a_user(ann)
    for record_type, record_id, status in OWNED:
        body = {"owner_id": lee.user_id, "status": status, "title": f"Title of {record_id}"}
        path = ann.path(f"/records/{record_type}/{record_id}")
        assert people.api.request("PUT", path, body, token=ann.token).status == 200
    return lee


def test_records_go_to_whom_the_administrator_names_and_are_moved_on(
    people: People, ann: Member, lee: Member, window: Window
) -> None:
    kim = people.a_user(ann, first_name="Kim", last_name="Kell")
    people.listed(ann, 3)
    page = window.page
    dialog = _ask_to_deactivate(window, ann, lee)
    expect(dialog.get_by_text("Contacts: 1")).to_be_visible()
    expect(dialog.get_by_text("Tasks: 1 completed, to be removed for good")).to_be_visible()
    expect(dialog.get_by_text("Not affected: Notes")).to_be_visible()
    expect(dialog.get_by_text("you can hand the records over again later")).to_be_visible()
    take(window, "deactivate-with-records")
    _choose(page, "New owner", "Kim")
    press(dialog, "Deactivate")
    expect(dialog.get_by_text("Contacts: 1, to Kim Kell")).to_be_visible()
    take(window, "deactivate-sure")
    press(dialog, "Deactivate")
    expect(dialog).to_be_hidden()

    assert people.seen(lee, by=ann)["status"] == "inactive"
    moved = awaited(lambda: _owned(people, ann, kim, 2), what="the move of the records")
    assert sorted(record["record_id"] for record in moved) == ["c-1", "t-1"]
    assert awaited(lambda: _owned(people, ann, lee, 1), what="the end of the finished task")[0]["record_id"] == "n-1"

    section = page.get_by_role("region", name="Records")
    expect(section.get_by_text("2 records handed over to Kim Kell.")).to_be_visible(timeout=20_000)
    page.reload()
    expect(section.get_by_text("2 records handed over to Kim Kell.")).to_be_visible()
    press(section, "Show what was handed over")
    expect(section.get_by_role("listitem")).to_have_count(3)
    take(window, "records-moved")
    press(section, "Hand over again…")
    _choose(page, "New owner", "Ann")
    press(dialog, "Hand over again")
    press(dialog, "Hand over again")
    expect(dialog).to_be_hidden()

    expect(section.get_by_text("2 records handed over to Ann Admin.")).to_be_visible(timeout=20_000)
    assert awaited(lambda: _owned(people, ann, ann, 2), what="the second move")


def test_records_go_to_one_person_per_type(people: People, ann: Member, lee: Member, desk: Window) -> None:
    kim = people.a_user(ann, first_name="Kim", last_name="Kell")
    people.listed(ann, 3)
    dialog = _ask_to_deactivate(desk, ann, lee)
    press(dialog, "Choose per type")
    _choose(desk.page, "Contacts: new owner", "Kim")
    _choose(desk.page, "Tasks: new owner", "Ann")
    press(dialog, "Deactivate")
    press(dialog, "Deactivate")
    expect(dialog).to_be_hidden()

    assert awaited(lambda: _owned(people, ann, kim, 1), what="the contact")[0]["record_id"] == "c-1"
    assert awaited(lambda: _owned(people, ann, ann, 1), what="the task")[0]["record_id"] == "t-1"


def test_someone_is_locked_out_now_and_their_records_are_handed_over_later(
    people: People, ann: Member, lee: Member, window: Window
) -> None:
    page = window.page
    dialog = _ask_to_deactivate(window, ann, lee)
    dialog.get_by_label("Deactivate now, hand over later").check()
    press(dialog, "Deactivate")
    expect(dialog).to_be_hidden()

    seen = people.seen(lee, by=ann)
    assert (seen["status"], seen["records_waiting"]) == ("inactive", 2)
    section = page.get_by_role("region", name="Records")
    expect(section.get_by_text("2 records are waiting for a new owner.")).to_be_visible(timeout=20_000)
    take(window, "records-waiting")
    people.listed(ann, 1, status="inactive")
    window.open(f"/console/{ann.account_id}/users?status=inactive")
    expect(page.get_by_text("2 records waiting")).to_be_visible()
    take(window, "users-with-records-waiting")
    window.open(f"/console/{ann.account_id}/users/{lee.user_id}")
    press(section, "Hand over now…")
    dialog.get_by_label("Contacts: 1").uncheck()
    _choose(page, "New owner", "Ann")
    take(window, "hand-over-now")
    press(dialog, "Hand over")
    press(dialog, "Hand over")

    expect(section.get_by_text("1 record is waiting for a new owner.")).to_be_visible(timeout=20_000)
    expect(section.get_by_text("1 record handed over to Ann Admin.")).to_be_visible()


def _ask_to_deactivate(window: Window, ann: Member, lee: Member) -> Locator:
    """Up to the dialog that shows what Lee owns."""
    open_user(window, ann.address, f"/console/{ann.account_id}/users/{lee.user_id}")
    press(window.page, "Deactivate")
    dialog = window.page.get_by_role("dialog")
    expect(dialog.get_by_text("Lee owns:")).to_be_visible()
    return dialog


def _choose(page: Page, label: str, name: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=name).click()


def _owned(people: People, ann: Member, owner: Member, number: int) -> list[dict[str, Any]] | None:
    answer = people.api.get(ann.path("/records"), token=ann.token, owner_id=owner.user_id)
    found: list[dict[str, Any]] = answer.body["data"]
    return found if len(found) == number else None

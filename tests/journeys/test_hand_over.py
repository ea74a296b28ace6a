"""Someone who owns records is deactivated at the console."""

from typing import Any

import pytest
from playwright.sync_api import expect

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


def test_records_go_to_whom_the_administrator_names(people: People, ann: Member, lee: Member, window: Window) -> None:
    kim = people.a_user(ann, first_name="Kim", last_name="Kell")
    people.listed(ann, 3)
    page = window.page
    _ask_to_deactivate(window, ann, lee)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Contacts: 1")).to_be_visible()
    expect(dialog.get_by_text("This cannot be undone.")).to_be_visible()
    take(window, "deactivate-with-records")
    dialog.get_by_role("combobox", name="New owner").click()
    page.get_by_role("option", name="Kim Kell").click()
    press(dialog, "Deactivate")
    expect(dialog).to_be_hidden()

    assert people.seen(lee, by=ann)["status"] == "inactive"
    moved = awaited(lambda: _owned(people, ann, kim, 2), what="the move of the records")
    assert sorted(record["record_id"] for record in moved) == ["c-1", "t-1"]
    assert awaited(lambda: _owned(people, ann, lee, 1), what="the end of the finished task")[0]["record_id"] == "n-1"


def test_someone_is_locked_out_now_and_their_records_wait(
    people: People, ann: Member, lee: Member, desk: Window
) -> None:
    _ask_to_deactivate(desk, ann, lee)
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Lock out now, hand over later").check()
    press(dialog, "Deactivate")
    expect(dialog).to_be_hidden()

    seen = people.seen(lee, by=ann)
    assert (seen["status"], seen["records_waiting"]) == ("inactive", 2)


def _ask_to_deactivate(window: Window, ann: Member, lee: Member) -> None:
    """Up to the dialog that shows what Lee owns."""
    open_user(window, ann.address, f"/console/{ann.account_id}/users/{lee.user_id}")
    press(window.page, "Deactivate")
    press(window.page.get_by_role("dialog"), "Deactivate")


def _owned(people: People, ann: Member, owner: Member, number: int) -> list[dict[str, Any]] | None:
    answer = people.api.get(ann.path("/records"), token=ann.token, owner_id=owner.user_id)
    found: list[dict[str, Any]] = answer.body["data"]
    return found if len(found) == number else None

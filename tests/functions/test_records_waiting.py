"""The list of those who have left records that wait for another owner (rules 22 and 33)."""

import time_machine

from tests.clock import next_noon
from tests.command_cases.records import assert_counted, put
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    DELETE_RECORD,
    PUT_RECORDS,
    REASSIGN,
    REMOVE,
    REVOKE,
    USERS,
    ActiveUser,
    a_user,
    invited,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, comes_back, on_user
from tests.invoke import wake
from tests.table_edits import indexed, user_row


def someone_who_left(by: ActiveUser, address: str, *, contacts: int = 1) -> ActiveUser:
    """A user who left that many contacts, and a note, which stays with them."""
    person = a_user(by, address)
    name = address.partition("@")[0]
    put(by, "note", f"n-{name}", person)
    for number in range(contacts):
        put(by, "contact", f"{name}-{number}", person)
    assert on_user(DEACTIVATE, by, person.user_id, **({"hand_over": "later"} if contacts else {})).status == 200
    return person


def waiting(by: ActiveUser, **query: str) -> dict[str, int]:
    """The records of each user on the page that wait, by first name and address."""
    indexed()
    asked = {"records_waiting": "true", **query}
    answer = call(USERS, caller=by.signed_in, account_id=ACCOUNT, query=asked)
    assert answer.status == 200, answer.text
    is_whole = not query.keys() & {"cursor", "search"} and answer.body["next_cursor"] is None
    assert answer.body["total"] == (len(answer.body["data"]) if is_whole else None)
    return {user["email"]: user["records_waiting"] for user in answer.body["data"]}


def test_those_who_left_records_are_listed_in_any_order_and_nobody_else() -> None:
    ann = an_account()
    someone_who_left(ann, "max@example.org", contacts=2)
    someone_who_left(ann, "kim@example.org")
    someone_who_left(ann, "lou@example.org", contacts=0)
    put(ann, "contact", "c-active", a_user(ann, "pat@example.org"))

    found = {sort: list(waiting(ann, sort=sort)) for sort in ("email", "-email", "joined_at")}

    assert waiting(ann) == {"kim@example.org": 1, "max@example.org": 2}
    assert found["email"] == ["kim@example.org", "max@example.org"]
    assert found["-email"] == ["max@example.org", "kim@example.org"]
    assert found["joined_at"] == ["max@example.org", "kim@example.org"]
    assert waiting(ann, search="ki") == {"kim@example.org": 1}
    assert waiting(ann, status="active") == waiting(ann, status="removed") == {}
    assert waiting(ann, status="inactive") == waiting(ann, status="all") == waiting(ann)
    assert waiting(ann, kind="partner") == {}


def test_pages_of_those_who_left_records_follow_each_other() -> None:
    ann = an_account()
    addresses = [f"user{number}@example.org" for number in range(5)]
    for address in addresses:
        someone_who_left(ann, address)
    query = {"records_waiting": "true", "sort": "email", "limit": "2"}
    indexed()

    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        asked = query | ({"cursor": cursor} if cursor else {})
        page = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=asked).body
        found, cursor = [*found, *(user["email"] for user in page["data"])], page["next_cursor"]

    assert found == addresses


def test_someone_leaves_the_list_once_a_job_has_moved_all_that_waited() -> None:
    ann = an_account()
    kim = someone_who_left(ann, "kim@example.org")
    put(ann, "task", "t-1", kim, "pending")

    def move(types: list[str]) -> None:
        body = {"from": kim.user_id, "to": ann.user_id, "types": types}
        assert call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=body).status == 202
        wake("move_records")

    move(["contact"])
    still = waiting(ann)
    move(["task"])

    assert still == {"kim@example.org": 1}
    assert waiting(ann) == {}
    assert "has_records_waiting" not in user_row(kim.user_id)


def test_deactivating_again_with_a_target_hands_over_what_waits() -> None:
    ann = an_account()
    kim = someone_who_left(ann, "kim@example.org", contacts=2)

    answer = on_user(DEACTIVATE, ann, kim.user_id, reassign_to=ann.user_id)
    again = on_user(DEACTIVATE, ann, kim.user_id, reassign_to=ann.user_id)
    wake("move_records")
    at_last = on_user(DEACTIVATE, ann, kim.user_id, reassign_to=ann.user_id)

    assert (answer.status, answer.body["status"]) == (200, "inactive")
    assert answer.body["job_id"] is not None
    assert (again.status, again.body["job_id"], again.body["last_job_id"]) == (200, *[answer.body["job_id"]] * 2)
    assert (at_last.status, at_last.body["job_id"], at_last.body["records_waiting"]) == (200, None, 0)
    assert_counted()


def test_someone_whose_records_the_host_took_away_or_who_is_back_is_not_listed() -> None:
    ann = an_account()
    someone_who_left(ann, "kim@example.org")
    max_ = someone_who_left(ann, "max@example.org")
    record = {"account_id": ACCOUNT, "type": "contact", "record_id": "kim-0"}
    assert call(DELETE_RECORD, caller=ann.signed_in, **record).status == 200
    assert comes_back(ann, max_).status == 200

    found = waiting(ann), waiting(ann, status="all")
    assert on_user(DEACTIVATE, ann, max_.user_id, hand_over="later").status == 200

    assert found == ({}, {})
    assert waiting(ann) == {"max@example.org": 1}


def test_a_record_stored_for_someone_who_has_left_puts_them_on_the_list() -> None:
    ann = an_account()
    kim = someone_who_left(ann, "kim@example.org", contacts=0)
    revoked = invited(ann, "max@example.org")["user_id"]
    put(ann, "contact", "c-max", revoked)
    assert on_user(REVOKE, ann, revoked).status == 200
    before = user_row(kim.user_id)

    put(ann, "note", "n-2", kim)
    unlisted = waiting(ann, status="all")
    put(ann, "contact", "c-kim", kim)
    put(ann, "contact", "c-kim-2", kim)
    put(ann, "contact", "c-ann", ann)

    assert unlisted == {}
    assert not user_row(ann.user_id).get("has_records_waiting")
    assert waiting(ann) == {"kim@example.org": 2, "max@example.org": 1}
    assert user_row(kim.user_id)["version"] == before["version"]


def test_a_record_stored_after_the_job_is_done_puts_its_owner_back_on_the_list() -> None:
    ann = an_account()
    kim = a_user(ann, "kim@example.org")
    put(ann, "contact", "c-1", kim)
    assert on_user(DEACTIVATE, ann, kim.user_id, reassign_to=ann.user_id).status == 200
    wake("move_records")
    before = waiting(ann)

    put(ann, "contact", "c-2", kim)

    assert before == {}
    assert waiting(ann) == {"kim@example.org": 1}


def test_the_end_of_an_invitation_puts_waiting_records_back_on_the_list() -> None:
    ann = an_account()
    revoked = invited(ann, "max@example.org")["user_id"]
    put(ann, "contact", "c-max", revoked)
    assert on_user(REVOKE, ann, revoked).status == 200

    with time_machine.travel(next_noon(), tick=False):
        invited(ann, "max@example.org")
        meanwhile = waiting(ann)
        answer = on_user(REVOKE, ann, revoked)
        afterwards = waiting(ann)

    assert meanwhile == {}
    assert (answer.status, answer.body["records_waiting"]) == (200, 1)
    assert afterwards == {"max@example.org": 1}


def test_someone_who_is_invited_again_while_their_records_move_keeps_the_job() -> None:
    ann = an_account()
    kim = a_user(ann, "kim@example.org")
    put(ann, "contact", "c-kim", kim)
    assert on_user(REMOVE, ann, kim.user_id, reassign_to=ann.user_id).status == 200

    with time_machine.travel(next_noon(), tick=False):
        invited(ann, "kim@example.org")
        under_way = user_row(kim.user_id)["move_job_id"]
        wake("move_records")

    assert under_way == user_row(kim.user_id)["last_move_job_id"]
    assert "move_job_id" not in user_row(kim.user_id)


def test_a_target_who_has_left_before_the_job_moves_the_records_is_on_the_list() -> None:
    ann = an_account()
    lee, kim = a_user(ann, "lee@example.org"), a_user(ann, "kim@example.org")
    put(ann, "contact", "c-1", lee)
    put(ann, "note", "n-1", lee)
    assert on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).status == 200
    assert on_user(DEACTIVATE, ann, kim.user_id).status == 200
    before = waiting(ann)

    wake("move_records")

    assert before == {"lee@example.org": 1}
    assert waiting(ann) == {"kim@example.org": 1}
    assert_counted()


def test_a_batch_of_records_marks_each_of_its_owners_who_left_once() -> None:
    ann = an_account()
    left = [someone_who_left(ann, f"user{number}@example.org", contacts=0) for number in range(30)]
    rows = [
        {"type": "contact", "record_id": f"c-{number}", "owner_id": left[number % 30].user_id} for number in range(70)
    ]

    answer = call(PUT_RECORDS, caller=ann.signed_in, account_id=ACCOUNT, body={"records": rows})

    assert {row["outcome"] for row in answer.body["results"]} == {"stored"}
    assert sum(waiting(ann).values()) == 70
    assert_counted()

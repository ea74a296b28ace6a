"""Cases of records: what the host stores of its own, and what becomes of it when its owner leaves."""

from datetime import timedelta
from typing import Any

from shared.storage_schema import DIRECTORY, JOURNAL
from shared.storage_schema import RECORDS as RECORDS_TABLE
from tests.command_cases.case import (
    CALLER_DEACTIVATED,
    CommandCase,
    Cost,
    Given,
    RefusedCase,
    by_ann,
    by_bob,
    done,
    two_administrators,
)
from tests.command_cases.effects import assert_user, nothing_changes, user_of
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    DEACTIVATION_PREVIEW,
    DELETE_RECORD,
    JOB,
    LEE_ADDRESS,
    MOVED_RECORDS,
    PUT_RECORD,
    PUT_RECORDS,
    REASSIGN,
    RECORDS,
    REMOVE,
    ActiveUser,
    a_user,
)
from tests.invoke import call, wake
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows


def put(
    by: ActiveUser, record_type: str, record_id: str, owner: ActiveUser | str, status: str | None = None
) -> dict[str, Any]:
    """A stored record, as the API shows it."""
    owner_id = owner if isinstance(owner, str) else owner.user_id
    body = {"owner_id": owner_id, "status": status, "title": f"Title of {record_id}"}
    parts: dict[str, Any] = {"account_id": ACCOUNT, "type": record_type, "record_id": record_id, "body": body}
    record: dict[str, Any] = done(call(PUT_RECORD, caller=by.signed_in, **parts)).body
    return record


def owners() -> dict[str, str | None]:
    """The owner of each record, by its id."""
    return {row["record_id"]: row.get("owner_id") for row in rows(RECORDS_TABLE) if "record_id" in row}


def jobs() -> list[dict[str, Any]]:
    return [row for row in rows(DIRECTORY) if row["sk"].startswith("job#")]


def numbers(user_id: str) -> dict[str, int]:
    """How many records the table says that a user owns, by what happens when they leave and by type."""
    found = [row for row in rows(RECORDS_TABLE) if row["sk"] == f"owner#{user_id}"]
    return {name: number for row in found for name, number in row.items() if "#" in name and number}


def assert_counted() -> None:
    """Assert that the numbers of each owner are those of the records that they own."""
    expected: dict[str, dict[str, int]] = {}
    for row in rows(RECORDS_TABLE):
        if row.get("owner_id"):
            of_owner = expected.setdefault(row["owner_id"], {})
            name = f"{row['on_leave']}#{row['type']}"
            of_owner[name] = of_owner.get(name, 0) + 1
    counted = {row["sk"].removeprefix("owner#") for row in rows(RECORDS_TABLE) if row["sk"].startswith("owner#")}
    assert {owner: numbers(owner) for owner in counted | expected.keys() if numbers(owner)} == expected


def storing() -> Given:
    """Lee's task becomes Kim's."""
    people = two_administrators()
    lee, kim = a_user(people[0]), a_user(people[0], "kim@example.org")
    put(people[0], "task", "t-1", lee, "pending")

    def assert_effect() -> None:
        assert owners() == {"t-1": kim.user_id}
        assert_counted()

    body = {"owner_id": kim.user_id, "status": "pending", "title": "Call back"}
    given = by_bob(people, assert_effect, user={"user_id": kim.user_id}, body=body)
    return _about(given, type="task", record_id="t-1")


def deleting() -> Given:
    people = two_administrators()
    lee = a_user(people[0])
    put(people[0], "note", "n-1", lee)

    def assert_effect() -> None:
        assert owners() == {}
        assert_counted()

    return _about(by_bob(people, assert_effect, user={"user_id": lee.user_id}), type="note", record_id="n-1")


def storing_many() -> Given:
    people = two_administrators()
    lee = a_user(people[0])
    put(people[0], "contact", "c-1", people[0])
    rows_given = [
        {"type": "contact", "record_id": f"c-{number}", "owner_id": lee.user_id, "title": "Northwind"}
        for number in range(1, 4)
    ]

    def assert_effect() -> None:
        assert owners() == {f"c-{number}": lee.user_id for number in range(1, 4)}
        assert_counted()

    given = by_bob(people, assert_effect, user={"user_id": lee.user_id}, body={"records": rows_given})
    return _about(given)


def listing() -> Given:
    people = two_administrators()
    lee = a_user(people[0])
    put(people[0], "contact", "c-1", lee)
    put(people[0], "note", "n-1", lee)
    return _about(by_bob(people, nothing_changes(), user={"user_id": lee.user_id}))


def _about(given: Given, **parts: Any) -> Given:
    """The request without the path's `user_id`, and with these parts."""
    kept = {name: value for name, value in given.parts.items() if name != "user_id"}
    return Given({**kept, **parts}, given.assert_effect, ann=given.ann, bob=given.bob, user=given.user)


def a_leaver(people: tuple[ActiveUser, ActiveUser]) -> ActiveUser:
    """Lee, who owns a contact, a pending and a finished task, and a note."""
    lee = a_user(people[0])
    put(people[0], "contact", "c-1", lee)
    put(people[0], "task", "t-1", lee, "pending")
    put(people[0], "task", "t-2", lee, "completed")
    put(people[0], "note", "n-1", lee)
    return lee


def _ending_with_hand_over(status: str, entry: str) -> Given:
    people = two_administrators()
    lee = a_leaver(people)
    kim = a_user(people[0], "kim@example.org")

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, status, "user.invited", "user.joined", entry)
        [job] = jobs()
        assert (job["from_user"], job["targets"], job["total"]) == (
            lee.user_id,
            {"contact": kim.user_id, "task": kim.user_id},
            3,
        )
        assert user_of(LEE_ADDRESS)["move_job_id"] == job["job_id"]

    return by_bob(people, assert_effect, user={"user_id": lee.user_id}, body={"reassign_to": kim.user_id})


def _target_leaves(given: Given) -> None:
    by_ann(given, DEACTIVATE, user_id=str(given.parts["body"]["reassign_to"]))


# After the read it is as if the target left later: the job hands over to them.
_TARGET_LEAVES = RefusedCase("target_deactivated", 422, "invalid_request", happens=_target_leaves, decided=1)


def handing_over() -> Given:
    return _ending_with_hand_over("inactive", "user.deactivated")


def handing_over_and_removing() -> Given:
    return _ending_with_hand_over("removed", "user.removed")


def previewing() -> Given:
    people = two_administrators()
    lee = a_leaver(people)
    return by_bob(people, nothing_changes(), user={"user_id": lee.user_id})


def _handed_over() -> tuple[tuple[ActiveUser, ActiveUser], str, ActiveUser]:
    """Lee has left, and a job waits to move what they owned to Kim."""
    people = two_administrators()
    lee = a_leaver(people)
    kim = a_user(people[0], "kim@example.org")
    given = Given({}, nothing_changes(), ann=people[0])
    left = by_ann(given, DEACTIVATE, user_id=lee.user_id, body={"reassign_to": kim.user_id})
    return people, str(left.body["job_id"]), kim


def assert_moved(to: str) -> None:
    """Assert that Lee's records are moved and removed, exactly once, and that nothing is under way any more."""
    lee = user_of(LEE_ADDRESS)
    assert owners() == {"c-1": to, "t-1": to, "t-2": None, "n-1": lee["user_id"]}
    assert_counted()
    [job] = jobs()
    assert (job["state"], job["done"], job["total"], job.get("due")) == ("done", 3, 3, None)
    assert "move_job_id" not in lee
    written = [row for row in rows(JOURNAL) if row["type"].startswith("record")]
    named = sorted(each["record_id"] for row in written for each in row["after"].get("records", [row["after"]]))
    assert named == ["c-1", "t-1", "t-2"]


def moving() -> Given:
    with movable_clock.ago(timedelta(minutes=2)):
        _, __, kim = _handed_over()
    return Given({}, lambda: assert_moved(kim.user_id))


def moving_on() -> Given:
    """What one job moved to Kim goes to Ann."""
    with movable_clock.ago(timedelta(minutes=6)):
        people, job_id, _ = _handed_over()
    with movable_clock.ago(timedelta(minutes=4)):
        wake("move_records")
    with movable_clock.ago(timedelta(minutes=2)):
        body = {"job_id": job_id, "to": people[0].user_id}
        done(call(REASSIGN, caller=people[0].signed_in, account_id=ACCOUNT, body=body))

    def assert_effect() -> None:
        ann_id = people[0].user_id
        assert owners() | {"n-1": None} == {"c-1": ann_id, "t-1": ann_id, "t-2": None, "n-1": None}
        assert_counted()
        found = sorted((job["state"], job["done"], job.get("due")) for job in jobs())
        assert found == [("done", 2, None), ("done", 3, None)]

    return Given({}, assert_effect)


def listing_of_owner() -> Given:
    given = listing()
    return _about(given, query={"owner_id": given.user["user_id"]})


def reading_job() -> Given:
    people, job_id, _ = _handed_over()
    return _about(by_bob(people, nothing_changes()), job_id=job_id)


def reading_moved() -> Given:
    people, job_id, _ = _handed_over()
    with movable_clock.ago(timedelta(minutes=-2)):
        wake("move_records")
    return _about(by_bob(people, nothing_changes()), job_id=job_id)


def reassigning() -> Given:
    """What waits with Lee, who was locked out, goes to Kim."""
    people = two_administrators()
    lee = a_leaver(people)
    kim = a_user(people[0], "kim@example.org")
    by_ann(Given({}, nothing_changes(), ann=people[0]), DEACTIVATE, user_id=lee.user_id, body={"hand_over": "later"})

    def assert_effect() -> None:
        assert sorted((job["total"], sorted(job["targets"])) for job in jobs()) == [(1, []), (2, ["contact", "task"])]

    with movable_clock.ago(timedelta(minutes=-2)):
        wake("move_records")
    body = {"from": lee.user_id, "to": kim.user_id}
    return _about(by_bob(people, assert_effect, user={"user_id": kim.user_id}, body=body))


CASES = (
    CommandCase("put_record", PUT_RECORD, storing, keyed=False, cost=Cost.SMALL_CHANGE, refusals=(CALLER_DEACTIVATED,)),
    CommandCase(
        "delete_record", DELETE_RECORD, deleting, keyed=False, cost=Cost.SMALL_CHANGE, refusals=(CALLER_DEACTIVATED,)
    ),
    CommandCase("put_records", PUT_RECORDS, storing_many, cost=Cost.UNBOUNDED, refusals=(CALLER_DEACTIVATED,)),
    CommandCase(
        "deactivate_with_hand_over",
        DEACTIVATE,
        handing_over,
        cost=Cost.UNBOUNDED,
        refusals=(CALLER_DEACTIVATED, _TARGET_LEAVES),
    ),
    CommandCase(
        "remove_with_hand_over",
        REMOVE,
        handing_over_and_removing,
        cost=Cost.UNBOUNDED,
        refusals=(CALLER_DEACTIVATED, _TARGET_LEAVES),
    ),
    CommandCase("reassign", REASSIGN, reassigning, status=202, cost=Cost.SMALL_CHANGE, refusals=(CALLER_DEACTIVATED,)),
    CommandCase("move_records", "move_records", moving, keyed=False, cost=Cost.UNBOUNDED),
    CommandCase("move_records_on", "move_records", moving_on, keyed=False, cost=Cost.UNBOUNDED),
    CommandCase("deactivation_preview", DEACTIVATION_PREVIEW, previewing, keyed=False, cost=Cost.READ),
    CommandCase("job", JOB, reading_job, keyed=False, cost=Cost.READ),
    CommandCase("moved_records", MOVED_RECORDS, reading_moved, keyed=False, cost=Cost.READ),
    CommandCase("records", RECORDS, listing, keyed=False, cost=Cost.READ),
    CommandCase("records_of_owner", RECORDS, listing_of_owner, keyed=False, cost=Cost.READ),
)

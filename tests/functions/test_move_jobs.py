"""The jobs that hand records over: resumed, within their time, told of and followed (rule 23)."""

from datetime import timedelta

import pytest
import time_machine

from infra.catalog import CATALOG
from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.command_cases.records import assert_counted, assert_moved, numbers, owners, put
from tests.factories import (
    ACCOUNT,
    BLOCK,
    DEACTIVATE,
    DELETE_RECORD,
    EDIT,
    JOB,
    PUT_RECORDS,
    REASSIGN,
    USER,
    ActiveUser,
)
from tests.functions.contract import call, comes_back, on_user, refused
from tests.functions.faults import counting, losing_answers, meanwhile
from tests.functions.leaving import People, a_leaver_and_others, jobs, new_job, progress, sweep
from tests.invoke import HOST, Context, wake
from tests.table_edits import user_row


@pytest.fixture
def people() -> People:
    return a_leaver_and_others()


def many(owner: ActiveUser, number: int) -> None:
    for start in range(0, number, 100):
        rows = [
            {"type": "contact", "record_id": f"m-{each:05}", "owner_id": owner.user_id}
            for each in range(start, min(start + 100, number))
        ]
        assert call(PUT_RECORDS, caller=HOST, account_id=ACCOUNT, body={"records": rows}).status == 200


def test_a_job_resumes_after_a_crash_at_every_step_and_does_nothing_twice(people: People) -> None:
    ann, kim, lee = people
    many(lee, 200)
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]

    for _ in range(6):
        with losing_answers("dynamodb", "TransactWriteItems", times=3), pytest.raises(Exception):  # noqa: B017, PT011 (a killed run)
            wake("move_records", new_job(job_id))
        assert_counted()
        if progress(ann, job_id)["state"] == "done":
            break
    sweep()

    assert progress(ann, job_id) == {"state": "done", "done": 203, "total": 203}
    assert numbers(kim.user_id) == {"move#contact": 201, "move#task": 1}
    entries = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "records.moved"]
    named = [each["record_id"] for row in entries for each in row["after"]["records"]]
    assert len(named) == len(set(named)) == 202
    assert_counted()


def test_ten_thousand_records_move_within_one_run(people: People) -> None:
    """What a step costs does not grow with what is left: 10,000 records are 112 steps of four requests."""
    ann, kim, lee = people
    many(lee, 449)
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]

    with counting("dynamodb") as requests:
        wake("move_records", new_job(job_id))

    steps = requests.count("TransactWriteItems")
    assert progress(ann, job_id)["done"] == 452
    assert steps == 8  # Five of contacts, one of tasks, one that removes, and the end with the release of the user.
    assert len(requests) <= 4 * steps + 8  # Each type that is done costs a query more; the mark at the user one.
    [function] = [each for each in CATALOG if each.name == "move_records"]
    seconds_at_30_ms = 0.03 * 4 * (10_000 / 90)
    assert seconds_at_30_ms < function.timeout_seconds - 10


def test_a_run_that_is_out_of_time_leaves_the_rest_to_the_sweep(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]

    wake("move_records", new_job(job_id), context=Context(remaining=9_000))
    before = progress(ann, job_id)
    sweep(timedelta(seconds=1))

    assert before == {"state": "waiting", "done": 0, "total": 3}
    assert_moved(kim.user_id)


def test_a_record_that_the_host_changes_meanwhile_is_moved_as_it_is_then(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]

    with meanwhile("dynamodb", "TransactWriteItems", lambda: put(ann, "contact", "c-1", ann)):
        wake("move_records", new_job(job_id))
    sweep()

    assert owners() == {"c-1": ann.user_id, "t-1": kim.user_id, "t-2": None, "n-1": lee.user_id}
    assert progress(ann, job_id) == {"state": "done", "done": 2, "total": 2}
    assert "move_job_id" not in user_row(lee.user_id)
    assert_counted()


def test_a_record_that_is_deleted_and_stored_again_meanwhile_stays_where_it_is_stored(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]

    def stored_again() -> None:
        path = {"account_id": ACCOUNT, "type": "contact", "record_id": "c-1"}
        assert call(DELETE_RECORD, caller=ann.signed_in, **path).status == 200
        put(ann, "contact", "c-1", ann)

    with meanwhile("dynamodb", "TransactWriteItems", stored_again):
        wake("move_records", new_job(job_id))
    sweep()

    assert owners() == {"c-1": ann.user_id, "t-1": kim.user_id, "t-2": None, "n-1": lee.user_id}
    assert "move_job_id" not in user_row(lee.user_id)
    assert_counted()


def test_a_leavers_newest_job_is_found_at_the_user_even_when_done(people: People) -> None:
    ann, kim, lee = people

    def last_job() -> object:
        return call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body["last_job_id"]

    before = last_job()
    first = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]
    wake("move_records", new_job(first))
    done = last_job()
    order = {"job_id": first, "to": ann.user_id}
    second = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body
    wake("move_records", new_job(second["job_id"]))

    assert (before, done, last_job()) == (None, first, second["job_id"])
    [job] = [row for row in jobs() if row["job_id"] == second["job_id"]]
    assert (job["first_owner"], second["targets"]) == (lee.user_id, {"contact": ann.user_id, "task": ann.user_id})


def test_a_job_tells_new_owners_and_what_it_removed(people: People) -> None:
    ann, kim, lee = people
    targets = {"task": kim.user_id, "contact": ann.user_id}
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=targets).body["job_id"]
    wake("move_records", new_job(job_id))

    told = call(JOB, caller=ann.signed_in, account_id=ACCOUNT, job_id=job_id).body

    assert (told["targets"], told["removed"]) == (targets, 1)


def test_what_waits_is_handed_over_as_the_newest_job(people: People) -> None:
    ann, kim, lee = people
    on_user(DEACTIVATE, ann, lee.user_id, hand_over="later")
    sweep()

    body = {"from": lee.user_id, "to": kim.user_id, "types": ["contact"]}
    ordered = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=body).body["job_id"]

    seen = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body
    assert (seen["last_job_id"], seen["records_waiting"]) == (ordered, 2)


@pytest.mark.parametrize("blocked", [False, True])
def test_finished_tasks_are_removed_where_the_clock_ended_access(people: People, *, blocked: bool) -> None:
    ann, _, lee = people
    ends = {"access_until": iso(utc_now() + timedelta(hours=1))}
    assert call(EDIT, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body=ends).status == 200
    if blocked:
        assert on_user(BLOCK, ann, lee.user_id, reason="other").status == 200

    with time_machine.travel(utc_now() + timedelta(hours=2)):
        wake("expire")
    sweep(timedelta(hours=3))

    assert owners() == {"c-1": lee.user_id, "t-1": lee.user_id, "t-2": None, "n-1": lee.user_id}
    assert_counted()
    removed = [row["after"]["record_id"] for row in aws_fixture.items(JOURNAL) if row["type"] == "record.removed"]
    assert removed == ["t-2"]
    seen = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body
    assert (seen["status"], seen["records_waiting"]) == ("inactive", 2)
    assert "move_job_id" not in user_row(lee.user_id)


def test_several_people_whose_access_ends_in_one_sweep_get_a_job_each(people: People) -> None:
    ann, kim, lee = people
    put(ann, "task", "t-9", kim, "completed")
    for each in (kim, lee):
        ends = {"access_until": iso(utc_now() + timedelta(hours=1))}
        assert call(EDIT, caller=ann.signed_in, account_id=ACCOUNT, user_id=each.user_id, body=ends).status == 200

    with time_machine.travel(utc_now() + timedelta(hours=2)):
        wake("expire")
    sweep(timedelta(hours=3))

    assert [owners()[each] for each in ("t-2", "t-9")] == [None, None]
    assert {job["from_user"] for job in jobs()} == {kim.user_id, lee.user_id}


def test_who_leaves_while_their_records_move_comes_back_when_they_have_moved(people: People) -> None:
    ann, kim, lee = people
    moving = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body={"from": lee.user_id, "to": kim.user_id})
    assert moving.status == 202
    assert on_user(DEACTIVATE, ann, lee.user_id, hand_over="later").status == 200

    early = comes_back(ann, lee)
    wake("move_records", new_job(moving.body["job_id"]))
    sweep()
    late = comes_back(ann, lee)

    assert refused(early) == (409, "conflict")
    assert (late.status, late.body["status"]) == (200, "active")

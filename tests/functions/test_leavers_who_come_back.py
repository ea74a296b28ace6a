"""What jobs leave alone: what someone got who is back, and what was completed while it waited (rules 22 to 24)."""

import pytest

from shared.clock import utc_now
from shared.domain.model.values import iso
from tests.command_cases.records import assert_counted, owners, put
from tests.factories import ACCOUNT, DEACTIVATE, REACTIVATE, REASSIGN, REMOVE, a_user, invited, joined
from tests.functions.contract import call, on_user, refused
from tests.functions.faults import meanwhile
from tests.functions.leaving import People, a_leaver_and_others, gone, new_job, progress, sweep
from tests.invoke import wake
from tests.table_edits import sent_before, set_user


@pytest.fixture
def people() -> People:
    return a_leaver_and_others()


def test_who_was_removed_and_joins_again_keeps_what_they_got_since(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(REMOVE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]
    sent_before({"account_id": ACCOUNT, "user_id": lee.user_id})
    joined_again = joined(ACCOUNT, invited(ann))
    put(ann, "contact", "c-9", joined_again)
    put(ann, "contact", "c-1", joined_again, "changed")  # They have had it since before.

    wake("move_records", new_job(job_id))
    sweep()

    assert owners() == {
        "c-1": kim.user_id,
        "c-9": lee.user_id,
        "t-1": kim.user_id,
        "t-2": lee.user_id,
        "n-1": lee.user_id,
    }
    assert progress(ann, job_id)["state"] == "done"
    assert_counted()


def test_who_is_back_keeps_finished_tasks_of_a_removal_that_is_still_open(people: People) -> None:
    ann, kim, lee = people
    order = {"from": lee.user_id, "to": kim.user_id}
    moves = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]
    removes = on_user(DEACTIVATE, ann, lee.user_id, hand_over="later").body["last_job_id"]
    wake("move_records", new_job(moves))

    assert on_user(REACTIVATE, ann, lee.user_id).status == 200
    put(ann, "task", "t-9", lee, "completed")
    wake("move_records", new_job(removes))
    sweep()

    assert owners() == {
        "c-1": kim.user_id,
        "t-1": kim.user_id,
        "t-2": lee.user_id,
        "t-9": lee.user_id,
        "n-1": lee.user_id,
    }
    assert progress(ann, removes)["state"] == "done"


def test_who_is_back_in_the_middle_of_a_step_keeps_finished_tasks(people: People) -> None:
    ann, kim, lee = people
    order = {"from": lee.user_id, "to": kim.user_id}
    moves = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]
    removes = on_user(DEACTIVATE, ann, lee.user_id, hand_over="later").body["last_job_id"]
    wake("move_records", new_job(moves))

    with meanwhile("dynamodb", "TransactWriteItems", lambda: on_user(REACTIVATE, ann, lee.user_id)):
        wake("move_records", new_job(removes))
    sweep()

    assert owners()["t-2"] == lee.user_id
    assert progress(ann, removes)["state"] == "done"


@pytest.mark.parametrize("status", ["invited", "expired", "declined"])
def test_finished_tasks_of_someone_who_has_not_joined_are_not_removed(status: str) -> None:
    ann, kim, _ = a_leaver_and_others()
    user = invited(ann, "max@example.org")
    for record_id, task_status in (("t-7", "pending"), ("t-8", "completed")):
        put(ann, "task", record_id, user["user_id"], task_status)
    set_user(user, status=status)

    order = {"from": user["user_id"], "to": kim.user_id}
    job_id = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]
    wake("move_records", new_job(job_id))
    sweep()

    assert (owners()["t-7"], owners()["t-8"]) == (kim.user_id, user["user_id"])


def test_task_that_is_completed_before_the_job_comes_to_it_is_removed() -> None:
    ann, kim, _ = a_leaver_and_others()
    max_ = a_user(ann, "max@example.org")
    put(ann, "task", "t-7", max_, "pending")
    job_id = on_user(DEACTIVATE, ann, max_.user_id, reassign_to=kim.user_id).body["job_id"]
    put(ann, "task", "t-7", max_, "completed")

    wake("move_records", new_job(job_id))
    sweep()

    assert owners()["t-7"] is None
    assert progress(ann, job_id) == {"state": "done", "done": 1, "total": 1}
    assert_counted()


@pytest.mark.parametrize(("types", "owner"), [(None, None), (["task"], None), (["contact"], "max")])
def test_task_that_is_completed_while_it_waits_is_removed_when_its_type_is_handed_over(
    types: list[str] | None, owner: str | None
) -> None:
    ann, kim, _ = a_leaver_and_others()
    max_ = gone(ann, address="max@example.org")
    put(ann, "contact", "c-7", max_)
    put(ann, "task", "t-7", max_, "pending")
    put(ann, "task", "t-7", max_, "completed")

    order = {"from": max_.user_id, "to": kim.user_id} | ({"types": types} if types else {})
    job_id = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]
    wake("move_records", new_job(job_id))
    sweep()

    assert owners()["t-7"] == (max_.user_id if owner else None)
    assert_counted()


def test_finished_tasks_of_someone_who_stays_are_theirs_when_the_rest_is_handed_over(people: People) -> None:
    ann, kim, lee = people
    order = {"from": lee.user_id, "to": kim.user_id}

    job_id = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]
    wake("move_records", new_job(job_id))

    assert owners() == {"c-1": kim.user_id, "t-1": kim.user_id, "t-2": lee.user_id, "n-1": lee.user_id}
    assert progress(ann, job_id)["total"] == 2


def test_nobody_comes_back_while_a_move_goes_on_and_the_sweep_has_not_written_the_end_of_access(
    people: People,
) -> None:
    ann, kim, lee = people
    order = {"from": lee.user_id, "to": kim.user_id}
    assert call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).status == 202
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, access_until=iso(utc_now()))

    assert refused(on_user(REACTIVATE, ann, lee.user_id)) == (409, "conflict")

"""Moving records by order of an administrator: from a user, or on from where a job has moved them (rules 22 and 23)."""

from typing import Any

import pytest

from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.command_cases.records import assert_counted, owners, put
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    DEACTIVATION_PREVIEW,
    JOB,
    MOVED_RECORDS,
    REASSIGN,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, on_user, refused
from tests.functions.leaving import People, a_leaver_and_others, moved, new_job, progress, sweep
from tests.invoke import wake


@pytest.fixture
def people() -> People:
    return a_leaver_and_others()


def test_what_a_job_moved_is_moved_on(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]
    early = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body={"job_id": job_id, "to": ann.user_id})
    wake("move_records", new_job(job_id))
    put(ann, "contact", "c-9", kim)

    ordered = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body={"job_id": job_id, "to": ann.user_id})
    wake("move_records", new_job(ordered.body["job_id"]))
    sweep()

    assert refused(early) == (409, "conflict")
    assert owners() == {"c-1": ann.user_id, "t-1": ann.user_id, "t-2": None, "n-1": lee.user_id, "c-9": kim.user_id}
    assert moved(ann, job_id) == ["t-2"]
    assert moved(ann, ordered.body["job_id"]) == ["c-1", "t-1"]
    assert progress(ann, ordered.body["job_id"]) == {"state": "done", "done": 2, "total": 2}
    assert_counted()


def test_what_the_new_owner_has_completed_stays_theirs_when_the_rest_moves_on(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]
    wake("move_records", new_job(job_id))
    put(ann, "task", "t-1", kim, "completed")
    removed_before = [row["type"] for row in aws_fixture.items(JOURNAL)].count("record.removed")

    ordered = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body={"job_id": job_id, "to": ann.user_id})
    wake("move_records", new_job(ordered.body["job_id"]))
    sweep()

    assert owners() == {"c-1": ann.user_id, "t-1": kim.user_id, "t-2": None, "n-1": lee.user_id}
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("record.removed") == removed_before
    assert progress(ann, ordered.body["job_id"]) == {"state": "done", "done": 1, "total": 1}
    assert_counted()


def test_an_unknown_type_is_told_once(people: People) -> None:
    ann, kim, lee = people
    body = {"from": lee.user_id, "to": kim.user_id, "types": ["zz"]}

    with nothing_changes():
        answer = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=body)

    assert answer.body["errors"] == [{"field": "types.0", "message": "There is no such record type."}]


def test_a_moved_record_stays_on_the_list_until_the_host_changes_its_owner(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]
    wake("move_records", new_job(job_id))
    before = moved(ann, job_id)

    put(ann, "contact", "c-1", kim, "new")
    kept = moved(ann, job_id)
    put(ann, "contact", "c-1", ann)

    assert "c-1" in before
    assert kept == before
    assert moved(ann, job_id) == [each for each in before if each != "c-1"]


def test_move_from_a_user_waits_for_the_one_under_way(people: People) -> None:
    ann, kim, lee = people
    order = {"caller": ann.signed_in, "account_id": ACCOUNT, "body": {"from": lee.user_id, "to": kim.user_id}}
    first = call(REASSIGN, **order)

    with nothing_changes():
        second = call(REASSIGN, **order)
    wake("move_records", new_job(first.body["job_id"]))
    sweep()
    third = call(REASSIGN, **order)

    assert refused(second) == (409, "conflict")
    assert (first.status, third.status) == (202, 202)


def test_only_administrators_see_and_order_moves(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]
    by_kim = {"caller": kim.signed_in, "account_id": ACCOUNT}

    with nothing_changes():
        answers = [
            call(JOB, **by_kim, job_id=job_id),
            call(MOVED_RECORDS, **by_kim, job_id=job_id),
            call(DEACTIVATION_PREVIEW, **by_kim, user_id=ann.user_id),
            call(REASSIGN, **by_kim, body={"from": lee.user_id, "to": kim.user_id}),
        ]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 4


@pytest.mark.parametrize(
    "body", [{"to": "x"}, {"from": "a", "job_id": "b", "to": "x"}, {"job_id": "b", "types": ["task"], "to": "x"}]
)
def test_reassigning_names_one_source(body: dict[str, Any]) -> None:
    ann = an_account()

    assert call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=body).status == 422


def test_what_is_moved_on_to_its_owner_is_told_to_nobody(people: People) -> None:
    ann, kim, lee = people
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]
    wake("move_records", new_job(job_id))
    told = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "records.moved"]

    ordered = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body={"job_id": job_id, "to": kim.user_id})
    wake("move_records", new_job(ordered.body["job_id"]))
    sweep()

    assert progress(ann, ordered.body["job_id"])["state"] == "done"
    assert [row for row in aws_fixture.items(JOURNAL) if row["type"] == "records.moved"] == told

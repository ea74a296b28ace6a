"""Handing over what leaving users own: previewed, asked for, and moved on (rules 22 and 23)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.command_cases import partners
from tests.command_cases.records import a_leaver, assert_counted, assert_moved, owners, put
from tests.factories import (
    ACCOUNT,
    BLOCK,
    DEACTIVATE,
    DEACTIVATION_PREVIEW,
    EDIT,
    LEAVE,
    REASSIGN,
    REMOVE,
    USER,
    USERS,
    ActiveUser,
    a_partner,
    a_user,
)
from tests.functions.cached_fixtures import two_accounts
from tests.functions.contract import call, comes_back, nothing_changes, on_user, refused, wrong_fields
from tests.functions.faults import counting
from tests.functions.leaving import People, a_leaver_and_others, jobs, moved, new_job, progress, sweep
from tests.invoke import wake
from tests.table_edits import indexed


@pytest.fixture
def people() -> People:
    return a_leaver_and_others()


def allow(by: ActiveUser, person: ActiveUser, *, deny: list[str]) -> None:
    body = {"permissions": {"allow": [], "deny": deny}}
    assert call(EDIT, caller=by.signed_in, account_id=ACCOUNT, user_id=person.user_id, body=body).status == 200


def test_someone_who_owns_records_is_not_deactivated_without_a_target(people: People) -> None:
    ann, _, lee = people

    with nothing_changes():
        answers = [on_user(DEACTIVATE, ann, lee.user_id), on_user(REMOVE, ann, lee.user_id)]

    assert [refused(answer) for answer in answers] == [(422, "reassign_target_required")] * 2
    assert [answer.body["counts"] for answer in answers] == [{"contact": 1, "task": 1}] * 2
    assert [answer.body["options"] for answer in answers] == [
        ["reassign_to", "hand_over_later", "block"],
        ["reassign_to"],
    ]


@pytest.mark.parametrize("route", [DEACTIVATE, REMOVE])
def test_pending_work_moves_and_finished_tasks_are_removed(people: People, route: str) -> None:
    ann, kim, lee = people

    answer = on_user(route, ann, lee.user_id, reassign_to=kim.user_id)
    job_id = answer.body["job_id"]
    waiting = progress(ann, job_id)
    wake("move_records", new_job(job_id))

    assert answer.status == 200
    assert waiting == {"state": "waiting", "done": 0, "total": 3}
    assert progress(ann, job_id) == {"state": "done", "done": 3, "total": 3}
    assert_moved(kim.user_id)
    assert moved(ann, job_id) == ["c-1", "t-1", "t-2"]
    entries = [row for row in aws_fixture.items(JOURNAL) if row["type"].startswith("record")]
    assert {(row["actor"], row["user_id"]) for row in entries} == {(ann.user_id, lee.user_id)}
    assert "Title" not in repr(entries)


@pytest.mark.parametrize("route", [DEACTIVATE, REMOVE])
def test_repeat_names_the_job_until_it_is_done(people: People, route: str) -> None:
    ann, kim, lee = people
    job_id = on_user(route, ann, lee.user_id, reassign_to=kim.user_id).body["job_id"]

    while_it_moves = on_user(route, ann, lee.user_id, reassign_to=kim.user_id)
    wake("move_records", new_job(job_id))
    afterwards = on_user(route, ann, lee.user_id)

    assert job_id
    assert (while_it_moves.status, while_it_moves.body["job_id"]) == (200, job_id)
    assert (afterwards.status, afterwards.body["job_id"], afterwards.body["last_job_id"]) == (200, None, job_id)


def test_each_type_can_go_to_another_user(people: People) -> None:
    ann, kim, lee = people

    partial = on_user(DEACTIVATE, ann, lee.user_id, reassign_to={"task": kim.user_id})
    whole = on_user(DEACTIVATE, ann, lee.user_id, reassign_to={"task": kim.user_id, "contact": ann.user_id})
    job_id = whole.body["job_id"]
    wake("move_records", new_job(job_id))

    assert refused(partial) == (422, "reassign_target_required")
    assert owners() == {"c-1": ann.user_id, "t-1": kim.user_id, "t-2": None, "n-1": lee.user_id}
    assert_counted()


@pytest.mark.parametrize("route", [DEACTIVATE, REMOVE])
def test_what_is_wrong_with_a_target_is_said_once(people: People, route: str) -> None:
    ann, kim, lee = people
    wrong = {"contact": kim.user_id, "zebra": kim.user_id}, {"contact": 7}, 7

    with nothing_changes():
        answers = [on_user(route, ann, lee.user_id, reassign_to=each) for each in wrong]

    assert [[error["field"] for error in answer.body["errors"]] for answer in answers] == [
        ["reassign_to.zebra"],
        ["reassign_to.contact"],
        ["reassign_to"],
    ]


def test_who_has_lost_access_by_the_clock_hands_over_before_the_sweep(people: People) -> None:
    ann, kim, lee = people
    assert on_user(EDIT, ann, lee.user_id, access_until=iso(utc_now() + timedelta(hours=1))).status == 200

    with time_machine.travel(utc_now() + timedelta(hours=2)):
        answer = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id)
        wake("move_records", new_job(answer.body["job_id"]))
        with nothing_changes():
            wake("expire")

    assert (answer.status, answer.body["status"]) == (200, "inactive")
    assert_moved(kim.user_id)


def test_a_target_is_another_active_user_who_holds_what_the_type_needs() -> None:
    ann, zoe = two_accounts()
    lee, kim = a_leaver((ann, ann)), a_user(ann, "kim@example.org")
    gone = a_user(ann, "gone@example.org")
    on_user(DEACTIVATE, ann, gone.user_id)
    put(ann, "opportunity", "o-1", lee)
    allow(ann, kim, deny=["opportunities.own"])

    with nothing_changes():
        targets: list[Any] = [gone.user_id, zoe.user_id, "z" * 26, lee.user_id, kim.user_id]
        unfit = [on_user(DEACTIVATE, ann, lee.user_id, reassign_to=target) for target in targets]
        both = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=ann.user_id, hand_over="later")
        unknown_type = on_user(DEACTIVATE, ann, lee.user_id, reassign_to={"invoice": ann.user_id})
        no_user = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=5)
        one_for_two = on_user(
            DEACTIVATE, ann, lee.user_id, reassign_to={"contact": gone.user_id, "opportunity": gone.user_id}
        )

    assert [wrong_fields(answer) for answer in unfit] == [{"reassign_to"}] * 5
    assert "'opportunities.own'" in unfit[4].body["errors"][0]["message"]
    assert [each["message"] for each in one_for_two.body["errors"]] == ["Choose an active user of this account."]
    assert wrong_fields(both) == {"hand_over"}
    assert wrong_fields(no_user) == {"reassign_to"}
    assert wrong_fields(unknown_type) == {"reassign_to.invoice"}
    allow(ann, kim, deny=[])
    assert on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id).status == 200


def test_no_target_is_someone_whose_access_has_ended_by_the_clock(people: People) -> None:
    ann, kim, lee = people
    ends = utc_now() + timedelta(hours=1)
    body = {"access_until": iso(ends)}
    assert call(EDIT, caller=ann.signed_in, account_id=ACCOUNT, user_id=kim.user_id, body=body).status == 200

    with time_machine.travel(ends), nothing_changes():
        answer = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id)
        shown = call(DEACTIVATION_PREVIEW, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id)

    assert wrong_fields(answer) == {"reassign_to"}
    assert kim.user_id not in [target["user_id"] for target in shown.body["eligible_targets"]]


def test_someone_is_locked_out_now_and_their_records_wait(people: People) -> None:
    ann, kim, lee = people

    left = on_user(DEACTIVATE, ann, lee.user_id, hand_over="later")
    wake("move_records", new_job(left.body["job_id"]))
    indexed()
    shown = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body
    listed = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"status": "inactive"}).body["data"]
    refusal = on_user(REMOVE, ann, lee.user_id)
    body = {"from": lee.user_id, "to": kim.user_id}
    ordered = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=body)
    busy = [
        on_user(REMOVE, ann, lee.user_id, reassign_to=kim.user_id),
        comes_back(ann, lee),
        call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=body),
    ]
    wake("move_records", new_job(ordered.body["job_id"]))

    assert (left.body["status"], left.body["records_waiting"]) == ("inactive", 2)
    assert [shown["records_waiting"], *(user["records_waiting"] for user in listed)] == [2, 2]
    assert refused(refusal) == (422, "reassign_target_required")
    assert (ordered.status, ordered.body["total"]) == (202, 2)
    assert [refused(answer) for answer in busy] == [(409, "conflict")] * 3
    assert owners() == {"c-1": kim.user_id, "t-1": kim.user_id, "t-2": None, "n-1": lee.user_id}
    assert call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body["records_waiting"] == 0
    assert comes_back(ann, lee).status == 200
    assert_counted()


def test_a_block_is_a_pause_and_hands_nothing_over(people: People) -> None:
    ann, _, lee = people

    blocked = on_user(BLOCK, ann, lee.user_id, reason="security")

    assert (blocked.status, blocked.body["records_waiting"], jobs()) == (200, 0, [])


def test_deactivating_someone_without_records_costs_two_requests(people: People) -> None:
    ann, kim, _ = people

    with counting("dynamodb") as calls:
        answer = on_user(DEACTIVATE, ann, kim.user_id)

    assert calls == ["BatchGetItem", "TransactWriteItems"]
    assert (answer.body["job_id"], answer.body["records_waiting"]) == (None, 0)


def test_a_partner_takes_no_records_from_an_administrator_who_is_not_one(people: People) -> None:
    ann, kim, lee = people
    pia = a_partner(ann, admin=True)
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=ann.user_id).body["job_id"]
    sweep()
    put(ann, "contact", "c-kim", kim)
    by_pia = {"caller": pia.signed_in, "account_id": ACCOUNT}

    with nothing_changes():
        answers = [
            call(REASSIGN, **by_pia, body=body | {"to": pia.user_id})
            for body in ({"from": ann.user_id}, {"job_id": job_id})
        ]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 2
    assert call(REASSIGN, **by_pia, body={"from": kim.user_id, "to": pia.user_id}).status == 202


def test_the_preview_counts_and_names_who_may_get_them(people: People) -> None:
    ann, kim, lee = people
    put(ann, "opportunity", "o-1", lee)
    allow(ann, kim, deny=["opportunities.own"])
    indexed()

    preview = call(DEACTIVATION_PREVIEW, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body

    assert preview["counts"] == {"contact": 1, "opportunity": 1, "task": 1}
    assert (preview["removes"], preview["irreversible"]) == ({"task": 1}, True)
    types = {target["user_id"]: sorted(target["types"]) for target in preview["eligible_targets"]}
    assert types == {ann.user_id: ["contact", "opportunity", "task"], kim.user_id: ["contact", "task"]}


def test_a_partner_whose_records_would_move_cannot_leave() -> None:
    given = partners.leaving()
    assert given.ann
    user_id = given.parts["caller"].username
    partner = next(row for row in aws_fixture.items(DIRECTORY) if row.get("email") == user_id)
    put(given.ann, "contact", "c-1", partner["user_id"])

    with nothing_changes():
        refusal = call(LEAVE, **given.parts)
    put(given.ann, "contact", "c-1", given.ann)
    put(given.ann, "note", "n-1", partner["user_id"])
    left = call(LEAVE, **given.parts)

    assert refused(refusal) == (409, "has_records")
    assert left.status == 200


def test_nobody_leaves_who_is_no_partner_whatever_they_own(people: People) -> None:
    _, _, lee = people

    assert refused(call(LEAVE, caller=lee.signed_in, account_id=ACCOUNT)) == (403, "not_allowed")


def test_both_ways_at_once_are_refused_for_someone_inactive_too(people: People) -> None:
    ann, kim, _ = people
    on_user(DEACTIVATE, ann, kim.user_id)

    answer = on_user(DEACTIVATE, ann, kim.user_id, reassign_to=ann.user_id, hand_over="later")

    assert wrong_fields(answer) == {"hand_over"}

"""Handing over while another move is under way, or to someone who is no target any more (rules 22 and 23)."""

from typing import Any

import pytest

from tests.command_cases.records import owners, put
from tests.factories import (
    ACCOUNT,
    BLOCK_IDENTITY,
    DEACTIVATE,
    REACTIVATE,
    REASSIGN,
    REMOVE,
    USER,
    ActiveUser,
    an_operator,
)
from tests.functions.contract import call, nothing_changes, on_user, refused, wrong_fields
from tests.functions.faults import meanwhile
from tests.functions.leaving import People, a_leaver_and_others, new_job, sweep
from tests.invoke import wake
from tests.table_edits import user_row


@pytest.fixture
def people() -> People:
    return a_leaver_and_others()


@pytest.mark.parametrize("first", [{"hand_over": "later"}, {"reassign_to": "kim"}])
@pytest.mark.parametrize("form", ["for all", "for each type"])
def test_a_hand_over_to_others_waits_for_the_one_under_way(people: People, first: dict[str, str], form: str) -> None:
    ann, kim, lee = people
    to_kim = first.get("reassign_to") is not None

    def handed_to(person: ActiveUser) -> dict[str, Any]:
        each = {"contact": person.user_id, "task": person.user_id, "opportunity": person.user_id}
        return {"reassign_to": person.user_id if form == "for all" else each}

    assert on_user(DEACTIVATE, ann, lee.user_id, **(handed_to(kim) if to_kim else first)).status == 200

    with nothing_changes():
        answers = [on_user(DEACTIVATE, ann, lee.user_id, **handed_to(person)) for person in (ann, kim)]

    assert refused(answers[0]) == (409, "conflict")
    assert (answers[1].status == 200) is to_kim


@pytest.mark.parametrize("route", [DEACTIVATE, REMOVE])
def test_a_target_who_is_deactivated_meanwhile_gets_nothing(people: People, route: str) -> None:
    ann, kim, lee = people

    with meanwhile("dynamodb", "TransactWriteItems", lambda: on_user(DEACTIVATE, ann, kim.user_id)):
        answer = on_user(route, ann, lee.user_id, reassign_to=kim.user_id)

    assert (answer.status, wrong_fields(answer)) == (422, {"reassign_to"})
    assert call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body["status"] == "active"


@pytest.mark.parametrize("happens", ["their records move", "their identity is blocked"])
def test_a_target_who_is_none_any_more_gets_nothing(people: People, happens: str) -> None:
    ann, kim, lee = people

    def happen() -> None:
        if happens == "their records move":
            order = {"from": kim.user_id, "to": lee.user_id}
            assert call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).status == 202
        else:
            call(BLOCK_IDENTITY, caller=an_operator(), email=kim.address, body={})

    with meanwhile("dynamodb", "TransactWriteItems", happen):
        answer = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id)

    assert (answer.status, wrong_fields(answer)) == (422, {"reassign_to"})


def test_nobody_is_deactivated_with_a_second_job_while_one_is_under_way(people: People) -> None:
    ann, kim, lee = people
    order = {"from": lee.user_id, "to": kim.user_id}
    job_id = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]

    with nothing_changes():
        early = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=ann.user_id)
    wake("move_records", new_job(job_id))
    sweep()
    later = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=ann.user_id)

    assert refused(early) == (409, "conflict")
    assert later.status == 200


def test_a_move_that_begins_meanwhile_is_not_taken_for_another_one(people: People) -> None:
    ann, kim, lee = people
    order = {"from": lee.user_id, "to": kim.user_id}

    def begin() -> None:
        assert call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).status == 202

    with meanwhile("dynamodb", "TransactWriteItems", begin):
        answer = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=ann.user_id)

    assert refused(answer) == (409, "conflict")


def test_nobody_comes_back_while_a_move_goes_on_that_began_before_they_left(people: People) -> None:
    ann, kim, lee = people
    order = {"from": lee.user_id, "to": kim.user_id}
    moves = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]
    removes = on_user(DEACTIVATE, ann, lee.user_id, hand_over="later").body["last_job_id"]
    wake("move_records", new_job(removes))

    with nothing_changes():
        early = [
            on_user(REACTIVATE, ann, lee.user_id),
            on_user(REMOVE, ann, lee.user_id, reassign_to=ann.user_id),
            call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order | {"to": ann.user_id}),
        ]
    wake("move_records", new_job(moves))
    sweep()

    assert removes != moves
    assert [refused(answer) for answer in early] == [(409, "conflict")] * 3
    assert owners() == {"c-1": kim.user_id, "t-1": kim.user_id, "t-2": None, "n-1": lee.user_id}
    assert on_user(REACTIVATE, ann, lee.user_id).body["records_waiting"] == 0


def test_nobody_comes_back_as_a_move_of_theirs_begins(people: People) -> None:
    ann, kim, lee = people
    assert on_user(DEACTIVATE, ann, lee.user_id, hand_over="later").status == 200
    sweep()

    with meanwhile(
        "dynamodb", "TransactWriteItems", lambda: on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id)
    ):
        answer = on_user(REACTIVATE, ann, lee.user_id)

    assert refused(answer) == (409, "conflict")
    assert user_row(lee.user_id)["status"] == "inactive"


def test_nobody_gets_records_whose_own_ones_are_being_moved(people: People) -> None:
    ann, kim, lee = people
    put(ann, "contact", "c-9", kim)
    order = {"from": kim.user_id, "to": ann.user_id}
    job_id = call(REASSIGN, caller=ann.signed_in, account_id=ACCOUNT, body=order).body["job_id"]

    early = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id)
    wake("move_records", new_job(job_id))
    sweep()
    later = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=kim.user_id)

    assert (early.status, wrong_fields(early)) == (422, {"reassign_to"})
    assert later.status == 200

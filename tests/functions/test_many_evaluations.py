"""Many questions in one request, and questions that cannot be asked (rule 32)."""

from typing import Any

import pytest

from tests.factories import (
    ACCESS,
    ACCOUNT,
    EVALUATIONS,
    GET_ACCOUNT,
    GROUP,
    GROUPS,
    INVITE,
    JOURNAL,
    ME,
    TEAMS,
    USER,
    USERS,
    a_user,
    invitation,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.evaluations import a_question, ask_evaluation
from tests.functions.faults import counting
from tests.invoke import HOST


def test_many_questions_take_from_the_request_what_they_leave_out() -> None:
    ann = an_account()
    lee = a_user(ann)
    whole = a_question(lee, "users.view")
    asked = [{}, {"action": {"name": "users.invite"}}, {"subject": {"type": "user", "id": ann.user_id}}]

    answers = {
        semantic: ask_evaluation(
            {**whole, "evaluations": asked, "options": {"evaluations_semantic": semantic}}, route=EVALUATIONS
        ).body["evaluations"]
        for semantic in ("execute_all", "deny_on_first_deny", "permit_on_first_permit")
    }

    decisions = {semantic: [one["decision"] for one in found] for semantic, found in answers.items()}
    assert decisions == {
        "execute_all": [True, False, True],
        "deny_on_first_deny": [True, False],
        "permit_on_first_permit": [True],
    }


def test_a_hundred_questions_cost_three_requests_at_most() -> None:
    ann = an_account()
    people = [f"{first}{second}".ljust(26, "x") for first in "abcdefghij" for second in "abcdefghijklmnopqrst"]
    asked = [
        {
            "subject": {"type": "user", "id": people[number]},
            "resource": {"type": "contact", "id": "c", "properties": {"owner_id": people[number + 100]}},
        }
        for number in range(100)
    ]

    with counting("dynamodb") as one:
        ask_evaluation(a_question(ann, owner=ann))
    with counting("dynamodb") as calls:
        answer = ask_evaluation({"action": {"name": "contacts.view"}, "evaluations": asked}, route=EVALUATIONS)

    assert len(answer.body["evaluations"]) == 100
    assert (len(one), len(calls)) == (1, 3)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": {"type": "", "id": "x"}}, "subject.type"),
        ({"subject": {"type": "user"}}, "subject.id"),
        ({"subject": {"type": "user", "id": ""}}, "subject.id"),
        ({"action": {"name": 7}}, "action.name"),
        ({"action": None}, "action"),
        ({"context": "noon"}, "context"),
    ],
)
def test_what_cannot_be_asked_is_named(changes: dict[str, Any], field: str) -> None:
    ann = an_account()

    assert wrong_fields(ask_evaluation(a_question(ann) | changes)) == {field}


def test_a_question_without_a_subject_is_named_by_its_place() -> None:
    ann = an_account()
    question = a_question(ann)
    subject = question.pop("subject")

    answers = [
        ask_evaluation({**question, "evaluations": [{"subject": subject}, {}]}, route=EVALUATIONS),
        ask_evaluation({**question, "evaluations": []}, route=EVALUATIONS),
        ask_evaluation({**question, "evaluations": [{"subject": subject}] * 101}, route=EVALUATIONS),
    ]

    assert [wrong_fields(answer) for answer in answers] == [{"evaluations.1.subject"}, {"subject"}, {"evaluations"}]


def test_a_request_that_lists_no_questions_asks_one_itself() -> None:
    ann = an_account()

    without, empty = a_question(ann), a_question(ann) | {"evaluations": []}

    answers = [ask_evaluation(question, route=EVALUATIONS) for question in (without, empty)]

    assert [answer.body for answer in answers] == [{"decision": True, "context": {"reason": "admin"}}] * 2


def test_a_subject_of_any_id_is_denied_if_it_is_unknown() -> None:
    question = a_question(an_account())

    answer = ask_evaluation(question | {"subject": {"type": "user", "id": "x" * 2_000}})

    assert (answer.status, answer.body["decision"]) == (200, False)


def test_the_host_reads_every_account_and_changes_none() -> None:
    ann, _ = two_accounts()
    body = invitation()

    answers = [
        call(route, caller=HOST, account_id=account_id)
        for route in (GET_ACCOUNT, USERS, GROUPS, JOURNAL)
        for account_id in (ACCOUNT, "zz999")
    ]
    user = call(USER, caller=HOST, account_id=ACCOUNT, user_id=ann.user_id)
    group = call(GROUP, caller=HOST, account_id=ACCOUNT, group_id="everyone")
    with nothing_changes():
        refusals = [
            call(route, caller=HOST, account_id=ACCOUNT, **({"body": body} if route == INVITE else {}))
            for route in (ACCESS, INVITE, TEAMS)
        ]

    assert [answer.status for answer in (*answers, user, group)] == [200] * 10
    assert user.body["allowed_actions"] == []
    assert [answer.status for answer in refusals] == [403] * 3
    assert refused(call(ME, caller=HOST)) == (403, "not_allowed")
    assert refused(call(GET_ACCOUNT, caller=HOST, account_id="qq777")) == (404, "not_found")

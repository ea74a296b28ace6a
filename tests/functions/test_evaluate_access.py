"""Asking who may do what over the API, and what the host may read (rules 32 and 39)."""

from typing import Any

import pytest

from tests import invoke
from tests.command_cases.records import put
from tests.factories import (
    ACCESS,
    ACCOUNT,
    BLOCK_IDENTITY,
    CREATE_GROUP,
    CREATE_TEAM,
    DEACTIVATE,
    ERASE_IDENTITY,
    EVALUATION,
    EVALUATIONS,
    UNBLOCK_IDENTITY,
    USER,
    a_user,
    an_operator,
    invited,
    joined,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, on_user, refused, wrong_fields
from tests.functions.evaluations import a_question, ask_evaluation
from tests.functions.faults import counting, refusing
from tests.invoke import HOST


def test_the_host_asks_about_anyone() -> None:
    ann = an_account()
    lee, kim = a_user(ann), a_user(ann, "kim@example.org")
    body = {"name": "Sales", "managers": [lee.user_id], "users": [kim.user_id]}
    call(CREATE_TEAM, caller=ann.signed_in, account_id=ACCOUNT, body=body)

    with nothing_changes():
        answers = [
            ask_evaluation(a_question(ann, "users.invite")),
            ask_evaluation(a_question(lee, "users.invite")),
            ask_evaluation(a_question(lee, owner=kim)),
            ask_evaluation(a_question(kim, owner=lee)),
        ]

    assert [answer.body for answer in answers] == [
        {"decision": True, "context": {"reason": "admin"}},
        {"decision": False, "context": {"reason": "permission_missing"}},
        {"decision": True, "context": {"reason": "team_manager"}},
        {"decision": False, "context": {"reason": "record_of_others"}},
    ]


def test_what_reaches_all_needs_not_its_own_pair_unless_that_is_denied() -> None:
    ann = an_account()
    body = {"name": "Auditors", "permissions": ["contacts.view_all"]}
    group = call(CREATE_GROUP, caller=ann.signed_in, account_id=ACCOUNT, body=body).body
    lee = a_user(ann, groups=[group["group_id"]])
    kim = a_user(ann, "kim@example.org", groups=[group["group_id"]], permissions={"deny": ["contacts.view"]})

    answers = [ask_evaluation(a_question(each, owner=ann)).body["context"]["reason"] for each in (lee, kim)]

    assert answers == ["permission", "permission_missing"]


def test_a_record_of_an_owner_who_is_not_of_the_account_is_unknown_to_everybody() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    unknown = a_question(ann, owner=ann)
    unknown["resource"] = unknown["resource"] | {"properties": {"owner_id": "nobody"}}

    answers = [
        ask_evaluation(question)
        for question in (a_question(ann, owner=zoe), unknown, a_question(lee, "contacts.view", zoe))
    ]

    assert [answer.body for answer in answers] == [{"decision": False, "context": {"reason": "unknown_resource"}}] * 3


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_stored_record_of_someone_who_has_left_is_reached_by_administrators(*, is_erased: bool) -> None:
    ann = an_account()
    lee = a_user(ann)
    put(ann, "contact", "c-1", lee)
    assert on_user(DEACTIVATE, ann, lee.user_id, hand_over="later").status == 200
    if is_erased:
        assert call(ERASE_IDENTITY, caller=an_operator(), email=lee.address, body={}).status == 200
    question = a_question(ann, "contacts.view") | {"resource": {"type": "contact", "id": "c-1"}}

    with counting("dynamodb") as requests:
        answer = ask_evaluation(question)

    assert answer.body == {"decision": True, "context": {"reason": "admin"}}
    assert requests == ["BatchGetItem"] * 2


@pytest.mark.parametrize("owner_id", [7, True, ["a"], {"id": "a"}])
def test_an_owner_who_is_no_text_is_named(owner_id: object) -> None:
    ann = an_account()
    question = a_question(ann) | {"resource": {"type": "contact", "id": "c-1", "properties": {"owner_id": owner_id}}}

    one = ask_evaluation(question)
    many = ask_evaluation(question | {"evaluations": [{"resource": question["resource"]}]}, route=EVALUATIONS)

    assert wrong_fields(one) == {"resource.properties.owner_id"}
    assert wrong_fields(many) == {f"{within}resource.properties.owner_id" for within in ("", "evaluations.0.")}


def test_an_owner_who_is_null_is_not_given_and_other_properties_are_ignored() -> None:
    ann = an_account()
    put(ann, "contact", "c-1", ann)
    resource = {"type": "contact", "id": "c-1", "properties": {"owner_id": None, "colour": {"is": "red"}}}

    answer = ask_evaluation(a_question(ann, "contacts.view") | {"resource": resource})

    assert answer.body == {"decision": True, "context": {"reason": "owner"}}


def test_access_ends_with_deactivation() -> None:
    ann = an_account()
    lee = a_user(ann)
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    answer = ask_evaluation(a_question(lee, owner=lee))

    assert answer.body == {"decision": False, "context": {"reason": "subject_not_active"}}


def test_a_subject_is_found_by_identity_in_this_account_only() -> None:
    ann, zoe = two_accounts()
    ids = {
        person.user_id: call(USER, caller=person.signed_in, account_id=account_id, user_id=person.user_id).body
        for person, account_id in ((ann, ACCOUNT), (zoe, "zz999"))
    }
    questions = [
        a_question(ann, "users.view") | {"subject": {"type": "identity", "id": user["identity_id"]}}
        for user in ids.values()
    ]
    unknown = a_question(ann) | {"subject": {"type": "identity", "id": "not-an-id"}}

    reasons = [
        ask_evaluation(question).body["context"]["reason"] for question in (*questions, unknown, a_question(zoe))
    ]

    assert reasons == ["admin", "subject_not_found", "subject_not_found", "subject_not_found"]


def test_a_blocked_identity_may_do_nothing_and_costs_no_extra_request() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    there = joined(SECOND, invited(zoe, "lee@example.org", account_id=SECOND))
    questions = {
        ACCOUNT: a_question(lee, "contacts.view", owner=lee),
        SECOND: a_question(there, "contacts.view", owner=there),
    }

    def reasons() -> list[tuple[bool, str]]:
        answers = [call(EVALUATION, caller=HOST, account_id=each, body=body).body for each, body in questions.items()]
        return [(answer["decision"], answer["context"]["reason"]) for answer in answers]

    before = reasons()
    staff: dict[str, Any] = {"caller": an_operator(), "email": "lee@example.org", "body": {}}
    assert call(BLOCK_IDENTITY, **staff).status == 200
    with counting("dynamodb") as requests:
        while_blocked = reasons()
    assert call(UNBLOCK_IDENTITY, **staff).status == 200

    assert before == [(True, "owner")] * 2
    assert while_blocked == [(False, "subject_not_active")] * 2
    assert requests == ["BatchGetItem"] * 2
    assert reasons() == before


def test_a_block_that_was_interrupted_is_completed_by_its_repeat() -> None:
    ann = an_account()
    lee = a_user(ann)
    staff: dict[str, Any] = {"caller": an_operator(), "email": "lee@example.org", "body": {}}
    with refusing("dynamodb", "UpdateItem", "AccessDeniedException"):
        assert invoke.call(BLOCK_IDENTITY, **staff).status == 500

    assert call(BLOCK_IDENTITY, **staff).status == 200

    answer = ask_evaluation(a_question(lee, "contacts.view", owner=lee))
    assert answer.body["context"]["reason"] == "subject_not_active"


def test_people_ask_about_themselves_only() -> None:
    ann = an_account()
    lee = a_user(ann)
    own_identity = call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).body["identity_id"]
    as_identity = a_question(lee, owner=lee) | {"subject": {"type": "identity", "id": own_identity}}

    answers = [ask_evaluation(question, by=lee.signed_in) for question in (a_question(lee, owner=lee), as_identity)]
    others = [
        ask_evaluation(a_question(subject), by=by) for subject, by in ((ann, lee.signed_in), (lee, ann.signed_in))
    ]

    assert [answer.body["context"]["reason"] for answer in answers] == ["owner", "owner"]
    assert [refused(answer) for answer in others] == [(403, "not_allowed")] * 2

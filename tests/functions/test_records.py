"""Records over the API: stored by the host, counted by owner, listed, and asked about (rules 22, 32 and 39)."""

from typing import Any

import pytest

from shared.storage_schema import RECORDS as RECORDS_TABLE
from tests import aws_fixture
from tests.command_cases.records import assert_counted, numbers, owners
from tests.factories import (
    ACCOUNT,
    DELETE_RECORD,
    EDIT,
    EVALUATION,
    EVALUATIONS,
    PUT_RECORD,
    PUT_RECORDS,
    RECORDS,
    ActiveUser,
    a_partner,
    a_user,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import counting, losing_answers
from tests.invoke import HOST, Answer, SignedIn


def putting(
    owner: ActiveUser, record_type: str = "task", record_id: str = "t-1", *, by: SignedIn = HOST, **fields: Any
) -> Answer:
    body = {"owner_id": owner.user_id, **fields}
    return call(PUT_RECORD, caller=by, account_id=ACCOUNT, type=record_type, record_id=record_id, body=body)


def listed(query: dict[str, str]) -> list[str]:
    answer = call(RECORDS, caller=HOST, account_id=ACCOUNT, query=query)
    assert answer.status == 200, answer.text
    return [record["record_id"] for record in answer.body["data"]]


def test_the_host_stores_changes_and_deletes_a_record() -> None:
    ann = an_account()
    lee = a_user(ann)

    stored = putting(lee, status="pending", title="  Call  back ")
    changed = putting(ann, status="completed")
    ids = {"account_id": ACCOUNT, "type": "task", "record_id": "t-1"}
    owned_by_ann = numbers(ann.user_id)
    deleted = [call(DELETE_RECORD, caller=HOST, **ids) for _ in range(2)]

    assert (stored.status, stored.body["title"], stored.body["owner_id"]) == (200, "Call back", lee.user_id)
    assert (changed.body["version"], changed.body["title"]) == (2, None)
    assert owned_by_ann == {"remove#task": 1}
    assert [answer.body for answer in deleted] == [{"type": "task", "record_id": "t-1"}] * 2
    assert owners() == {}
    assert_counted()


def test_storing_a_record_again_changes_nothing() -> None:
    ann = an_account()
    first = putting(ann, "contact", "c-1", title="Northwind")

    with nothing_changes():
        again = putting(ann, "contact", "c-1", title="Northwind")

    assert again.body == first.body


@pytest.mark.parametrize(
    ("record_type", "record_id", "status"),
    [
        ("invoice", "i-1", 404),
        ("task", ".t", 404),
        ("task", "t/1", 404),
        ("Task", "t-1", 404),
        ("task", "t" * 101, 404),
    ],
)
def test_unknown_types_and_malformed_ids_are_not_found(record_type: str, record_id: str, status: int) -> None:
    ann = an_account()

    with nothing_changes():
        assert putting(ann, record_type, record_id).status == status


def test_an_owner_must_be_a_user_of_the_account() -> None:
    _, zoe = two_accounts()

    with nothing_changes():
        answers = [putting(zoe), putting(ActiveUser("z" * 26, "", HOST)), putting(ActiveUser("x", "", HOST))]

    assert [(answer.status, wrong_fields(answer)) for answer in answers] == [(422, {"owner_id"})] * 3


def test_people_need_a_permission_to_write_and_to_read() -> None:
    ann = an_account()
    lee = a_user(ann)
    putting(lee)

    by_lee: dict[str, Any] = {"caller": lee.signed_in, "account_id": ACCOUNT}
    refusals = [
        putting(lee, by=lee.signed_in),
        call(DELETE_RECORD, **by_lee, type="task", record_id="t-1"),
        call(RECORDS, **by_lee),
    ]
    body = {"permissions": {"allow": ["records.edit", "records.view"], "deny": []}}
    assert call(EDIT, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body=body).status == 200
    allowed = [putting(lee, by=lee.signed_in), call(RECORDS, caller=lee.signed_in, account_id=ACCOUNT)]

    assert [refused(answer) for answer in refusals] == [(403, "not_allowed")] * 3
    assert [answer.status for answer in allowed] == [200, 200]


def test_lists_by_owner_and_type_cost_what_they_find() -> None:
    ann = an_account()
    lee = a_user(ann)
    for number in range(3):
        putting(lee, "contact", f"c-{number}")
    putting(lee, "task", "t-1", status="pending")
    putting(ann, "task", "t-2", status="pending")

    with counting("dynamodb") as calls:
        of_lee = listed({"owner_id": lee.user_id})
    pages = call(RECORDS, caller=HOST, account_id=ACCOUNT, query={"owner_id": lee.user_id, "limit": "3"}).body

    assert len(calls) == 3
    assert of_lee == ["c-0", "c-1", "c-2", "t-1"]
    assert listed({"type": "task"}) == ["t-1", "t-2"]
    assert listed({"owner_id": lee.user_id, "type": "task"}) == ["t-1"]
    assert listed({}) == ["c-0", "c-1", "c-2", "t-1", "t-2"]
    assert [record["record_id"] for record in pages["data"]] == ["c-0", "c-1", "c-2"]
    assert listed({"owner_id": lee.user_id, "cursor": pages["next_cursor"]}) == ["t-1"]
    foreign = call(RECORDS, caller=HOST, account_id=ACCOUNT, query={"cursor": pages["next_cursor"]})
    assert wrong_fields(foreign) == {"cursor"}


def test_many_records_get_a_result_each_in_order() -> None:
    ann = an_account()
    good = [{"type": "contact", "record_id": f"c-{number}", "owner_id": ann.user_id} for number in range(95)]
    bad = [
        {"type": "invoice", "record_id": "i-1", "owner_id": ann.user_id},
        {"type": "contact", "record_id": "c-1", "owner_id": ann.user_id},
        {"type": "contact", "record_id": "c-x", "owner_id": "z" * 26},
        {"type": "contact"},
        "no row",
    ]

    with losing_answers("dynamodb", "TransactWriteItems"):
        answer = call(PUT_RECORDS, caller=HOST, account_id=ACCOUNT, body={"records": [*bad[:1], *good, *bad[1:]]})

    results = answer.body["results"]
    assert [result["index"] for result in results] == list(range(100))
    assert [result["code"] for result in (results[0], *results[96:])] == [
        "invalid_request",
        "duplicate_row",
        "invalid_request",
        "invalid_request",
        "invalid_request",
    ]
    assert {result["outcome"] for result in results[1:96]} == {"stored"}
    assert numbers(ann.user_id) == {"move#contact": 95}
    assert_counted()


def a_question(subject: ActiveUser, record_id: str) -> dict[str, Any]:
    return {
        "subject": {"type": "user", "id": subject.user_id},
        "action": {"name": "contacts.edit"},
        "resource": {"type": "contact", "id": record_id},
    }


def test_evaluation_knows_the_owners_of_stored_records() -> None:
    ann = an_account()
    lee = a_user(ann)
    putting(lee, "contact", "c-1")
    putting(ann, "contact", "c-2")

    def reason(subject: ActiveUser, record_id: str) -> str:
        answer = call(EVALUATION, caller=HOST, account_id=ACCOUNT, body=a_question(subject, record_id))
        found: str = answer.body["context"]["reason"]
        return found

    reasons = [reason(lee, "c-1"), reason(lee, "c-2"), reason(ann, "c-1"), reason(lee, "c-3")]

    assert reasons == ["owner", "record_of_others", "admin", "unknown_resource"]


def test_a_hundred_questions_about_stored_records_take_three_requests() -> None:
    ann = an_account()
    lee = a_user(ann)
    rows = [
        {"type": "contact", "record_id": f"c-{number}", "owner_id": (lee, ann)[number % 2].user_id}
        for number in range(100)
    ]
    call(PUT_RECORDS, caller=HOST, account_id=ACCOUNT, body={"records": rows})
    whole = a_question(lee, "c-0")
    asked = [{"resource": {"type": "contact", "id": f"c-{number}"}} for number in range(100)]

    with counting("dynamodb") as calls:
        answer = call(EVALUATIONS, caller=HOST, account_id=ACCOUNT, body={**whole, "evaluations": asked})

    assert len(calls) <= 3
    assert [each["decision"] for each in answer.body["evaluations"]] == [True, False] * 50


def test_records_of_another_account_are_unknown() -> None:
    ann, zoe = two_accounts()
    putting(ann, "contact", "c-1")

    answer = call(EVALUATION, caller=HOST, account_id="zz999", body=a_question(zoe, "c-1"))
    found = call(RECORDS, caller=HOST, account_id="zz999")

    assert answer.body["context"]["reason"] == "unknown_resource"
    assert found.body["data"] == []
    assert len(aws_fixture.items(RECORDS_TABLE)) == 2


@pytest.mark.parametrize("record_id", ["-V3x", "_V3x", "a.b:c~d"])
@pytest.mark.parametrize("status", ["in-progress", "Open"])
def test_ids_and_statuses_are_those_of_the_host_product(record_id: str, status: str) -> None:
    answer = putting(an_account(), "task", record_id, status=status)

    assert (answer.status, answer.body["record_id"], answer.body["status"]) == (200, record_id, status)


def test_a_partner_takes_no_record_from_an_administrator_who_is_not_one() -> None:
    ann = an_account()
    pia, lee = a_partner(ann, admin=True), a_user(ann)
    for owner, record_id in ((ann, "t-1"), (lee, "t-2")):
        putting(owner, record_id=record_id)
    of_ann = {"account_id": ACCOUNT, "type": "task", "record_id": "t-1"}
    rows = [{"type": "task", "record_id": record_id, "owner_id": pia.user_id} for record_id in ("t-1", "t-2")]

    with nothing_changes():
        answers = [putting(pia, by=pia.signed_in), call(DELETE_RECORD, caller=pia.signed_in, **of_ann)]
    batch = call(PUT_RECORDS, caller=pia.signed_in, account_id=ACCOUNT, body={"records": rows})

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 2
    assert [each["outcome"] for each in batch.body["results"]] == ["refused", "stored"]
    assert putting(ann, title="Call back", by=pia.signed_in).status == 200

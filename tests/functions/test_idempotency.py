from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.command_cases import PLAIN, ROUTES
from tests.command_cases.case import KEYED, CommandCase, Cost, Given
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    INVITE,
    LEE_BODY,
    USERS,
    ActiveUser,
    a_user,
    acceptance,
    an_operator,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import (
    body_fields,
    body_schema,
    call,
    nothing_changes,
    parameters_of,
    refused,
    wrong_fields,
)
from tests.functions.keyed_requests import ANN, keyed
from tests.invoke import Answer
from tests.table_edits import set_in

KEYED_CASES = [
    PLAIN[route]
    for route in ROUTES
    if "Idempotency-Key" in parameters_of(route, "header") and PLAIN[route].cost is not Cost.READ
]
CASES_WITH_MORE_THAN_A_SENDER = [case for case in KEYED_CASES if set(body_fields(case.target)) - {"token", "email"}]


def invite_with_key(by: ActiveUser, *, key: str = "key-1", **fields: Any) -> Answer:
    return keyed(INVITE, by.signed_in, LEE_BODY | fields, key=key, account_id=ACCOUNT)


def records() -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "idempotency"]


@pytest.mark.parametrize("case", KEYED_CASES, ids=lambda case: case.name)
def test_repeat_gets_the_same_answer_and_has_no_second_effect(case: CommandCase) -> None:
    given = case.arrange()
    first = call(case.target, **case.request(given, headers=KEYED))

    with nothing_changes():
        again = call(case.target, **case.request(given, headers=KEYED))

    assert (again.status, stored(again)) == (first.status, stored(first)) == (case.status, stored(first))


@pytest.mark.parametrize("case", CASES_WITH_MORE_THAN_A_SENDER, ids=lambda case: case.name)
def test_other_body_under_the_same_key_is_refused(case: CommandCase) -> None:
    given = case.arrange()
    call(case.target, **case.request(given, headers=KEYED))

    with nothing_changes():
        answer = call(case.target, **case.request(given, headers=KEYED, body=other_body(case, given)))

    assert refused(answer) == (422, "idempotency_key_reused")


def stored(answer: Answer) -> dict[str, Any]:
    """An answer without its session, which is never stored."""
    return {name: value for name, value in answer.body.items() if name != "session"}


_OTHERS = {
    "name": "Other",
    "first_name": "Other",
    "email": "other@example.org",
    "password": "Trombone404",
    "to": "other",
}
_NEEDED_TOGETHER = {"from", "first_name"}  # The body needs them, or another field, without the schema saying so.


def other_body(case: CommandCase, given: Given) -> dict[str, Any]:
    """Another body that is valid as well: without its first optional field, or with another name or choice."""
    body, schema = dict(given.parts["body"]), body_schema(case.target) or {}
    optional = [name for name in body if name not in {*schema.get("required", []), *_NEEDED_TOGETHER}]
    if optional:
        return {name: value for name, value in body.items() if name != optional[0]}
    choices = {name: schema["properties"][name].get("enum", []) for name in body}
    others = {name: next(each for each in found if each != body[name]) for name, found in choices.items() if found}
    return (
        body
        | others
        | {name: other for name, other in _OTHERS.items() if isinstance(body.get(name), str)}
        | ({"records": body["records"][:1]} if "records" in body else {})
    )


def test_repeat_gets_the_first_answer_after_later_changes() -> None:
    ann = an_account()
    first = invite_with_key(ann)
    a_user(ann, "bea@example.org")
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": f"user#{first.body['user_id']}"}, status="declined", version=9)

    again = invite_with_key(ann)

    assert again.body == first.body


def test_member_order_and_blanks_make_no_other_body() -> None:
    ann = an_account()
    first = invite_with_key(ann)
    parts: dict[str, Any] = {"caller": ann.signed_in, "account_id": ACCOUNT, "headers": {"idempotency-key": "key-1"}}
    raw = '{ "groups":["everyone"],\\n "email": "lee@example.org", "last_name":"Sherron", "first_name":"Lee" }'

    with nothing_changes():
        again = call(INVITE, raw=raw.replace("\\n", "\n"), **parts)

    assert again.body == first.body


def test_keys_callers_accounts_and_routes_are_independent() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    zoe = an_account("zz999", admin="zoe@example.org")
    user = invite_with_key(ann).body
    operator = an_operator()

    answers = [
        invite_with_key(ann, key="key-2", email="a@example.org"),
        invite_with_key(bea, email="b@example.org"),
        keyed(INVITE, zoe.signed_in, LEE_BODY | {"email": "c@example.org"}, account_id="zz999"),
        keyed(DEACTIVATE, ann.signed_in, {}, account_id=ACCOUNT, user_id=bea.user_id),
        keyed(ADMINISTRATORS, operator, ANN | {"email": "d@example.org"}, account_id=ACCOUNT),
        keyed(ADMINISTRATORS, operator, ANN | {"email": "e@example.org"}, account_id="zz999"),
        keyed(ACCEPT, None, acceptance(token_for(user))),
    ]

    assert [answer.status for answer in answers] == [201, 201, 201, 200, 201, 201, 200]


def test_key_counts_for_one_target_of_a_route() -> None:
    ann = an_account()
    users = [a_user(ann, f"u{number}@example.org") for number in range(2)]

    answers = [
        keyed(DEACTIVATE, ann.signed_in, {}, account_id=ACCOUNT, user_id=user.user_id).body["user_id"] for user in users
    ]

    assert answers == [user.user_id for user in users]


def test_refusal_is_not_stored() -> None:
    ann = an_account(seats=1)
    with nothing_changes():
        refusal = refused(invite_with_key(ann))
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, seats_purchased=2, seats_available=1)

    answer = invite_with_key(ann)

    assert refusal == (409, "no_seat_available")
    assert answer.status == 201


def test_key_is_free_again_after_a_day() -> None:
    ann = an_account()
    invite_with_key(ann)
    [record] = records()
    kept = datetime.fromtimestamp(record["forget_at"], UTC) - datetime.now(UTC)
    past = int((datetime.now(UTC) - timedelta(seconds=1)).timestamp())
    set_in(DIRECTORY, {"pk": record["pk"], "sk": record["sk"]}, forget_at=past)

    answer = invite_with_key(ann, email="other@example.org")
    again = invite_with_key(ann, email="other@example.org")

    assert timedelta(hours=23, minutes=59) < kept <= timedelta(hours=24, seconds=1)
    assert (answer.status, again.body) == (201, answer.body)


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "caf\u00e9", "tab\t", "line\n"])
def test_malformed_key_is_refused(key: str) -> None:
    ann = an_account()

    with nothing_changes():
        answer = invite_with_key(ann, key=key)

    assert wrong_fields(answer) == {"Idempotency-Key"}


@pytest.mark.parametrize("key", ["x", "x" * 255, "!~", "8e03978e-40d5-43dd-bc93-6894a57f9324"])
def test_well_formed_key_is_accepted(key: str) -> None:
    ann = an_account()

    assert invite_with_key(ann, key=key).body == invite_with_key(ann, key=key).body


def test_key_is_ignored_by_reads() -> None:
    ann = an_account()

    answer = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, headers={"idempotency-key": " not a key "})

    assert answer.status == 200


def test_repeated_acceptance_gets_a_new_session_and_stores_none() -> None:
    token = token_for(invited(an_account()))
    first = keyed(ACCEPT, None, acceptance(token))

    with nothing_changes():
        again = keyed(ACCEPT, None, acceptance(token))
        other = keyed(ACCEPT, None, acceptance(token, last_name="Other"))

    [record] = records()
    assert (again.status, again.body["user"]) == (200, first.body["user"])
    assert again.body["session"]["access_token"]
    assert "answer" not in record
    assert refused(other) == (422, "idempotency_key_reused")


def test_key_counts_for_one_link() -> None:
    ann = an_account()
    tokens = [token_for(invited(ann, f"u{number}@example.org")) for number in range(2)]

    answers = [keyed(ACCEPT, None, acceptance(token)) for token in tokens]

    assert [answer.status for answer in answers] == [200, 200]


def test_deactivated_caller_gets_no_stored_answer() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    invite_with_key(bea)
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bea.user_id, body={})

    answer = invite_with_key(bea)

    assert refused(answer) == (404, "not_found")

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.domain_factories import set_in
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    INVITE,
    JOIN,
    OPEN_ACCOUNT,
    TERMS,
    USERS,
    Person,
    a_user,
    acceptance,
    an_operator,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.invoke import Answer, SignedIn

LEE = {"first_name": "Lee", "last_name": "Sherron", "email": "lee@example.org", "groups": ["everyone"]}
ANN = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
OPENED = {"account_id": ACCOUNT, "name": "Northwind", "seats": 3, "admin": ANN}


def keyed(route: str, caller: SignedIn | None, body: object, *, key: str = "key-1", **ids: str) -> Answer:
    return call(route, caller=caller, body=body, headers={"idempotency-key": key}, **ids)


def inviting(by: Person, *, key: str = "key-1", **fields: Any) -> Answer:
    return keyed(INVITE, by.signed_in, LEE | fields, key=key, account_id=ACCOUNT)


def records() -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "idempotency"]


def test_the_same_request_gets_the_same_answer_and_has_no_second_effect() -> None:
    ann = an_account()
    first = inviting(ann)

    with nothing_changes():
        again = inviting(ann)

    assert (again.status, again.body) == (first.status, first.body) == (201, first.body)


def test_the_answer_is_the_one_that_was_given_then_even_if_things_have_changed() -> None:
    ann = an_account()
    first = inviting(ann)
    a_user(ann, "bea@example.org")
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": f"user#{first.body['user_id']}"}, status="declined", version=9)

    again = inviting(ann)

    assert again.body == first.body


def test_the_order_of_members_and_blanks_make_no_other_body() -> None:
    ann = an_account()
    first = inviting(ann)
    parts: dict[str, Any] = {"caller": ann.signed_in, "account_id": ACCOUNT, "headers": {"idempotency-key": "key-1"}}
    raw = '{ "groups":["everyone"],\\n "email": "lee@example.org", "last_name":"Sherron", "first_name":"Lee" }'

    with nothing_changes():
        again = call(INVITE, raw=raw.replace("\\n", "\n"), **parts)

    assert again.body == first.body


def test_another_body_under_the_same_key_is_refused() -> None:
    ann = an_account()
    inviting(ann)

    with nothing_changes():
        answers = [inviting(ann, email="other@example.org"), inviting(ann, admin=True), inviting(ann, first_name="Leo")]

    assert [refused(answer) for answer in answers] == [(422, "idempotency_key_reused")] * 3


def test_other_keys_callers_accounts_and_routes_are_independent() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    zoe = an_account("zz999", admin="zoe@example.org")
    user = inviting(ann).body
    operator = an_operator()

    answers = [
        inviting(ann, key="key-2", email="a@example.org"),
        inviting(bea, email="b@example.org"),
        keyed(INVITE, zoe.signed_in, LEE | {"email": "c@example.org"}, account_id="zz999"),
        keyed(DEACTIVATE, ann.signed_in, {}, account_id=ACCOUNT, user_id=bea.user_id),
        keyed(ADMINISTRATORS, operator, ANN | {"email": "d@example.org"}, account_id=ACCOUNT),
        keyed(ADMINISTRATORS, operator, ANN | {"email": "e@example.org"}, account_id="zz999"),
        keyed(ACCEPT, None, acceptance(token_for(user))),
    ]

    assert [answer.status for answer in answers] == [201, 201, 201, 200, 201, 201, 200]


def test_a_key_counts_for_one_target_of_a_route() -> None:
    ann = an_account()
    users = [a_user(ann, f"u{number}@example.org") for number in range(2)]

    answers = [
        keyed(DEACTIVATE, ann.signed_in, {}, account_id=ACCOUNT, user_id=user.user_id).body["user_id"] for user in users
    ]

    assert answers == [user.user_id for user in users]


def test_a_refusal_is_not_remembered() -> None:
    ann = an_account(seats=1)
    with nothing_changes():
        refusal = refused(inviting(ann))
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, seats_purchased=2, seats_available=1)

    answer = inviting(ann)

    assert refusal == (409, "no_seat_available")
    assert answer.status == 201


def test_a_key_is_free_again_after_a_day() -> None:
    ann = an_account()
    inviting(ann)
    [record] = records()
    kept = datetime.fromtimestamp(record["forget_at"], UTC) - datetime.now(UTC)
    past = int((datetime.now(UTC) - timedelta(seconds=1)).timestamp())
    set_in(DIRECTORY, {"pk": record["pk"], "sk": record["sk"]}, forget_at=past)

    answer = inviting(ann, email="other@example.org")
    again = inviting(ann, email="other@example.org")

    assert timedelta(hours=23, minutes=59) < kept <= timedelta(hours=24, seconds=1)
    assert (answer.status, again.body) == (201, answer.body)


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "caf\u00e9", "tab\t", "line\n"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    ann = an_account()

    with nothing_changes():
        answer = inviting(ann, key=key)

    assert wrong_fields(answer) == {"Idempotency-Key"}


@pytest.mark.parametrize("key", ["x", "x" * 255, "!~", "8e03978e-40d5-43dd-bc93-6894a57f9324"])
def test_every_other_key_is_good(key: str) -> None:
    ann = an_account()

    assert inviting(ann, key=key).body == inviting(ann, key=key).body


def test_a_key_means_nothing_to_a_request_that_only_reads() -> None:
    ann = an_account()

    answer = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, headers={"idempotency-key": " not a key "})

    assert answer.status == 200


def test_opening_an_account_twice_under_one_key_opens_one() -> None:
    operator = an_operator()
    first = keyed(OPEN_ACCOUNT, operator, OPENED)

    with nothing_changes():
        again = keyed(OPEN_ACCOUNT, operator, OPENED)
        other = keyed(OPEN_ACCOUNT, operator, OPENED | {"name": "Southwind"})

    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert refused(other) == (422, "idempotency_key_reused")


# ---- what invitees do ----


def test_a_repeated_acceptance_makes_its_session_anew_and_stores_none() -> None:
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


def test_a_key_of_one_link_is_another_of_the_next() -> None:
    ann = an_account()
    tokens = [token_for(invited(ann, f"u{number}@example.org")) for number in range(2)]

    answers = [keyed(ACCEPT, None, acceptance(token)) for token in tokens]

    assert [answer.status for answer in answers] == [200, 200]


def test_a_repeated_joining_is_answered_as_it_was() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    body = {"token": token_for(invited(zoe, account_id="zz999")), "terms_version": TERMS}
    first = keyed(JOIN, lee.signed_in, body)

    with nothing_changes():
        again = keyed(JOIN, lee.signed_in, body)
        other = keyed(JOIN, lee.signed_in, {"token": body["token"]})

    assert (again.status, again.body) == (200, first.body)
    assert refused(other) == (422, "idempotency_key_reused")


def test_somebody_who_was_deactivated_gets_no_remembered_answer() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    inviting(bea)
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bea.user_id, body={})

    answer = inviting(bea)

    assert refused(answer) == (404, "not_found")

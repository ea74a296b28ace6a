"""Requests for seats: told to the staff, listed, decided once, and those that wait in all accounts."""

from datetime import timedelta

import pytest
import time_machine

from shared.clock import utc_now
from tests.factories import (
    ACCOUNT,
    APPROVE_SEATS,
    DENY_SEATS,
    GET_ACCOUNT,
    GET_ANY_ACCOUNT,
    REQUEST_SEATS,
    SEAT_REQUESTS,
    WAITING_SEAT_REQUESTS,
    a_user,
    an_operator,
    delivered,
    text_of,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.seat_changes import decide_request, request_seats
from tests.invoke import HOST, Answer


def test_the_staff_get_a_mail_of_seats_that_were_given_back() -> None:
    ann = an_account()

    request_seats(ann, kind="return", quantity=2, reason="Two people fewer")

    [told] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    text = text_of(told)
    assert "gave back" in told["Subject"]
    assert all(fact in text for fact in (ACCOUNT, ann.address, "Two people fewer", "Seats given back: 2")), text


def test_the_staff_get_a_mail_of_a_request_that_waits() -> None:
    ann = an_account()

    request = request_seats(ann, quantity=7, reason="A new branch in Lyon")

    [told] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    text = text_of(told)
    facts = [
        ACCOUNT,
        ann.address,
        "Seats requested: 7",
        "Complimentary",
        request.body["request_id"],
        "> A new branch in",
    ]
    assert [fact for fact in facts if fact not in text] == []


def test_the_staff_get_no_mail_of_a_request_that_was_decided_meanwhile() -> None:
    decide_request(DENY_SEATS, request_seats(an_account()))

    assert [mail for mail in delivered() if mail["To"] == "staff@usher.example"] == []


def test_people_who_do_not_administer_neither_ask_nor_see_requests() -> None:
    ann = an_account()
    lee = a_user(ann, "lee@example.org")
    request_seats(ann)

    with nothing_changes():
        answers = [request_seats(lee), call(SEAT_REQUESTS, caller=lee.signed_in, account_id=ACCOUNT)]

    assert all(refused(answer) == (403, "not_allowed") for answer in answers)


def test_requests_are_listed_newest_first_a_page_at_a_time() -> None:
    ann = an_account()
    asked = [request_seats(ann, quantity=quantity, reason=f"Reason {quantity}").body for quantity in (1, 2, 3)]

    first = call(SEAT_REQUESTS, caller=ann.signed_in, account_id=ACCOUNT, query={"limit": "2"}).body
    rest = call(
        SEAT_REQUESTS,
        caller=ann.signed_in,
        account_id=ACCOUNT,
        query={"limit": "2", "cursor": first["next_cursor"]},
    ).body

    assert [*first["data"], *rest["data"]] == asked[::-1]
    assert rest["next_cursor"] is None


def test_operators_see_waiting_requests_newest_first_however_many_followed() -> None:
    ann = an_account()
    first = request_seats(ann, "complimentary", 3, reason="Charity")
    denied = request_seats(ann, "complimentary", 4)
    decide_request(DENY_SEATS, denied)
    for _ in range(26):
        request_seats(ann, "purchase", 1)
    second = request_seats(ann, "complimentary", 5)

    account = call(GET_ANY_ACCOUNT, caller=an_operator(), account_id=ACCOUNT).body
    decide_request(APPROVE_SEATS, second)
    afterwards = call(GET_ANY_ACCOUNT, caller=an_operator(), account_id=ACCOUNT).body

    assert account["seat_requests"] == [second.body, first.body]
    assert afterwards["seat_requests"] == [first.body]


def test_a_decision_repeated_is_told_once_and_the_other_one_is_refused() -> None:
    ann = an_account()
    request = request_seats(ann)
    approved = decide_request(APPROVE_SEATS, request)

    with nothing_changes():
        again, denied = decide_request(APPROVE_SEATS, request), decide_request(DENY_SEATS, request)

    assert again.body == approved.body
    assert refused(denied) == (409, "conflict")


def test_request_of_another_account_is_not_found() -> None:
    ann, _ = two_accounts()
    request = request_seats(ann).body["request_id"]

    with nothing_changes():
        answers = [
            call(APPROVE_SEATS, caller=an_operator(), account_id="zz999", request_id=each)
            for each in (request, "0" * 26, "nonsense")
        ]

    assert len({answer.text.replace(answer.body["request_id"], "") for answer in answers}) == 1
    assert all(refused(answer) == (404, "not_found") for answer in answers)


def waiting(**query: str) -> Answer:
    answer = call(WAITING_SEAT_REQUESTS, caller=an_operator(), query=query)
    assert answer.status == 200, answer.text
    return answer


def test_staff_see_the_requests_of_all_accounts_that_wait_longest_waiting_first() -> None:
    ann, zoe = two_accounts()
    with time_machine.travel(utc_now() + timedelta(minutes=1), tick=False):
        newer = request_seats(ann, quantity=3, reason="New team")
    with time_machine.travel(utc_now(), tick=False):
        body = {"kind": "complimentary", "quantity": 5}
        older = call(REQUEST_SEATS, caller=zoe.signed_in, account_id=SECOND, body=body)

    found = waiting().body

    ids = [(each["account"]["account_id"], each["request_id"]) for each in found["data"]]
    assert ids == [(SECOND, older.body["request_id"]), (ACCOUNT, newer.body["request_id"])]
    assert found["data"][1]["reason"] == "New team"
    assert (
        found["data"][1]["account"]["name"] == call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body["name"]
    )
    assert found["next_cursor"] is None


@pytest.mark.parametrize("route", [APPROVE_SEATS, DENY_SEATS])
def test_a_decided_request_waits_no_longer_nor_does_one_that_took_effect_at_once(route: str) -> None:
    ann = an_account()
    request_seats(ann, "purchase", quantity=1)
    first, second = request_seats(ann, quantity=2), request_seats(ann, quantity=3)

    decide_request(route, first)

    assert [each["request_id"] for each in waiting().body["data"]] == [second.body["request_id"]]


def test_waiting_requests_are_paged_and_a_foreign_cursor_is_refused() -> None:
    ann = an_account()
    asked = []
    for minute in range(5):
        with time_machine.travel(utc_now() + timedelta(minutes=minute), tick=False):
            asked.append(request_seats(ann, quantity=minute + 1).body["request_id"])

    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = waiting(limit="2", **({"cursor": cursor} if cursor else {})).body
        found, cursor = [*found, *(each["request_id"] for each in page["data"])], page["next_cursor"]

    assert found == asked
    assert wrong_fields(call(WAITING_SEAT_REQUESTS, caller=an_operator(), query={"cursor": "bm9uc2Vuc2U"})) == {
        "cursor"
    }


def test_nobody_but_an_operator_sees_what_waits() -> None:
    ann = an_account()

    answers = [call(WAITING_SEAT_REQUESTS, caller=caller) for caller in (ann.signed_in, HOST)]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed"), (403, "not_allowed")]

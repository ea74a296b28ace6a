"""Seats of an account: set by staff or the host, bought and given back."""

from typing import Any

import pytest

from shared.storage_schema import JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    APPROVE_SEATS,
    DENY_SEATS,
    GET_ACCOUNT,
    INVITE,
    REQUEST_SEATS,
    SET_SEATS,
    ActiveUser,
    an_operator,
    deliver_queued,
    invitation,
    invited,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile
from tests.functions.seat_changes import decide_request, request_seats
from tests.invoke import HOST, Answer, SignedIn


def setting(by: SignedIn, purchased: int | None, granted: int = 0) -> Answer:
    return call(SET_SEATS, caller=by, account_id=ACCOUNT, body={"purchased": purchased, "granted": granted})


def seats_of(by: ActiveUser) -> dict[str, Any]:
    return dict(call(GET_ACCOUNT, caller=by.signed_in, account_id=ACCOUNT).body["seats"])


def test_staff_cut_seats_below_what_is_used_and_nobody_is_taken_in() -> None:
    ann = an_account()
    invited(ann, "lee@example.org")

    answer = setting(an_operator(), 1)

    assert answer.body["seats"] == {"limit": 1, "used": 2, "available": 0} == seats_of(ann)
    refusal = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=invitation("late@example.org"))
    assert refused(refusal) == (409, "no_seat_available")


def test_null_takes_the_limit_away_and_a_number_brings_it_back() -> None:
    ann = an_account()

    without = setting(an_operator(), None).body["seats"]
    invited(ann, "lee@example.org")
    again = setting(an_operator(), 3, 1).body["seats"]

    assert without == {"limit": None, "used": 1, "available": None}
    assert again == {"limit": 4, "used": 2, "available": 2} == seats_of(ann)
    told = [row["after"] for row in aws_fixture.items(JOURNAL) if row["type"] == "seats.set"]
    assert told == [{"purchased": None, "granted": 0}, {"purchased": 3, "granted": 1}]


def test_granted_seats_stay_where_billing_names_the_purchased_ones_alone() -> None:
    ann = an_account()
    setting(an_operator(), 3, 2)

    call(SET_SEATS, caller=an_operator(), account_id=ACCOUNT, body={"purchased": 5})

    assert seats_of(ann)["limit"] == 7


def test_the_host_sets_seats_and_decides_with_credentials_of_its_own() -> None:
    ann = an_account()
    request = request_seats(ann)

    answers = [setting(HOST, 20), decide_request(APPROVE_SEATS, request, by=HOST)]

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[1].body["decided_by"] == "host:crm"
    assert seats_of(ann)["limit"] == 22


def test_administrators_neither_set_nor_decide() -> None:
    ann = an_account()
    request = request_seats(ann)

    with nothing_changes():
        answers = [
            setting(ann.signed_in, 99),
            decide_request(APPROVE_SEATS, request, by=ann.signed_in),
            decide_request(DENY_SEATS, request, by=ann.signed_in),
        ]

    assert all(refused(answer) == (403, "not_allowed") for answer in answers)


def test_bought_seats_can_be_used_and_the_buyer_gets_a_mail() -> None:
    ann = an_account(seats=1)

    answer = request_seats(ann, "purchase", 1)

    invited(ann, "lee@example.org")
    deliver_queued()
    [mail] = [row for row in aws_fixture.items(MAIL) if row["kind"] == "seats_approved"]
    assert (answer.status, answer.body["status"]) == (201, "approved")
    assert (mail["state"], mail["payload"]) == ("sent", {"quantity": "1"})


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "gift", "quantity": 1}, "kind"),
        ({"kind": "purchase", "quantity": 0}, "quantity"),
        ({"kind": "purchase", "quantity": 51}, "quantity"),
        ({"kind": "return", "quantity": 10}, "quantity"),
        ({"kind": "purchase", "quantity": "2"}, "quantity"),
        ({"kind": "purchase", "quantity": 1, "reason": "x" * 501}, "reason"),
    ],
)
def test_what_cannot_be_asked_for_changes_nothing(body: dict[str, Any], field: str) -> None:
    ann = an_account()

    with nothing_changes():
        answer = call(REQUEST_SEATS, caller=ann.signed_in, account_id=ACCOUNT, body=body)

    assert wrong_fields(answer) == {field}


@pytest.mark.parametrize("body", [{"purchased": -1}, {"granted": 3}, {"purchased": 2, "granted": None}])
def test_numbers_that_make_no_sense_change_nothing(body: dict[str, Any]) -> None:
    an_account()

    with nothing_changes():
        answer = call(SET_SEATS, caller=an_operator(), account_id=ACCOUNT, body=body)

    assert refused(answer) == (422, "invalid_request")


def test_seats_that_are_taken_while_they_are_given_back_are_not_given_back() -> None:
    ann = an_account(seats=3)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: invited(ann, "lee@example.org")):
        answer = request_seats(ann, "return", 2)

    assert refused(answer) == (422, "invalid_request")
    assert seats_of(ann) == {"limit": 3, "used": 2, "available": 1}


def test_purchases_at_one_moment_add_up() -> None:
    ann = an_account(seats=3)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: request_seats(ann, "purchase", 5)):
        answer = request_seats(ann, "purchase", 7)

    assert answer.status == 201
    assert seats_of(ann)["limit"] == 15

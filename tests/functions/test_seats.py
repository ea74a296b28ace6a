from datetime import timedelta
from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    APPROVE_SEATS,
    DENY_SEATS,
    GET_ACCOUNT,
    GET_ANY_ACCOUNT,
    INVITE,
    REQUEST_SEATS,
    SEAT_REQUESTS,
    SET_SEATS,
    WAITING_SEAT_REQUESTS,
    ActiveUser,
    a_user,
    an_operator,
    deliver_queued,
    delivered,
    invitation,
    invited,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile
from tests.invoke import Answer, SignedIn


def setting(by: SignedIn, purchased: int | None, granted: int = 0) -> Answer:
    return call(SET_SEATS, caller=by, account_id=ACCOUNT, body={"purchased": purchased, "granted": granted})


def asking(by: ActiveUser, kind: str = "complimentary", quantity: int = 2, **more: Any) -> Answer:
    return call(
        REQUEST_SEATS, caller=by.signed_in, account_id=ACCOUNT, body={"kind": kind, "quantity": quantity, **more}
    )


def deciding(route: str, request: Answer, by: SignedIn | None = None) -> Answer:
    parts = {"account_id": ACCOUNT, "request_id": request.body["request_id"]}
    return call(route, caller=by or an_operator(), **parts)


def seats_of(by: ActiveUser) -> dict[str, Any]:
    return dict(call(GET_ACCOUNT, caller=by.signed_in, account_id=ACCOUNT).body["seats"])


def the_host() -> SignedIn:
    return SignedIn.host("billing-client")


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


def test_granted_seats_stay_where_billing_names_the_purchased_ones_alone() -> None:
    ann = an_account()
    setting(an_operator(), 3, 2)

    call(SET_SEATS, caller=an_operator(), account_id=ACCOUNT, body={"purchased": 5})

    assert seats_of(ann)["limit"] == 7


def test_the_host_sets_seats_and_decides_with_credentials_of_its_own() -> None:
    ann = an_account()
    request = asking(ann)

    answers = [setting(the_host(), 20), deciding(APPROVE_SEATS, request, by=the_host())]

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[1].body["decided_by"] == "host:billing-client"
    assert seats_of(ann)["limit"] == 22


def test_the_staff_get_a_mail_of_seats_that_were_given_back() -> None:
    ann = an_account()

    asking(ann, kind="return", quantity=2, reason="Two people fewer")

    [told] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    text = told.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "gave back" in told["Subject"]
    assert all(fact in text for fact in (ACCOUNT, ann.address, "Two people fewer", "Seats given back: 2")), text


def test_the_staff_get_a_mail_of_a_request_that_waits() -> None:
    ann = an_account()

    request = asking(ann, quantity=7, reason="A new branch in Lyon")

    [told] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    text = told.get_body(("plain",)).get_content()  # type: ignore[union-attr]
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
    deciding(DENY_SEATS, asking(an_account()))

    assert [mail for mail in delivered() if mail["To"] == "staff@usher.example"] == []


def test_administrators_neither_set_nor_decide() -> None:
    ann = an_account()
    request = asking(ann)

    with nothing_changes():
        answers = [
            setting(ann.signed_in, 99),
            deciding(APPROVE_SEATS, request, by=ann.signed_in),
            deciding(DENY_SEATS, request, by=ann.signed_in),
        ]

    assert all(refused(answer) == (403, "not_allowed") for answer in answers)


def test_people_who_do_not_administer_neither_ask_nor_see_requests() -> None:
    ann = an_account()
    lee = a_user(ann, "lee@example.org")
    asking(ann)

    with nothing_changes():
        answers = [asking(lee), call(SEAT_REQUESTS, caller=lee.signed_in, account_id=ACCOUNT)]

    assert all(refused(answer) == (403, "not_allowed") for answer in answers)


def test_requests_are_listed_newest_first_a_page_at_a_time() -> None:
    ann = an_account()
    asked = [asking(ann, quantity=quantity, reason=f"Reason {quantity}").body for quantity in (1, 2, 3)]

    first = call(SEAT_REQUESTS, caller=ann.signed_in, account_id=ACCOUNT, query={"limit": "2"}).body
    rest = call(
        SEAT_REQUESTS,
        caller=ann.signed_in,
        account_id=ACCOUNT,
        query={"limit": "2", "cursor": first["next_cursor"]},
    ).body

    assert [*first["data"], *rest["data"]] == asked[::-1]
    assert rest["next_cursor"] is None


def test_operators_see_the_requests_that_wait_newest_first_however_many_came_after() -> None:
    ann = an_account()
    first = asking(ann, "complimentary", 3, reason="Charity")
    denied = asking(ann, "complimentary", 4)
    deciding(DENY_SEATS, denied)
    for _ in range(26):
        asking(ann, "purchase", 1)
    second = asking(ann, "complimentary", 5)

    account = call(GET_ANY_ACCOUNT, caller=an_operator(), account_id=ACCOUNT).body
    deciding(APPROVE_SEATS, second)
    afterwards = call(GET_ANY_ACCOUNT, caller=an_operator(), account_id=ACCOUNT).body

    assert account["seat_requests"] == [second.body, first.body]
    assert afterwards["seat_requests"] == [first.body]


def test_bought_seats_can_be_used_and_the_buyer_gets_a_mail() -> None:
    ann = an_account(seats=1)

    answer = asking(ann, "purchase", 1)

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


def test_a_decision_repeated_is_told_once_and_the_other_one_is_refused() -> None:
    ann = an_account()
    request = asking(ann)
    approved = deciding(APPROVE_SEATS, request)

    with nothing_changes():
        again, denied = deciding(APPROVE_SEATS, request), deciding(DENY_SEATS, request)

    assert again.body == approved.body
    assert refused(denied) == (409, "conflict")


def test_request_of_another_account_is_not_found() -> None:
    ann, _ = two_accounts()
    request = asking(ann).body["request_id"]

    with nothing_changes():
        answers = [
            call(APPROVE_SEATS, caller=an_operator(), account_id="zz999", request_id=each)
            for each in (request, "0" * 26, "nonsense")
        ]

    assert len({answer.text.replace(answer.body["request_id"], "") for answer in answers}) == 1
    assert all(refused(answer) == (404, "not_found") for answer in answers)


def test_seats_that_are_taken_while_they_are_given_back_are_not_given_back() -> None:
    ann = an_account(seats=3)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: invited(ann, "lee@example.org")):
        answer = asking(ann, "return", 2)

    assert refused(answer) == (422, "invalid_request")
    assert seats_of(ann) == {"limit": 3, "used": 2, "available": 1}


def test_purchases_at_one_moment_add_up() -> None:
    ann = an_account(seats=3)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: asking(ann, "purchase", 5)):
        answer = asking(ann, "purchase", 7)

    assert answer.status == 201
    assert seats_of(ann)["limit"] == 15


def waiting(**query: str) -> Answer:
    answer = call(WAITING_SEAT_REQUESTS, caller=an_operator(), query=query)
    assert answer.status == 200, answer.text
    return answer


def test_staff_see_the_requests_of_all_accounts_that_wait_longest_waiting_first() -> None:
    ann, zoe = two_accounts()
    with time_machine.travel(utc_now() + timedelta(minutes=1), tick=False):
        newer = asking(ann, quantity=3, reason="New team")
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
    asking(ann, "purchase", quantity=1)
    first, second = asking(ann, quantity=2), asking(ann, quantity=3)

    deciding(route, first)

    assert [each["request_id"] for each in waiting().body["data"]] == [second.body["request_id"]]


def test_pages_of_waiting_requests_follow_each_other_and_a_foreign_cursor_is_refused() -> None:
    ann = an_account()
    asked = []
    for minute in range(5):
        with time_machine.travel(utc_now() + timedelta(minutes=minute), tick=False):
            asked.append(asking(ann, quantity=minute + 1).body["request_id"])

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

    answers = [call(WAITING_SEAT_REQUESTS, caller=caller) for caller in (ann.signed_in, the_host())]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed"), (403, "not_allowed")]

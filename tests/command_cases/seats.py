"""Cases of seats: set by staff, asked for and given back by administrators."""

from functools import partial
from typing import Any

from shared.storage_schema import DIRECTORY, JOURNAL
from tests.command_cases.case import CommandCase, Cost, Given, RefusedCase, done, two_administrators
from tests.command_cases.effects import nothing_changes
from tests.factories import (
    ACCOUNT,
    APPROVE_SEATS,
    DENY_SEATS,
    REQUEST_SEATS,
    SEAT_REQUESTS,
    SET_SEATS,
    WAITING_SEAT_REQUESTS,
    ActiveUser,
    an_account,
    an_operator,
    invited,
)
from tests.invoke import call
from tests.proofs.snapshots import rows


def assert_seats(purchased: int | None, granted: int, *entries: str, pending: int = 0) -> None:
    """Assert the account's seats, that what is available is their difference to what is used, and the entries."""
    [account] = [row for row in rows(DIRECTORY) if (row["pk"], row["sk"]) == (ACCOUNT, "account")]
    assert (account.get("seats_purchased"), account["seats_granted"]) == (purchased, granted)
    assert account.get("seat_requests_pending", 0) == pending
    if purchased is not None:
        assert account["seats_available"] == purchased + granted - account["seats_used"]
    written = [row["type"] for row in rows(JOURNAL) if row["type"].startswith("seats.")]
    assert sorted(written) == sorted(entries)


def setting_seats() -> Given:
    an_account(seats=10)
    effect = partial(assert_seats, 3, 1, "seats.set")
    return Given({"caller": an_operator(), "account_id": ACCOUNT, "body": {"purchased": 3, "granted": 1}}, effect)


def _asking(kind: str, effect: partial[None], *, quantity: int = 2) -> Given:
    ann, bob = two_administrators()
    body = {"kind": kind, "quantity": quantity, "reason": "New team"}
    return Given({"caller": bob.signed_in, "account_id": ACCOUNT, "body": body}, effect, ann=ann, bob=bob)


def buying() -> Given:
    return _asking("purchase", partial(assert_seats, 12, 0, "seats.requested", "seats.approved"))


def asking_for_complimentary_seats() -> Given:
    return _asking("complimentary", partial(assert_seats, 10, 0, "seats.requested", pending=1))


def giving_back() -> Given:
    return _asking("return", partial(assert_seats, 2, 0, "seats.returned"), quantity=8)


def _seat_taken(given: Given) -> None:
    assert given.ann
    invited(given.ann, "late@example.org")


def asked(by: ActiveUser, *, account_id: str = ACCOUNT) -> dict[str, Any]:
    """A request that waits."""
    body = {"kind": "complimentary", "quantity": 4, "reason": "Charity"}
    return dict(done(call(REQUEST_SEATS, caller=by.signed_in, account_id=account_id, body=body)).body)


def _deciding(effect: partial[None]) -> Given:
    ann, _ = two_administrators()
    parts = {"caller": an_operator(), "account_id": ACCOUNT, "request_id": asked(ann)["request_id"]}
    return Given(parts, effect, ann=ann)


def approving() -> Given:
    return _deciding(partial(assert_seats, 10, 4, "seats.requested", "seats.approved"))


def denying() -> Given:
    return _deciding(partial(assert_seats, 10, 0, "seats.requested", "seats.denied"))


def _decided(route: str, given: Given) -> None:
    done(call(route, **given.parts))


def reading_requests() -> Given:
    ann, _ = two_administrators()
    for _ in range(3):
        asked(ann)
    return Given({"caller": ann.signed_in, "account_id": ACCOUNT}, nothing_changes(), ann=ann)


def reading_waiting_requests() -> Given:
    given = reading_requests()
    return Given({"caller": an_operator()}, nothing_changes(), ann=given.ann)


CASES = (
    CommandCase("set_seats", SET_SEATS, setting_seats, keyed=False),
    CommandCase("buy_seats", REQUEST_SEATS, buying, status=201),
    CommandCase("ask_for_seats", REQUEST_SEATS, asking_for_complimentary_seats, status=201),
    CommandCase(
        "give_back_seats",
        REQUEST_SEATS,
        giving_back,
        status=201,
        refusals=(RefusedCase("seat_taken", 422, "invalid_request", happens=_seat_taken),),
    ),
    CommandCase(
        "approve_seats",
        APPROVE_SEATS,
        approving,
        refusals=(RefusedCase("denied", 409, "conflict", happens=partial(_decided, DENY_SEATS)),),
    ),
    CommandCase(
        "deny_seats",
        DENY_SEATS,
        denying,
        refusals=(RefusedCase("approved", 409, "conflict", happens=partial(_decided, APPROVE_SEATS)),),
    ),
    CommandCase("seat_requests", SEAT_REQUESTS, reading_requests, keyed=False, cost=Cost.READ),
    CommandCase("waiting_seat_requests", WAITING_SEAT_REQUESTS, reading_waiting_requests, keyed=False, cost=Cost.READ),
)

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.commands import seats
from shared.domain.model import accounts, errors
from shared.domain.model.accounts import NO_LIMIT, Account
from shared.domain.model.ids import REQUEST_ID, sequential_id
from shared.domain.model.mails import MailKind
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from tests.domain_factories import NOW, a_member, a_snapshot, an_admin, the_account

STAFF = [Actor.operator("olga"), Actor.host("billing")]
ANN = a_snapshot().actor.actor_id
NUMBERS = st.integers(0, 50)


def account_of(*, purchased: int | None = 10, granted: int = 0, used: int = 4, pending: int = 0) -> Account:
    account = the_account().model_copy(
        update={"seats_purchased": None, "seats_granted": 0, "seats_used": used, "seats_available": NO_LIMIT - used}
    )
    return accounts.with_seats(account, purchased=purchased, granted=granted).model_copy(
        update={"seat_requests_pending": pending}
    )


def snapshot_of(account: Account, *, actor: Actor | None = None, request: SeatRequest | None = None) -> Snapshot:
    snapshot = a_snapshot(account=account)
    return snapshot._replace(actor=actor or snapshot.actor, seat_request=request)


def ask_for_seats(account: Account, *, at_once: bool = True, actor: Actor | None = None, **asked: Any) -> ChangeSet:
    given: dict[str, Any] = {"kind": "purchase", "quantity": 2, "reason": None} | asked
    return seats.request_seats(snapshot_of(account, actor=actor), **given, purchases_at_once=at_once)


def waiting(**changed: Any) -> SeatRequest:
    values: dict[str, Any] = {
        "account_id": "ab123",
        "request_id": "0" * 26,
        "kind": "complimentary",
        "quantity": 3,
    } | changed
    return SeatRequest.model_validate({"status": "pending", "requested_by": ANN, "requested_at": NOW} | values)


def decide_on_request(account: Account, request: SeatRequest | None, *, approve: bool = True) -> ChangeSet:
    return seats.decide(snapshot_of(account, actor=STAFF[0], request=request), "0" * 26, approve=approve)


def seats_after(changes: ChangeSet) -> tuple[int | None, int, int]:
    assert changes.account
    after = changes.account.after
    return after.seats_purchased, after.seats_granted, after.seats_available


def field(refused: pytest.ExceptionInfo[errors.InvalidRequest]) -> str:
    details: dict[str, Any] = dict(refused.value.details)
    [entry] = details["errors"]
    return str(entry["field"])


@given(purchased=st.none() | NUMBERS, granted=NUMBERS, used=NUMBERS, then=st.tuples(st.none() | NUMBERS, NUMBERS))
def test_available_is_always_the_limit_less_what_is_used(
    purchased: int | None, granted: int, used: int, then: tuple[int | None, int]
) -> None:
    before = account_of(purchased=purchased, granted=granted, used=used)

    after = accounts.with_seats(before, purchased=then[0], granted=then[1])

    limit = NO_LIMIT if then[0] is None else sum(filter(None, then))
    assert (after.seats_available, after.seats_used) == (limit - used, used)


@pytest.mark.parametrize("actor", STAFF, ids=["operator", "host"])
def test_staff_set_absolute_numbers_below_what_is_used(actor: Actor) -> None:
    changes = seats.set_seats(snapshot_of(account_of(used=4), actor=actor), purchased=1, granted=1)

    [entry] = changes.entries
    assert seats_after(changes) == (1, 1, -2)
    assert (entry.type, entry.actor) == ("seats.set", actor.actor_id)
    assert (entry.before, entry.after) == ({"purchased": 10, "granted": 0}, {"purchased": 1, "granted": 1})


def test_setting_what_is_set_changes_nothing() -> None:
    changes = seats.set_seats(snapshot_of(account_of(), actor=STAFF[0]), purchased=10, granted=0)

    assert changes == ChangeSet()


def test_administrators_do_not_set_seats() -> None:
    with pytest.raises(errors.NotAllowed):
        seats.set_seats(snapshot_of(account_of()), purchased=99, granted=0)


def test_purchase_at_once_adds_purchased_seats_and_tells_the_buyer() -> None:
    changes = ask_for_seats(account_of(), quantity=50, reason="New team")

    request = changes.seat_request_after
    assert seats_after(changes) == (60, 0, 56)
    assert (request.status, request.decided_by, request.decided_at) == ("approved", ANN, NOW)
    assert [entry.type for entry in changes.entries] == ["seats.requested", "seats.approved"]
    assert [(mail.kind, mail.to_user) for mail in changes.mails] == [
        (MailKind.SEATS_APPROVED, ANN),
        (MailKind.SEATS_BOUGHT, None),
    ]
    assert changes.mails[1].recipient.type == "staff"
    assert "New team" not in str([entry.after for entry in changes.entries])


def test_more_than_fifty_are_not_bought_at_once() -> None:
    with pytest.raises(errors.InvalidRequest) as refused:
        ask_for_seats(account_of(), quantity=51)

    assert field(refused) == "quantity"


@pytest.mark.parametrize(("kind", "at_once"), [("purchase", False), ("complimentary", True), ("complimentary", False)])
def test_everything_else_waits_for_a_decision(kind: str, at_once: bool) -> None:
    changes = ask_for_seats(account_of(pending=2), kind=kind, at_once=at_once, quantity=500)

    assert changes.account
    assert seats_after(changes) == (10, 0, 6)
    assert changes.account.after.seat_requests_pending == 3
    assert (changes.seat_request_after.status, changes.seat_request_after.decided_by) == ("pending", None)
    assert [entry.type for entry in changes.entries] == ["seats.requested"]


def test_no_more_than_twenty_requests_wait() -> None:
    with pytest.raises(errors.InvalidRequest):
        ask_for_seats(account_of(pending=20), kind="complimentary")


@pytest.mark.parametrize(
    ("purchased", "granted", "used", "possible"), [(10, 0, 4, 6), (10, 0, 10, 0), (2, 8, 4, 2), (3, 0, 5, 0)]
)
def test_return_lowers_purchased_alone_and_never_the_limit_below_used(
    purchased: int, granted: int, used: int, possible: int
) -> None:
    account = account_of(purchased=purchased, granted=granted, used=used)

    with pytest.raises(errors.InvalidRequest) as refused:
        ask_for_seats(account, kind="return", quantity=possible + 1)

    assert field(refused) == "quantity"
    if possible:
        changes = ask_for_seats(account, kind="return", quantity=possible)
        assert changes.account
        assert seats_after(changes)[:2] == (purchased - possible, granted)
        assert changes.account.min_available == possible
        assert [(mail.kind, mail.recipient.type) for mail in changes.mails] == [
            (MailKind.SEATS_RETURNED, "user"),
            (MailKind.SEATS_GIVEN_BACK, "staff"),
        ]


@pytest.mark.parametrize("kind", ["purchase", "complimentary", "return"])
def test_account_without_a_limit_asks_for_nothing(kind: str) -> None:
    with pytest.raises(errors.InvalidRequest):
        ask_for_seats(account_of(purchased=None), kind=kind)


@pytest.mark.parametrize(
    "actor",
    [
        Actor("lee", admin=False, permissions=frozenset({"seats.request"}), user=a_member()),
        Actor("pat", admin=True, permissions=frozenset(), user=an_admin("pat").model_copy(update={"kind": "partner"})),
        STAFF[0],
    ],
    ids=["user", "partner", "operator"],
)
def test_only_administrators_of_the_account_ask(actor: Actor) -> None:
    with pytest.raises(errors.NotAllowed):
        ask_for_seats(account_of(), actor=actor)


@pytest.mark.parametrize(("kind", "expected"), [("complimentary", (10, 3, 9)), ("purchase", (13, 0, 9))])
def test_approval_adds_what_was_asked_for(kind: str, expected: tuple[int, int, int]) -> None:
    changes = decide_on_request(account_of(pending=1), waiting(kind=kind))

    assert changes.account
    assert seats_after(changes) == expected
    assert changes.account.after.seat_requests_pending == 0
    assert (changes.seat_request_after.status, changes.seat_request_after.decided_by) == ("approved", "operator:olga")
    assert [(mail.kind, mail.to_user) for mail in changes.mails] == [(MailKind.SEATS_APPROVED, ANN)]


@pytest.mark.parametrize("kind", ["purchase", "complimentary"])
def test_a_request_that_waits_is_mailed_to_the_staff(kind: str) -> None:
    changes = ask_for_seats(account_of(), at_once=False, kind=kind)

    [mail] = changes.mails
    payload = {"request_id": changes.seat_request_after.request_id, "requester_id": ANN}
    assert (mail.kind, mail.recipient.type, mail.payload) == (MailKind.SEATS_REQUESTED, "staff", payload)


def test_denial_adds_nothing_and_tells_the_administrator() -> None:
    changes = decide_on_request(account_of(pending=1), waiting(), approve=False)

    assert seats_after(changes) == (10, 0, 6)
    assert ([entry.type for entry in changes.entries], changes.mails[0].kind) == (
        ["seats.denied"],
        MailKind.SEATS_DENIED,
    )


def test_approval_for_an_account_that_has_no_limit_by_now_keeps_it_so() -> None:
    assert seats_after(decide_on_request(account_of(purchased=None, pending=1), waiting()))[:2] == (None, 0)


def test_a_decision_is_made_once() -> None:
    decided = waiting(status="approved")

    assert decide_on_request(account_of(), decided).entries == ()
    with pytest.raises(errors.SeatRequestDecided):
        decide_on_request(account_of(), decided, approve=False)


def test_unknown_request_is_not_found() -> None:
    with pytest.raises(errors.NotFound):
        decide_on_request(account_of(), None)


def test_administrators_do_not_decide() -> None:
    with pytest.raises(errors.NotAllowed):
        seats.decide(snapshot_of(account_of(), request=waiting()), "0" * 26, approve=True)


def test_ids_of_requests_sort_by_time() -> None:
    ids = [sequential_id(NOW + timedelta(milliseconds=each), "operation", "seats") for each in range(100)]

    assert ids == sorted(ids)
    assert all(REQUEST_ID.fullmatch(each) for each in ids)

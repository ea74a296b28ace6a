from itertools import product

import pytest

from shared.domain.model import accounts, errors
from shared.domain.model.counters import CounterDelta
from shared.domain.model.users import Status, User
from shared.domain.policy.changes import ChangeSet, UserChange
from tests.domain.refusals import refusal_of
from tests.domain_factories import ANN_ID, BEA_ID, LEE_ID, NOW, a_member, an_admin, the_account

STATUSES = [None, *Status]


def someone(status: Status | None, *, admin: bool) -> User | None:
    if status is None:
        return None
    return an_admin(status=status) if admin else a_member(status)


def totals(user: User | None) -> tuple[int, int, dict[Status, int]]:
    """What one user adds to the account's counters, computed independently."""
    if user is None:
        return 0, 0, {}
    return (
        1 if user.status in {Status.INVITED, Status.ACTIVE, Status.BLOCKED} else 0,
        1 if user.admin and user.status is Status.ACTIVE else 0,
        {user.status: 1},
    )


@pytest.mark.parametrize(("was", "becomes", "admin"), list(product(STATUSES, Status, [False, True])))
def test_counters_follow_from_before_and_after(was: Status | None, becomes: Status, admin: bool) -> None:
    before, after = someone(was, admin=admin), someone(becomes, admin=admin)
    assert after

    delta = ChangeSet.of_user(before, after).counters

    (seats, admins, counts), (more_seats, more_admins, more) = totals(before), totals(after)
    assert (delta.seats, delta.admins) == (more_seats - seats, more_admins - admins)
    assert {status: counts.get(status, 0) + delta.statuses.get(status, 0) for status in Status} == {
        status: more.get(status, 0) for status in Status
    }
    assert 0 not in delta.statuses.values()


def test_a_change_that_is_none_moves_no_counter() -> None:
    user = an_admin()

    delta = CounterDelta.between(user, user)

    assert delta == CounterDelta()
    assert delta.is_zero


def test_whether_a_seat_is_held_is_a_fact_of_the_user_and_not_of_the_status() -> None:
    seatless = a_member(Status.INVITED, holds_seat=False)

    delta = CounterDelta.between(seatless, a_member(Status.EXPIRED))

    assert delta.seats == 0


def test_an_administrator_made_or_unmade_is_counted_while_active() -> None:
    tallies = [
        CounterDelta.between(a_member(), an_admin()).admins,
        CounterDelta.between(an_admin(), a_member()).admins,
        CounterDelta.between(a_member(Status.BLOCKED), an_admin(status=Status.BLOCKED)).admins,
    ]

    assert tallies == [1, -1, 0]


@pytest.mark.parametrize("kind", ["user", "partner"])
def test_administrators_are_listed_while_they_are_active(kind: str) -> None:
    made = CounterDelta.between(a_member(kind=kind), an_admin(LEE_ID, kind=kind))
    gone = CounterDelta.between(an_admin(kind=kind), an_admin(status=Status.BLOCKED, kind=kind))
    account = the_account().model_copy(update={"administrators": {ANN_ID: 1, BEA_ID: 1}})

    assert (made.administrators, gone.administrators) == ({LEE_ID: 1}, {ANN_ID: -1})
    assert account.with_counters(made.plus(gone)).administrators == {LEE_ID: 1, BEA_ID: 1}


def test_a_new_account_is_empty() -> None:
    account = accounts.new_account("ab123", name="Northwind", seats=7, now=NOW)

    assert (account.seats.limit, account.seats.used, account.seats.available, account.admins) == (7, 0, 7, 0)
    assert account.counts == dict.fromkeys(Status, 0)
    assert account.count_users(Status) == 0


def test_an_account_moves_its_counters_by_a_tally() -> None:
    account = the_account(used=3, admins=2)

    moved = account.with_counters(CounterDelta(-1, -1, {"active": -1, "inactive": 1}, {"everyone": -1}))

    assert (moved.seats_used, moved.seats_available, moved.admins) == (2, account.seats_available + 1, 1)
    assert moved.count_users([Status.INACTIVE]) == 1
    assert moved.count_users([Status.ACTIVE, Status.INACTIVE, Status.INVITED]) == 0


@pytest.mark.parametrize(("used", "is_refused"), [(0, False), (9, False), (10, True)])
def test_a_seat_is_there_until_the_limit(used: int, is_refused: bool) -> None:
    refusal = refusal_of(lambda: accounts.require_seat(the_account(seats=10, used=used)))

    assert refusal is (errors.NoSeatAvailable if is_refused else None)


def test_users_of_a_group_are_invited_active_or_blocked() -> None:
    deltas = {status: CounterDelta.of(a_member(status)).groups for status in Status}

    counted = {Status.INVITED, Status.ACTIVE, Status.BLOCKED}
    assert deltas == {status: {"everyone": 1} if status in counted else {} for status in Status}


def test_counters_follow_a_change_of_groups() -> None:
    delta = CounterDelta.between(a_member(groups=("everyone", "sales")), a_member(groups=("sales", "support")))

    assert delta == CounterDelta(groups={"everyone": -1, "support": 1})


def test_counters_of_many_users_are_summed() -> None:
    changes = ChangeSet(users=(UserChange(None, a_member()), UserChange(an_admin(), an_admin(status=Status.INACTIVE))))

    assert changes.counters == CounterDelta(
        0, -1, {"inactive": 1}, {"everyone": 1, "administrators": -1}, administrators={ANN_ID: -1}
    )


def test_an_account_without_a_limit_always_has_a_seat() -> None:
    account = accounts.new_account("ab123", name="Northwind", seats=None, now=NOW)
    full = account.with_counters(CounterDelta(seats=1_000_000))

    accounts.require_seat(full)

    assert full.seats.model_dump() == {"limit": None, "used": 1_000_000, "available": None}


def test_seats_are_never_shown_below_zero() -> None:
    account = the_account(seats=3, used=5)

    assert account.seats.model_dump() == {"limit": 3, "used": 5, "available": 0}
    with pytest.raises(errors.NoSeatAvailable):
        accounts.require_seat(account)

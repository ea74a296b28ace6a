from typing import Any

import pytest

from shared.adapters.dynamodb import account_items
from shared.adapters.dynamodb.requests import transact
from shared.domain.model import errors
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.settings import settings
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.domain_factories import ACCOUNT_ID, the_account
from tests.table_edits import set_in

DAY_BEFORE, TODAY, DAY_AFTER = "2026-11-20", "2026-11-21", "2026-11-22"
FIRST = MailQuotaUse(TODAY, mails=2, max_sent_before=8, is_first=True)
FURTHER = MailQuotaUse(TODAY, mails=2, max_sent_before=8, is_first=False)


def counted(delta: CounterDelta, quota: MailQuotaUse | None = None, **account: Any) -> dict[str, Any]:
    """Return the account with its counters moved; raises StaleRead."""
    directory = settings().directory_table
    transact(aws_fixture.dynamodb, [account_items.create(directory, the_account())], operation_id="opened")
    if account:
        set_in(DIRECTORY, {"pk": ACCOUNT_ID, "sk": "account"}, **account)
    count = account_items.update_counters(directory, ACCOUNT_ID, delta, quota, groups_version=None)
    transact(aws_fixture.dynamodb, [count], operation_id="counted")
    return next(row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account")


@pytest.mark.parametrize(("seats", "used"), [(1, 9), (0, 10), (-1, 10)])
def test_a_seat_is_taken_while_there_is_one(seats: int, used: int) -> None:
    assert counted(CounterDelta(seats), seats_used=used, seats_available=10 - used)["seats_used"] == used + seats


def test_users_of_all_groups_are_counted_in_one_expression_of_4_kilobytes() -> None:
    groups = {f"{number:026d}": number % 28 + 1 for number in range(100)}
    delta = CounterDelta(28, 28, {"invited": 28, "removed": -28}, groups)

    counts = counted(delta, FIRST, seats_available=28, group_users={"everyone": 3, f"{7:026d}": 5})["group_users"]

    update = account_items.update_counters("directory", ACCOUNT_ID, delta, FIRST, groups_version=1)["Update"]
    assert len(update["UpdateExpression"]) <= 4096
    assert counts == groups | {"everyone": 3, f"{7:026d}": groups[f"{7:026d}"] + 5}


@pytest.mark.parametrize(("admins", "there"), [(-1, 2), (0, 1), (1, 1)])
def test_an_administrator_goes_while_there_is_another(admins: int, there: int) -> None:
    assert counted(CounterDelta(0, admins), admins=there)["admins"] == there + admins


@pytest.mark.parametrize(
    ("delta", "account"), [(CounterDelta(1), {"seats_used": 10, "seats_available": 0}), (CounterDelta(0, -1), {})]
)
def test_the_last_seat_and_the_last_administrator_are_kept(delta: CounterDelta, account: dict[str, Any]) -> None:
    with pytest.raises(errors.StaleRead):
        counted(delta, **account)


@pytest.mark.parametrize(
    "account",
    [{}, {"mails_on": DAY_BEFORE, "mails_sent": 10}, {"mails_on": DAY_AFTER, "mails_sent": 10}],
    ids=["ever", "of a day", "after a clock ahead"],
)
def test_the_first_mails_begin_the_count(account: dict[str, Any]) -> None:
    found = counted(CounterDelta(), FIRST, **account)

    assert (found["mails_on"], found["mails_sent"]) == (TODAY, 2)


@pytest.mark.parametrize("sent", [1, 8])
def test_further_mails_are_added_up_to_the_limit(sent: int) -> None:
    found = counted(CounterDelta(), FURTHER, mails_on=TODAY, mails_sent=sent)

    assert (found["mails_on"], found["mails_sent"]) == (TODAY, sent + 2)


@pytest.mark.parametrize(
    ("quota", "account"),
    [
        (FIRST, {"mails_on": TODAY, "mails_sent": 1}),
        (FURTHER, {"mails_on": TODAY, "mails_sent": 9}),
        (FURTHER, {"mails_on": DAY_AFTER, "mails_sent": 1}),
        (FURTHER, {}),
    ],
    ids=["begun by another", "no room", "midnight, further", "never begun"],
)
def test_what_was_counted_meanwhile_is_a_conflict(quota: MailQuotaUse, account: dict[str, Any]) -> None:
    with pytest.raises(errors.StaleRead):
        counted(CounterDelta(), quota, **account)


def test_seats_taken_at_once_need_as_many() -> None:
    with pytest.raises(errors.StaleRead):
        counted(CounterDelta(3), seats_used=8, seats_available=2)


def test_seats_are_freed_below_zero_available() -> None:
    found = counted(CounterDelta(-1), seats_used=12, seats_available=-2)

    assert (found["seats_used"], found["seats_available"]) == (11, -1)


def test_administrators_come_and_go_in_one_write() -> None:
    found = counted(CounterDelta(administrators={"a": 1, "b": -1, "c": 1}), administrators={"b": 1, "c": 1, "d": 1})

    assert set(found["administrators"]) == {"a", "c", "d"}


def test_users_of_a_group_are_counted_from_the_first_one_on() -> None:
    found = counted(CounterDelta(groups={"everyone": 1, "sales": 2}), group_users={"everyone": 4})

    assert found["group_users"] == {"everyone": 5, "sales": 2}

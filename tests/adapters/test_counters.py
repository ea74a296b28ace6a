from typing import Any

import pytest

from shared.adapters.dynamodb.requests import transact
from shared.adapters.dynamodb.transaction_items import TransactionItems
from shared.domain.model import errors
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.settings import settings
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.domain_factories import ACCOUNT_ID, set_in, some_groups, the_account

DAY_BEFORE, TODAY, DAY_AFTER = "2026-11-20", "2026-11-21", "2026-11-22"
FIRST = MailQuotaUse(TODAY, mails=2, room=8, is_first=True)
FURTHER = MailQuotaUse(TODAY, mails=2, room=8, is_first=False)


def posting(postage: MailQuotaUse) -> CounterDelta:
    return CounterDelta(0, 0, {}, postage)


def counted(tally: CounterDelta, **account: Any) -> dict[str, Any]:
    """The account once it has counted; raises Conflict."""
    writes = TransactionItems(settings())
    transact(aws_fixture.dynamodb, writes.open(the_account(), some_groups()), operation="opened")
    if account:
        set_in(DIRECTORY, {"pk": ACCOUNT_ID, "sk": "account"}, **account)
    count = writes.count(ACCOUNT_ID, tally, groups_version=None)
    transact(aws_fixture.dynamodb, [count], operation="counted")
    return next(row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account")


@pytest.mark.parametrize(("seats", "used"), [(1, 9), (0, 10), (-1, 10)])
def test_a_seat_is_taken_while_there_is_one(seats: int, used: int) -> None:
    assert counted(CounterDelta(seats, 0, {}), seats_used=used)["seats_used"] == used + seats


@pytest.mark.parametrize(("admins", "there"), [(-1, 2), (0, 1), (1, 1)])
def test_an_administrator_goes_while_there_is_another(admins: int, there: int) -> None:
    assert counted(CounterDelta(0, admins, {}), admins=there)["admins"] == there + admins


@pytest.mark.parametrize(
    ("tally", "account"), [(CounterDelta(1, 0, {}), {"seats_used": 10}), (CounterDelta(0, -1, {}), {})]
)
def test_the_last_seat_and_the_last_administrator_are_kept(tally: CounterDelta, account: dict[str, Any]) -> None:
    with pytest.raises(errors.Conflict):
        counted(tally, **account)


@pytest.mark.parametrize(
    "account",
    [{}, {"mails_on": DAY_BEFORE, "mails_sent": 10}, {"mails_on": DAY_AFTER, "mails_sent": 10}],
    ids=["ever", "of a day", "after a clock ahead"],
)
def test_the_first_mails_begin_the_count(account: dict[str, Any]) -> None:
    found = counted(posting(FIRST), **account)

    assert (found["mails_on"], found["mails_sent"]) == (TODAY, 2)


@pytest.mark.parametrize("sent", [1, 8])
def test_further_mails_are_added_up_to_the_limit(sent: int) -> None:
    found = counted(posting(FURTHER), mails_on=TODAY, mails_sent=sent)

    assert (found["mails_on"], found["mails_sent"]) == (TODAY, sent + 2)


@pytest.mark.parametrize(
    ("postage", "account"),
    [
        (FIRST, {"mails_on": TODAY, "mails_sent": 1}),
        (FURTHER, {"mails_on": TODAY, "mails_sent": 9}),
        (FURTHER, {"mails_on": DAY_AFTER, "mails_sent": 1}),
        (FURTHER, {}),
    ],
    ids=["begun by another", "no room", "midnight, further", "never begun"],
)
def test_what_was_counted_meanwhile_is_a_conflict(postage: MailQuotaUse, account: dict[str, Any]) -> None:
    with pytest.raises(errors.Conflict):
        counted(posting(postage), **account)

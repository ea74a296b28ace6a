from typing import Any

import pytest

from shared.adapters.transactions import transact
from shared.adapters.writes import Writes
from shared.domain import errors
from shared.domain.tallies import Postage, Tally
from shared.settings import settings
from shared.tables import DIRECTORY
from tests import world
from tests.builders import ACCOUNT_ID, set_in, some_groups, the_account

DAY_BEFORE, TODAY, DAY_AFTER = "2026-11-20", "2026-11-21", "2026-11-22"
FIRST = Postage(TODAY, mails=2, room=8, is_first=True)
FURTHER = Postage(TODAY, mails=2, room=8, is_first=False)


def posting(postage: Postage) -> Tally:
    return Tally(0, 0, {}, postage)


def counted(tally: Tally, **account: Any) -> dict[str, Any]:
    """The account once it has counted; raises Conflict."""
    writes = Writes(settings())
    transact(world.dynamodb, writes.open(the_account(), some_groups()), operation="opened")
    if account:
        set_in(DIRECTORY, {"pk": ACCOUNT_ID, "sk": "account"}, **account)
    count = writes.count(ACCOUNT_ID, tally, groups_version=None)
    transact(world.dynamodb, [count], operation="counted")
    return next(row for row in world.items(DIRECTORY) if row["sk"] == "account")


@pytest.mark.parametrize(("seats", "used"), [(1, 9), (0, 10), (-1, 10)])
def test_a_seat_is_taken_while_there_is_one(seats: int, used: int) -> None:
    assert counted(Tally(seats, 0, {}), seats_used=used)["seats_used"] == used + seats


@pytest.mark.parametrize(("admins", "there"), [(-1, 2), (0, 1), (1, 1)])
def test_an_administrator_goes_while_there_is_another(admins: int, there: int) -> None:
    assert counted(Tally(0, admins, {}), admins=there)["admins"] == there + admins


@pytest.mark.parametrize(("tally", "account"), [(Tally(1, 0, {}), {"seats_used": 10}), (Tally(0, -1, {}), {})])
def test_the_last_seat_and_the_last_administrator_are_kept(tally: Tally, account: dict[str, Any]) -> None:
    with pytest.raises(errors.Conflict):
        counted(tally, **account)


@pytest.mark.parametrize("account", [{}, {"mails_on": DAY_BEFORE, "mails_sent": 10}], ids=["ever", "of a day"])
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
        (FIRST, {"mails_on": DAY_AFTER, "mails_sent": 1}),
        (FURTHER, {"mails_on": TODAY, "mails_sent": 9}),
        (FURTHER, {"mails_on": DAY_AFTER, "mails_sent": 1}),
        (FURTHER, {}),
    ],
    ids=["begun by another", "midnight, first", "no room", "midnight, further", "never begun"],
)
def test_what_was_counted_meanwhile_is_a_conflict(postage: Postage, account: dict[str, Any]) -> None:
    with pytest.raises(errors.Conflict):
        counted(posting(postage), **account)

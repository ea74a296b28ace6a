"""Many users at once, written by the product's own row builder past the emulator's slow front door."""

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from moto.dynamodb import models as emulator
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table as EmulatedTable

from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.record_items import owner_key
from shared.adapters.dynamodb.search_items import entry_key, search_keys
from shared.adapters.dynamodb.user_items import user_key, user_row
from shared.domain.model.users import Status, User
from shared.settings import settings
from shared.storage_schema import DIRECTORY, RECORDS, SEARCH
from tests import aws_fixture, factories
from tests.bench.write_units import emulated

_FIRST = ("Ada", "Bo", "Cleo", "Dán", "Eve", "Finn", "Gus", "Hana", "Ines", "Jo")
_LAST = ("Abel", "Brandt", "Castro", "Dúbois", "Eklund", "Fischer", "García", "Holm", "Ito", "Jansen", "Klein")
_OF_A_HUNDRED = (
    *[Status.ACTIVE] * 75,
    *[Status.INVITED] * 6,
    *[Status.EXPIRED] * 3,
    *[Status.INACTIVE] * 12,
    *[Status.BLOCKED] * 1,
    *[Status.DECLINED] * 1,
    *[Status.REMOVED] * 2,
)


def an_invited_user() -> User:
    """One who was really invited, to make others after."""
    admin = factories.an_account(seats=1_000_000)
    user = factories.invited(admin, "model@example.org")
    rows = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == user_key(user["user_id"])]
    return User.model_validate(rows[0])


def waiting(model: User, number: int, *, from_number: int = 0, expired_for: timedelta | None = None) -> list[User]:
    """Invite users after a model; with `expired_for`, the sweep is due."""
    invitation = model.invitation
    if expired_for:
        invitation = invitation.model_copy(update={"expires_at": model.created_at - expired_for})
    numbers = range(from_number, from_number + number)
    return [_after(model, i, status=Status.INVITED, invitation=invitation) for i in numbers]


def a_company(model: User, number: int) -> Iterator[User]:
    """Users of every status, most of them active."""
    for i in range(number):
        status = _OF_A_HUNDRED[i * 37 % 100]
        joined = status in {Status.ACTIVE, Status.INACTIVE, Status.BLOCKED}
        yield _after(
            model,
            i,
            status=status,
            kind="partner" if i % 50 == 49 else "user",
            admin=(admin := i % 200 == 7),
            groups=("administrators",) if admin else ("everyone", "sales") if i % 80 == 3 else ("everyone",),
            holds_seat=status in {Status.ACTIVE, Status.INVITED, Status.BLOCKED},
            joined_at=model.created_at - timedelta(minutes=i * 7919 % 1_000_000) if joined else None,
        )


def left_with_records(model: User, number: int) -> Iterator[User]:
    """Every other inactive user of the company, with records that wait."""
    left = (user for user in a_company(model, number) if user.status is Status.INACTIVE)
    return (user.model_copy(update={"has_records_waiting": True}) for user in islice(left, 0, None, 2))


def _after(model: User, i: int, **changes: Any) -> User:
    address = f"user{i:05}@example.org"
    names = {"first_name": _FIRST[i % len(_FIRST)], "last_name": f"{_LAST[i * 7 % len(_LAST)]} {i:05}"}
    user_id = Keys(settings()).ids.user_id(model.account_id, address)
    return model.model_copy(update={"user_id": user_id, "email": address, **names, **changes})


def write(users: Iterable[User]) -> None:
    """Put the users into the directory and its search index, but not into the account's counters.

    Those whose records wait own some.
    """
    table, index = emulated(aws_fixture.physical(DIRECTORY)), emulated(aws_fixture.physical(SEARCH))
    records = emulated(aws_fixture.physical(RECORDS))
    for user in users:
        row = user_row(user) | {"pk": user.account_id, "sk": user_key(user.user_id)}
        table.put_item(to_item(row), overwrite=True)
        if user.has_records_waiting:
            numbers = {"pk": user.account_id, "sk": owner_key(user.user_id), "move#contact": 2}
            records.put_item(to_item(numbers), overwrite=True)
        for sort_key in search_keys(user):
            index.put_item(entry_key(user.account_id, sort_key), overwrite=True)


@contextmanager
def patched() -> Iterator[None]:
    """The emulator without what makes it slow on large tables.

    It copies whole tables before each transaction, which is needed only where one fails, looks at the type of a text
    each time that it sorts by it, and sorts a whole table to find a range of keys.
    """
    usual_cast: Any = DynamoType.cast_value

    def deep_copy(thing: Any) -> Any:
        return thing if isinstance(thing, EmulatedTable) else copy.deepcopy(thing)

    def cast(self: DynamoType) -> Any:
        return self.value if self.type == "S" else usual_cast.fget(self)

    with (
        patch.object(emulator, "copy", SimpleNamespace(deepcopy=deep_copy)),
        patch.object(EmulatedTable, "query", _query_of_range(EmulatedTable.query)),
        patch.object(DynamoType, "cast_value", property(cast)),
    ):
        yield


def _query_of_range(usual: Any) -> Any:
    """The emulator's query, on the few items of the range that it can come to; the keys are sorted once."""
    kept: dict[int, list[str]] = {}

    def query(self: Any, hash_key: Any, comparison: str, *given: Any, **conditions: Any) -> Any:
        ends, limit, start, is_forward, _, index_name, *_ = given
        if index_name or comparison != "BETWEEN":
            return usual(self, hash_key, comparison, *given, **conditions)
        items = self.items[hash_key]
        keys = kept.setdefault(id(self), sorted(key.value for key in items))
        low, high = bisect_left(keys, ends[0].value), bisect_right(keys, ends[1].value)
        if start:
            at = bisect_left(keys, start["sk"]["S"])
            low, high = (at + 1, high) if is_forward else (low, at)
        within = keys[low : min(high, low + limit + 1)] if is_forward else keys[max(low, high - limit - 1) : high]
        few = {DynamoType({"S": key}): items[DynamoType({"S": key})] for key in within}
        with patch.object(self, "items", {hash_key: few}):
            return usual(self, hash_key, comparison, ends, limit, None, *given[3:], **conditions)

    return query

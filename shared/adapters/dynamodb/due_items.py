"""Reading sparse indexes, above all that of due times: its cost follows what is due, never what waits."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.group_items import GROUPS
from shared.adapters.dynamodb.record_items import owned_of, owner_key
from shared.adapters.dynamodb.requests import Key, batch_get
from shared.adapters.dynamodb.user_items import DUE_ACCESS_ENDS, DUE_INVITATIONS
from shared.domain.model.accounts import Account
from shared.domain.model.base import iso
from shared.domain.model.groups import Groups
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import User
from shared.domain.policy.snapshot import DueUserSnapshot
from shared.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Parsed = TypeVar("Parsed")

_AT_ONCE = 100  # Items that one read brings.


def due_items(table: str, dynamodb: "DynamoDBClient", what: str, *, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield items of a kind that are due, longest overdue first, as they are now."""
    condition, values = "due = :what AND due_at < :after_now", {":what": what, ":after_now": f"{iso(now)}~"}
    return indexed_items(table, dynamodb, "due", condition, values)


def indexed_items(
    table: str, dynamodb: "DynamoDBClient", index: str, condition: str, values: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield the items that an index of keys alone names, in its order, as they are now."""
    for keys in indexed_keys(table, dynamodb, index, condition, values):
        found = batch_get(dynamodb, keys)
        yield from (from_item(found[key]) for key in keys if key in found)


def indexed_keys(
    table: str,
    dynamodb: "DynamoDBClient",
    index: str,
    condition: str,
    values: Mapping[str, str],
    *,
    at_once: int = _AT_ONCE,
) -> Iterator[list[Key]]:
    """Yield the keys that an index of keys alone names, in its order, up to `at_once` at a time."""
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        IndexName=index,
        KeyConditionExpression=condition,
        ExpressionAttributeValues={name: {"S": value} for name, value in values.items()},
        PaginationConfig={"PageSize": at_once},
    )
    return ([(table, item["pk"]["S"], item["sk"]["S"]) for item in page["Items"]] for page in pages)


def readable(
    rows: Iterable[dict[str, Any]], parse: Callable[[dict[str, Any]], Parsed]
) -> Iterator[Parsed | ValidationError]:
    """Yield what each row is parsed to; a ValidationError stands for one that is unreadable."""
    for row in rows:
        try:
            yield parse(row)
        except ValidationError as error:
            yield error


class DueItems:
    """Reads users whose invitation or access has a deadline that has come."""

    def __init__(self) -> None:
        tables = settings().tables
        self._table, self._records = tables.directory_table, tables.records_table
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[User | ValidationError]:
        """Yield users whose invitation or end of access is due, in either kind the longest overdue first.

        A ValidationError stands for one that is unreadable.
        """
        kinds = (DUE_ACCESS_ENDS, DUE_INVITATIONS)
        rows = (row for kind in kinds for row in due_items(self._table, self._dynamodb, kind, now=now))
        return readable(rows, User.model_validate)

    def with_account(self, user: User) -> DueUserSnapshot:
        """Return the user with their account, its groups and what they own, as they are now."""
        keys = [(self._table, user.account_id, sort_key) for sort_key in (ACCOUNT, GROUPS)]
        owner = (self._records, user.account_id, owner_key(user.user_id))
        found = batch_get(self._dynamodb, [*keys, owner])
        account, groups = (from_item(found[key]) for key in keys)
        owned = owned_of(from_item(found[owner])) if owner in found else OwnedRecords()
        return DueUserSnapshot(user, Account.model_validate(account), Groups.model_validate(groups), owned)


@functools.cache
def open_due_items() -> DueItems:
    """Return the one of this process."""
    return DueItems()

"""What is due: invitations whose time has come, found at the cost of those alone, however many wait."""

import functools
from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError

from shared.adapters import aws
from shared.adapters.items import Item, from_item
from shared.adapters.rows import DUE_INVITATIONS, write_user
from shared.adapters.transactions import batch_get, transact
from shared.adapters.writes import Writes
from shared.domain.changes import Change
from shared.domain.models import iso
from shared.domain.users import User
from shared.settings import settings

_AT_ONCE = 100  # Users that one read brings.


class Sweep:
    """Reads the sparse index of due times and writes what the clock has decided."""

    def __init__(self) -> None:
        self._table = settings().directory_table
        self._writes = Writes(settings())
        self._dynamodb = aws.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[User | ValidationError]:
        """Users whose invitation was due by now, the longest overdue first; in the place of an unreadable one, why."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due = :invitations AND due_at < :after_now",
            ExpressionAttributeValues={":invitations": {"S": DUE_INVITATIONS}, ":after_now": {"S": f"{iso(now)}~"}},
            PaginationConfig={"PageSize": _AT_ONCE},
        )
        for page in pages:
            keys = [(self._table, item["pk"]["S"], item["sk"]["S"]) for item in page["Items"]]
            found = batch_get(self._dynamodb, keys)
            yield from (_user(found[key]) for key in keys if key in found)

    def save(self, change: Change, *, operation: str) -> None:
        """Writes one expiry; raises Conflict if the user has changed since they were read."""
        parts = [
            write_user(self._table, change.before, change.after, operation=operation),
            self._writes.count(change.after.account_id, change.tally, groups_version=None),
            *map(self._writes.journal, change.entries),
            *map(self._writes.mail, change.mails),
        ]
        transact(self._dynamodb, parts, operation=operation)


def _user(item: Item) -> User | ValidationError:
    try:
        return User.model_validate(from_item(item))
    except ValidationError as error:
        return error


@functools.cache
def open_sweep() -> Sweep:
    """One for a process."""
    return Sweep()

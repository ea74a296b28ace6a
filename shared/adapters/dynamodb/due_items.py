"""The sparse index of due times: its cost follows what is due, never what waits."""

import functools
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.requests import batch_get
from shared.adapters.dynamodb.user_items import DUE_INVITATIONS
from shared.domain.model.base import iso
from shared.domain.model.users import User
from shared.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_AT_ONCE = 100  # Items that one read brings.


def due_items(table: str, dynamodb: "DynamoDBClient", what: str, *, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield items of a kind that are due, longest overdue first, as they are now."""
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        IndexName="due",
        KeyConditionExpression="due = :what AND due_at < :after_now",
        ExpressionAttributeValues={":what": {"S": what}, ":after_now": {"S": f"{iso(now)}~"}},
        PaginationConfig={"PageSize": _AT_ONCE},
    )
    for page in pages:
        keys = [(table, item["pk"]["S"], item["sk"]["S"]) for item in page["Items"]]
        found = batch_get(dynamodb, keys)
        yield from (from_item(found[key]) for key in keys if key in found)


class DueItems:
    """Reads invitations to remind of, or to expire."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[User | ValidationError]:
        """Yield users whose invitation is due, longest overdue first; a ValidationError for one that is unreadable."""
        return map(_user, due_items(self._table, self._dynamodb, DUE_INVITATIONS, now=now))


def _user(row: dict[str, Any]) -> User | ValidationError:
    try:
        return User.model_validate(row)
    except ValidationError as error:
        return error


@functools.cache
def open_due_items() -> DueItems:
    """Return the one of this process."""
    return DueItems()

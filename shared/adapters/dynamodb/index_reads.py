"""Reading sparse indexes, above all that of due times: its cost follows what is due, never what waits."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.requests import Key, batch_get
from shared.domain.model.values import iso

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

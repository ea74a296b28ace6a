"""Which items of which tables a request to DynamoDB reads, writes or checks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.adapters.dynamodb.codec import from_attribute, from_item
from tests.aws_recorder import Exchange

_ACTIONS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
_PARTITION = re.compile(r"(?:^|AND )\s*(#?\w+) = (:\w+)")
WRITING = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"}


@dataclass(frozen=True)
class Access:
    """One item, or the partition of an index; `action` as IAM calls it, `table` by its physical name."""

    action: str
    table: str
    partition: str
    index: str | None = None
    item: dict[str, Any] | None = None  # as it is put

    @property
    def is_write(self) -> bool:
        return self.action in WRITING


def accesses(exchange: Exchange) -> Iterator[Access]:
    """Everything that a request to DynamoDB names; fails for an operation that is not described here."""
    asked = exchange.asked
    match exchange.operation:
        case "BatchGetItem":
            for table, wanted in asked["RequestItems"].items():
                for key in wanted["Keys"]:
                    yield Access("BatchGetItem", table, key["pk"]["S"])
        case "BatchWriteItem":
            yield from _of_batch(asked["RequestItems"])
        case "TransactWriteItems":
            for write in asked["TransactItems"]:
                [(kind, part)] = write.items()
                yield _of_one(_ACTIONS[kind], part)
        case "UpdateItem" | "PutItem" | "DeleteItem" | "GetItem":
            yield _of_one(exchange.operation, asked)
        case "Query":
            yield Access("Query", asked["TableName"], _queried(asked), index=asked.get("IndexName"))
        case _:
            raise NotImplementedError(f"describe here what {exchange.operation} accesses")


def _of_batch(writes_by_table: dict[str, Any]) -> Iterator[Access]:
    for table, writes in writes_by_table.items():
        for [part] in (write.values() for write in writes):
            yield _of_one("BatchWriteItem", part | {"TableName": table})


def _of_one(action: str, asked: dict[str, Any]) -> Access:
    key = asked.get("Key") or asked["Item"]
    item = from_item(asked["Item"]) if "Item" in asked else None
    return Access(action, asked["TableName"], key["pk"]["S"], item=item)


def _queried(asked: dict[str, Any]) -> str:
    found = _PARTITION.search(asked["KeyConditionExpression"])
    assert found, "a query without a partition"
    return str(from_attribute(asked["ExpressionAttributeValues"][found[2]]))

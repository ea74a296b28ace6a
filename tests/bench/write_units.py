"""DynamoDB's write units, from the sizes of items and of the entries that indexes keep of them.

A write in a transaction costs two units for each KB begun, any other one; an index pays one unit for each KB of an
entry that is put, changed or removed, and both when an entry moves because its key has changed.
"""

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from shared.storage_schema import TABLES, Index, Table
from tests import aws_fixture
from tests.bench.metering import Calls

Item = dict[str, dict[str, Any]]
Place = tuple[str, str, str | None]  # physical table, pk, sk
Snapshot = Mapping[Place, Item]

_KB = 1024
_ALONE = {"PutItem": "Item", "UpdateItem": "Key", "DeleteItem": "Key"}
_TABLES = {aws_fixture.physical(table): table for table in TABLES}


@dataclass(frozen=True)
class Cost:
    """Of one or more requests."""

    requests: int  # to any service of AWS
    dynamodb: int
    transactions: int
    items: int  # in transactions, mere checks included
    base: int  # write units of the tables
    indexes: int  # write units of their indexes
    largest: int  # bytes of the largest item written


def emulated(physical: str) -> Any:
    """The emulator's own table."""
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].get_table(physical)


def snapshot() -> Snapshot:
    """All items of all tables, taken behind the emulator's front door, where reading many is slow."""
    found: dict[Place, Item] = {}
    for physical in _TABLES:
        for one in emulated(physical).all_items():
            item: Item = one.to_json()["Attributes"]
            found[_place(physical, item)] = copy.deepcopy(item)
    return found


def cost(calls: Calls, before: Snapshot, after: Snapshot) -> Cost:
    """What these calls, which led from one snapshot to the other, have cost."""
    items, base, largest = 0, 0, 0
    transactions = [call.asked["TransactItems"] for call in calls.dynamodb if call.operation == "TransactWriteItems"]
    for transaction in transactions:
        for [write] in (action.values() for action in transaction):
            place = _place(write["TableName"], write.get("Key") or write["Item"])
            bytes_written = max(_size(before.get(place)), _size(after.get(place)))
            items, base, largest = items + 1, base + 2 * _units(bytes_written), max(largest, bytes_written)
    for call in calls.dynamodb:
        if call.operation in _ALONE:
            place = _place(call.asked["TableName"], call.asked[_ALONE[call.operation]])
            base += _units(max(_size(before.get(place)), _size(after.get(place))))
    return Cost(
        requests=len(calls.made),
        dynamodb=len(calls.dynamodb),
        transactions=len(transactions),
        items=items,
        base=base,
        indexes=sum(
            _index_units(_TABLES[place[0]], index, before.get(place), after.get(place))
            for place in before.keys() | after.keys()
            if before.get(place) != after.get(place)
            for index in _TABLES[place[0]].indexes
        ),
        largest=largest,
    )


def _index_units(table: Table, index: Index, before: Item | None, after: Item | None) -> int:
    was, becomes = _entry(table, index, before), _entry(table, index, after)
    if was == becomes:
        return 0
    if was and becomes and all(was[key] == becomes[key] for key in (index.partition_key, index.sort_key)):
        return _units(max(_size(was), _size(becomes)))
    return sum(_units(_size(entry)) for entry in (was, becomes) if entry)


def _entry(table: Table, index: Index, item: Item | None) -> Item | None:
    """What the index keeps of an item; without the index's keys, nothing."""
    keys = {index.partition_key, index.sort_key}
    if item is None or not keys <= item.keys():
        return None
    if not index.keys_only:
        return item
    kept = keys | {table.partition_key} | ({table.sort_key} if table.sort_key else set())
    return {name: value for name, value in item.items() if name in kept}


def _place(physical: str, item: Item) -> Place:
    return physical, item["pk"]["S"], item["sk"]["S"] if _TABLES[physical].sort_key else None


def _units(size: int) -> int:
    return max(1, math.ceil(size / _KB))


def _size(item: Item | None) -> int:
    """Bytes, as DynamoDB counts them."""
    return sum(len(name.encode()) + _size_of(value) for name, value in (item or {}).items())


def _size_of(attribute: dict[str, Any]) -> int:
    [(kind, value)] = attribute.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return (len(value.strip("-").strip("0")) + 1) // 2 + 1 + int(value.startswith("-"))
        case "SS":
            return sum(len(one.encode()) for one in value)
        case "L":
            return 3 + sum(1 + _size_of(one) for one in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _size_of(one) for name, one in value.items())
    return 1  # BOOL, NULL

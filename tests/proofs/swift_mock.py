"""The mock of DynamoDB without what takes nearly all of its time and is of no use here."""

import copy
from types import SimpleNamespace
from typing import Any

import moto.dynamodb.models
import pytest
from moto.core.serialize import JSONSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table

_serialize = JSONSerializer._serialize_type_structure  # noqa: SLF001 (there is no other door)
_transact = DynamoDBBackend.transact_write_items


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """For one test."""
    monkeypatch.setattr(JSONSerializer, "_serialize_type_structure", _serialize_swiftly)
    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", _transact_swiftly)
    monkeypatch.setattr(moto.dynamodb.models, "copy", SimpleNamespace(deepcopy=_copy_but_tables))


def _serialize_swiftly(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """Attributes of items are kept as they are sent, and yet each of them is walked through: a third of the time."""
    if shape.name == "AttributeValue" and isinstance(value, dict):
        serialized[key] = value
    else:
        _serialize(self, serialized, value, shape, key)


def _copy_but_tables(thing: Any) -> Any:
    return thing if isinstance(thing, Table) else copy.deepcopy(thing)


def _transact_swiftly(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """Each write has a copy of its whole table made, in case of a failure: a copy of the item is enough."""
    kept = [_Kept(self, operation) for one in transact_items for operation in one.values()]
    try:
        _transact(self, transact_items)
    except Exception:
        for one in kept:
            one.put_back()
        raise


class _Kept:
    """An item as it was, if it was, and how long its table's stream was."""

    def __init__(self, backend: DynamoDBBackend, operation: dict[str, Any]) -> None:
        self._table = backend.get_table(operation["TableName"])
        self._key = backend.get_keys_value(self._table, operation.get("Key") or operation["Item"])
        self._item = copy.deepcopy(self._table.get_item(*self._key))
        self._shard: Any = self._table.stream_shard
        self._streamed = len(self._shard.items) if self._shard else 0

    def put_back(self) -> None:
        partition, place = self._key
        held: Any = self._table.items if place is None else self._table.items[partition]
        name = partition if place is None else place
        if self._item is None:
            held.pop(name, None)
        else:
            held[name] = self._item
        if self._shard:
            del self._shard.items[self._streamed :]

"""A mock that does not dawdle: the same answers of moto's DynamoDB in a fraction of its time."""

import copy
from collections import defaultdict
from typing import Any

import pytest
from moto.core.serialize import JSONSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing.validators import ActionCountValidator, UpdateExpressionValidator

_serialize = JSONSerializer._serialize_type_structure  # noqa: SLF001 (there is no other door)
_update = DynamoDBBackend.update_item
_processors = UpdateExpressionValidator.get_ast_processors


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on items are never changed in place, so that copies of tables share them."""
    monkeypatch.setattr(JSONSerializer, "_serialize_type_structure", _serialize_swiftly)
    monkeypatch.setattr(DynamoDBBackend, "update_item", _update_copy)
    monkeypatch.setattr(Table, "__deepcopy__", _twin, raising=False)
    monkeypatch.setattr(UpdateExpressionValidator, "get_ast_processors", _needed_processors)


def _serialize_swiftly(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """The mock keeps attributes of items as they are sent, but walks through each of them."""
    if shape.name == "AttributeValue" and isinstance(value, dict):
        serialized[key] = value
    else:
        _serialize(self, serialized, value, shape, key)


def _twin(table: Any, _memo: dict[int, Any]) -> Any:
    """A copy for one transaction's rollback, or for a snapshot; the mock would copy every attribute of every item."""
    twin = copy.copy(table)
    twin.items = defaultdict(dict)
    for key, found in table.items.items():
        twin.items[key] = dict(found) if table.range_key_attr else found
    return twin


def _update_copy(self: Any, table_name: str, key: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
    """The mock would write into the item that the copies share."""
    table = self.get_table(table_name)
    hash_key = DynamoType(key[table.hash_key_attr])
    if table.range_key_attr:
        partition, place = table.items[hash_key], DynamoType(key[table.range_key_attr])
    else:
        partition, place = table.items, hash_key
    if place in partition:
        partition[place] = copy.deepcopy(partition[place])
    return _update(self, table_name, key, *args, **kwargs)


def _needed_processors(self: Any) -> list[Any]:
    """All but the one that counts clauses at every node anew."""
    return [processor for processor in _processors(self) if not isinstance(processor, ActionCountValidator)]

"""Speed patches of moto's DynamoDB and of its client, for the proofs.

Copies of tables share items, which never change in place. Items are walked through once where moto and botocore look
up at each of their attributes what may be there.

All other tests run on stock moto, and under the patches only when they are repeated on another date. A copy that was
made under the patches must not be used without them.
"""

import copy
import functools
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import moto.core.responses
import moto.dynamodb.models
import moto.dynamodb.parsing.validators
import moto.dynamodb.responses
from botocore.parsers import BaseJSONParser
from moto.core.serialize import JSONSerializer
from moto.core.utils import method_names_from_class
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.models.utilities import dynamo_to_dict
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node  # type: ignore[attr-defined]
from moto.dynamodb.parsing.expressions import UpdateExpressionParser  # type: ignore[attr-defined]
from moto.dynamodb.parsing.tokens import ExpressionTokenizer
from moto.dynamodb.parsing.validators import ActionCountValidator, UpdateExpressionValidator

_serialize = JSONSerializer._serialize_type_structure  # noqa: SLF001 (it has no public name)
_received = BaseJSONParser._handle_structure  # type: ignore[attr-defined] # noqa: SLF001 (as above)
_transact = DynamoDBBackend.transact_write_items
_update = DynamoDBBackend.update_item
_processors = UpdateExpressionValidator.get_ast_processors
_methods = functools.cache(method_names_from_class)  # Each answer looks for its method among all there are.
_is_kind_of: Any = functools.cache(issubclass)  # The classes of nodes are abstract, for which this is slow.


def is_active() -> bool:
    """Whether the patches are installed now. Items of tables may be shared by copies only while they are."""
    return "__deepcopy__" in vars(Table)


@contextmanager
def active() -> Iterator[None]:
    """Install the patches, and remove them in the end unless they were installed before."""
    with ExitStack() as patches:
        for owner, name, replacement in () if is_active() else _patches():
            patches.enter_context(patch.object(owner, name, replacement, create=name == "__deepcopy__"))
        yield


def _patches() -> Iterator[tuple[Any, str, Any]]:
    yield JSONSerializer, "_serialize_type_structure", _serialize_fast
    yield BaseJSONParser, "_handle_structure", _received_fast
    yield moto.dynamodb.responses, "dynamo_to_dict", _sent_fast
    yield DynamoDBBackend, "transact_write_items", _transact_fast
    yield DynamoDBBackend, "update_item", _update_copy
    yield moto.dynamodb.models, "copy", SimpleNamespace(deepcopy=_copy_but_tables)
    yield Table, "__deepcopy__", _twin
    yield UpdateExpressionParser, "make", _parsed
    yield DepthFirstTraverser, "traverse", _traverse_fast
    yield moto.dynamodb.parsing.validators, "deepcopy", _copy_of_expression
    yield Item, "size", lambda _item: 0  # Summed up twice for each answer, which is never 16 MB.
    yield UpdateExpressionValidator, "get_ast_processors", _needed_processors
    yield moto.core.responses, "method_names_from_class", _methods


def _serialize_fast(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """Attributes of items are kept as they are sent, and yet each of them is walked through: a third of the time."""
    if shape.name == "AttributeValue" and isinstance(value, dict):
        serialized[key] = value
    else:
        _serialize(self, serialized, value, shape, key)


def _received_fast(self: Any, shape: Any, value: Any) -> Any:
    """Attributes of answers are as they were sent, unless they are bytes, which nothing stores."""
    return value if shape.name == "AttributeValue" else _received(self, shape, value)


def _sent_fast(thing: Any) -> Any:
    """Ask for the exact classes first that answers consist of."""
    kind = type(thing)
    if kind is str:
        return thing
    if kind is dict:
        return {name: _sent_fast(one) for name, one in thing.items()}
    if kind is list:
        return [_sent_fast(one) for one in thing]
    if kind is DynamoType:
        return {thing.type: _sent_fast(thing.value)}
    return _sent_fast(thing.to_json()) if kind is Item else dynamo_to_dict(thing)


@functools.cache
def _parsed(expression: str) -> Any:
    """Parse each expression once; its users work on copies."""
    return ActionCountValidator().traverse(UpdateExpressionParser(ExpressionTokenizer.make_list(expression)).parse())


def _needed_processors(self: Any) -> list[Any]:
    """All but the one that would count clauses at every node again: `_parsed` has asked it."""
    return [processor for processor in _processors(self) if not isinstance(processor, ActionCountValidator)]


def _traverse_fast(self: Any, root: Any) -> Any:
    """Ask once which classes of nodes a processor is for, and once for each class; moto asks at every node."""
    kinds = self.nodes_to_be_processed()

    def traverse(node: Any, child_id: int) -> Any:
        if not _is_kind_of(type(node), Node):
            return node
        parent = node.parent
        for number, child in enumerate(node.children or ()):
            self.pre_processing_of_child(node, number)
            traverse(child, number)
        if _is_kind_of(type(node), kinds):
            node = self.process(node)
            node.parent = parent
            if parent:
                parent.children[child_id] = node
        return node

    return traverse(root, -1)


def _copy_of_expression(thing: Any) -> Any:
    """Copy the nodes of an expression; what they hold besides nodes never changes."""
    if not isinstance(thing, Node):
        return copy.deepcopy(thing)
    twin = object.__new__(type(thing))
    vars(twin).update(vars(thing))
    if thing.children is not None:
        twin.children = [_copy_of_expression(child) for child in thing.children]
        for child in twin.children:
            if isinstance(child, Node):
                child.set_parent(twin)
    return twin


def _twin(table: Any, _memo: dict[int, Any]) -> Any:
    """A copy for a snapshot."""
    twin = copy.copy(table)
    twin.items = defaultdict(dict)
    for key, found in table.items.items():
        twin.items[key] = dict(found) if table.range_key_attr else found
    twin.stream_shard = copy.copy(table.stream_shard)
    if twin.stream_shard:
        twin.stream_shard.items = list(table.stream_shard.items)
    return twin


def _copy_but_tables(thing: Any) -> Any:
    return thing if isinstance(thing, Table) else copy.deepcopy(thing)


def _update_copy(self: Any, table_name: str, key: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
    """The mock would write into the item that the copies share."""
    table = self.get_table(table_name)
    held, name = _place(table, DynamoType(key[table.hash_key_attr]), _range_of(table, key))
    if name in held:
        held[name] = copy.deepcopy(held[name])
    return _update(self, table_name, key, *args, **kwargs)


def _range_of(table: Any, key: dict[str, Any]) -> DynamoType | None:
    return DynamoType(key[table.range_key_attr]) if table.range_key_attr else None


def _place(table: Any, partition: DynamoType, place: DynamoType | None) -> tuple[Any, DynamoType]:
    return (table.items, partition) if place is None else (table.items[partition], place)


def _transact_fast(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """Each write has a copy of its whole table made, in case of a failure: the item as it was is enough."""
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
        table: Any = backend.get_table(operation["TableName"])
        self._held, self._name = _place(
            table, *backend.get_keys_value(table, operation.get("Key") or operation["Item"])
        )
        self._item = self._held.get(self._name)
        self._shard: Any = table.stream_shard
        self._streamed = len(self._shard.items) if self._shard else 0

    def put_back(self) -> None:
        if self._item is None:
            self._held.pop(self._name, None)
        else:
            self._held[self._name] = self._item
        if self._shard:
            del self._shard.items[self._streamed :]

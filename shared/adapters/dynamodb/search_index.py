"""Keeps the search index of users in step with the directory."""

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from shared.adapters import clients
from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.account_search_items import PARTITION, account_search_keys
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.requests import Key, batch_get, batch_write
from shared.adapters.dynamodb.search_items import entry_key, search_keys
from shared.adapters.dynamodb.user_items import user_key
from shared.domain.model.accounts import Account
from shared.domain.model.users import User
from shared.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import WriteRequestTypeDef


_USERS_AT_ONCE = 50  # whose entries are put before they are read once more


class SearchIndex:
    """Writes the entries of users; a reader checks each entry against its user, so that a late one misleads nobody."""

    def __init__(self) -> None:
        tables = settings().tables
        self._directory, self._search = tables.directory_table, tables.search_table
        self._dynamodb = clients.client("dynamodb")

    def update_entries(self, before: User | None, after: User | None) -> int:
        """Make the entries those of the user as stored now; return how many were put or deleted.

        `before` and `after` are a change that the stream tells of. It may tell late, twice and out of order: what is
        stored now decides what there must be, the change only says what may be left over or missing.
        """
        old, new = (search_keys(user) if user else frozenset() for user in (before, after))
        changed = after or before
        if changed is None or old == new:
            return 0
        key = (self._directory, changed.account_id, user_key(changed.user_id))
        item = batch_get(self._dynamodb, [key]).get(key)
        wanted = search_keys(User.model_validate(from_item(item))) if item else frozenset()
        return self._write(changed.account_id, put=wanted - old, delete=(old | new) - wanted)

    def rebuild(self, account_id: str) -> int:
        """Make an account's entries those of its users; return how many were put or deleted.

        People may work meanwhile. The entries are read first, so that none that the stream puts later is deleted; users
        who lack some are read once more after these are put, and what is not theirs any more is deleted again: the
        stream deletes what is older than a change that follows.
        """
        found = {item["sk"]["S"] for item in self._items(self._search, account_id, "")}
        users = list(self._all_users(account_id))
        wanted = {key for user in users for key in search_keys(user)}
        written = self._write(account_id, put=(), delete=found - wanted)
        lacking = [user for user in users if not search_keys(user) <= found]
        for start in range(0, len(lacking), _USERS_AT_ONCE):
            some = lacking[start : start + _USERS_AT_ONCE]
            put = {key for user in some for key in search_keys(user)} - found
            written += self._write(account_id, put=put, delete=())
            theirs = {key for user in self._as_stored(some) for key in search_keys(user)}
            written += self._write(account_id, put=(), delete=put - theirs)
        return written + self._list_account(account_id)

    def _as_stored(self, users: Iterable[User]) -> list[User]:
        keys: list[Key] = [(self._directory, user.account_id, user_key(user.user_id)) for user in users]
        return [User.model_validate(from_item(item)) for item in batch_get(self._dynamodb, keys).values()]

    def _all_users(self, account_id: str) -> Iterator[User]:
        return (User.model_validate(from_item(item)) for item in self._items(self._directory, account_id, "user#"))

    def _list_account(self, account_id: str) -> int:
        """Put those entries of the account itself that are missing: they never change."""
        key = (self._directory, account_id, ACCOUNT)
        item = batch_get(self._dynamodb, [key]).get(key)
        wanted = account_search_keys(Account.model_validate(from_item(item))) if item else frozenset()
        places = [(self._search, PARTITION, each) for each in wanted]
        found = {sort_key for _, _, sort_key in batch_get(self._dynamodb, places)}
        return self._write(PARTITION, put=wanted - found, delete=())

    def _write(self, account_id: str, *, put: Iterable[str], delete: Iterable[str]) -> int:
        writes: list[WriteRequestTypeDef] = [
            {"PutRequest": {"Item": entry_key(account_id, key)}} for key in sorted(put)
        ]
        writes += [{"DeleteRequest": {"Key": entry_key(account_id, key)}} for key in sorted(delete)]
        batch_write(self._dynamodb, self._search, writes)
        return len(writes)

    def _items(self, table: str, account_id: str, prefix: str) -> Iterator[dict[str, Any]]:
        condition, values = "pk = :account", {":account": {"S": account_id}}
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :prefix)", values | {":prefix": {"S": prefix}}
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ConsistentRead=True,
        )
        return (item for page in pages for item in page["Items"])


@functools.cache
def open_search_index() -> SearchIndex:
    """Return the instance of this process, made on first use."""
    return SearchIndex()

"""The list of all accounts and its search, for operators: what it costs follows what it finds."""

import functools

from shared.adapters import clients
from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.account_search_items import (
    LIST,
    PARTITION,
    account_of,
    account_search_keys,
    word_prefix,
)
from shared.adapters.dynamodb.codec import from_item, to_item
from shared.adapters.dynamodb.requests import batch_get
from shared.domain.model.accounts import Account
from shared.domain.model.folding import folded
from shared.settings import settings

_LAST = "\U0010ffff"


class AccountQueries:
    """Reads the search index of accounts, and the accounts that it names."""

    def __init__(self) -> None:
        self._tables = settings().tables
        self._dynamodb = clients.client("dynamodb")

    def page(self, *, search: str, limit: int, cursor: str | None) -> tuple[list[Account], str | None]:
        """Return accounts by App ID, or those that have a word that begins with `search` in the order of the words.

        With the cursor of the next page, or None. Raises InvalidRequest for a foreign cursor.
        """
        term = folded(search)
        prefix = word_prefix(term) if term else LIST
        scope = ("accounts", term)
        found: list[tuple[str, Account]] = []
        after = cursors.decode(cursor, scope=scope) if cursor else prefix
        while len(found) <= limit:
            wanted = limit + 1 - len(found)
            keys = self._read(prefix, after=after, most=wanted)
            accounts = self._accounts(keys)
            found += [(key, accounts[key]) for key in keys if key in accounts and _first(accounts[key], prefix) == key]
            if len(keys) < wanted:
                break
            after = keys[-1]
        page = found[:limit]
        return [account for _, account in page], cursors.encode(page[-1][0], scope=scope) if found[limit:] else None

    def _read(self, prefix: str, *, after: str, most: int) -> list[str]:
        """Return up to so many entries that begin so, after the given one."""
        answer = self._dynamodb.query(
            TableName=self._tables.search_table,
            KeyConditionExpression="pk = :accounts AND sk BETWEEN :low AND :high",
            ExpressionAttributeValues=to_item({":accounts": PARTITION, ":low": after, ":high": prefix + _LAST}),
            ConsistentRead=True,
            Limit=most + 1,  # The range begins with the entry before.
        )
        return [item["sk"]["S"] for item in answer["Items"] if item["sk"]["S"] != after][:most]

    def _accounts(self, keys: list[str]) -> dict[str, Account]:
        """Return the accounts of entries, by entry."""
        places = {key: (self._tables.directory_table, account_of(key), ACCOUNT) for key in keys}
        items = batch_get(self._dynamodb, places.values())
        return {key: Account.model_validate(from_item(items[place])) for key, place in places.items() if place in items}


def _first(account: Account, prefix: str) -> str:
    """Return the first entry of an account that begins so: an account is on a page once, also with two such words."""
    return min((key for key in account_search_keys(account) if key.startswith(prefix)), default="")


@functools.cache
def open_account_queries() -> AccountQueries:
    """Return the instance of this process, made on first use."""
    return AccountQueries()

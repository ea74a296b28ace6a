"""Queries of the Users page: filters and sorting, a page at a time (rule 33)."""

import functools
import heapq
from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat
from typing import Any, NamedTuple

from shared.adapters import clients
from shared.adapters.dynamodb import cursors, user_search
from shared.adapters.dynamodb.codec import from_item, to_attribute
from shared.adapters.dynamodb.item_batch import read_of_addresses
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import Key, batch_get
from shared.adapters.dynamodb.search_items import (
    WAITING,
    Position,
    Sort,
    group_facet,
    list_prefix,
    partner_facet,
    search_keys,
    status_facet,
    user_id_of,
)
from shared.adapters.dynamodb.user_filters import UserFilter
from shared.adapters.dynamodb.user_items import PARTITION_BY_STATUS, listing, user_key
from shared.domain.model.groups import ADMINISTRATORS
from shared.domain.model.users import HAS_LEFT, Status, User
from shared.settings import settings

_FIRST = "\0"
_LAST = "\U0010ffff"
# What a page reads in vain, at most, where several lists are merged, or one holds others, too: entries of the search
# index, for which users are still to be read, and whole users.
_SPARE_ENTRIES, _SPARE_USERS = 16, 60
_SHORT_READS = 6  # Of so many entries as a page takes; a list that goes on is one in which few match.
_MAX_EXAMINED_USERS = 2_000  # Users that one page looks at; a rarer match comes with a later page.


class _Entry(NamedTuple):
    """A place in a list; an index by name has the user, the search index the key of its entry."""

    position: Position
    user_id: str
    user: User | None = None
    sort_key: str = ""


class UserQueries:
    """Lists users from indexes, which are eventually consistent."""

    def __init__(self) -> None:
        self._tables = settings().tables
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")
        self._search = user_search.UserSearch(self._tables.search_table, self._dynamodb, self._users)

    def page(
        self, account_id: str, *, wanted: UserFilter, sort: Sort, search: str | None, limit: int, cursor: str | None
    ) -> tuple[list[User], str | None]:
        """Return users in order, and the cursor of the next page, or None.

        A search that finds more than a page is in the order of the words found. A page may be shorter than `limit`
        before the last one if few of those looked at match. Raises InvalidRequest for a foreign cursor.
        """
        term = user_search.term_of(search or "")
        scope = ("users", account_id, sort, wanted.scope, term)
        after = cursors.decode(cursor, scope=scope) if cursor else None
        if wanted.email:
            users, end = self._by_address(account_id, wanted, term), None
        elif term:
            users, end = self._search.page(account_id, term, wanted=wanted, sort=sort, limit=limit, after=after)
        else:
            users, end = self._listed(account_id, wanted, sort, limit, after)
        return users, cursors.encode(end, scope=scope) if end else None

    def _by_address(self, account_id: str, wanted: UserFilter, term: str) -> list[User]:
        address = wanted.email or ""

        def wanted_keys(keys: Keys) -> list[Key]:
            return [keys.identity(address), keys.user(account_id, keys.ids.user_id(account_id, address))]

        keys, read = read_of_addresses(self._dynamodb, self._keys, [address], wanted_keys)
        user = read.user(account_id, keys.ids.user_id(account_id, address))
        return [user] if user and wanted.matches(user) and user_search.begins(user, term) else []

    def _listed(
        self, account_id: str, wanted: UserFilter, sort: Sort, limit: int, after: str | None
    ) -> tuple[list[User], str | None]:
        entries = self._entries(account_id, wanted, sort, limit, Position(int(after[0]), after[1:]) if after else None)
        found: list[tuple[_Entry, User]] = []
        looked_at, least, last = 0, 1, None
        while len(found) <= limit and looked_at < _MAX_EXAMINED_USERS:
            some = list(islice(entries, max(limit + 1 - len(found), least)))
            least = min(2 * least, user_search.MAX_AT_ONCE)
            if not some:
                return [user for _, user in found], None
            found += [(entry, user) for entry, user in self._resolved(account_id, some) if wanted.matches(user)]
            looked_at, last = looked_at + len(some), some[-1]
        last = found[limit - 1][0] if len(found) > limit else last
        return [user for _, user in found[:limit]], f"{last.position.part}{last.position.key}" if last else None

    def _resolved(self, account_id: str, entries: list[_Entry]) -> Iterator[tuple[_Entry, User]]:
        """Yield the users of entries; an entry that its user has no longer is passed over."""
        missing = [entry.user_id for entry in entries if entry.user is None]
        users = self._users(account_id, missing) if missing else {}
        for entry in entries:
            user = entry.user or users.get(entry.user_id)
            if user and (entry.user or entry.sort_key in search_keys(user)):
                yield entry, user

    def _users(self, account_id: str, user_ids: Iterable[str]) -> dict[str, User]:
        keys = [(self._tables.directory_table, account_id, user_key(user_id)) for user_id in user_ids]
        users = (User.model_validate(from_item(item)) for item in batch_get(self._dynamodb, keys).values())
        return {user.user_id: user for user in users}

    def _entries(
        self, account_id: str, wanted: UserFilter, sort: Sort, limit: int, after: Position | None
    ) -> Iterator[_Entry]:
        """Yield the places of all lists together, in order, after the given one."""
        facets, is_exact = _facets(wanted)
        whole_lists = sort.endswith("name") and set(facets) <= set(PARTITION_BY_STATUS.values())
        spare = _SPARE_USERS if whole_lists else _SPARE_ENTRIES
        at_once = limit + 1 if len(facets) == 1 and is_exact else 1 + spare // max(len(facets), 2)
        for part in (0, 1) if sort.endswith("joined_at") else (0,):
            if after and part < after.part:
                continue  # It was on earlier pages.
            start = after.key if after and part == after.part else None
            descending = sort.startswith("-") and part == 0
            read = self._by_name if whole_lists else functools.partial(self._by_facet, sort=sort)
            lists = [
                read(account_id, facet, part, start=start, descending=descending, at_once=at_once) for facet in facets
            ]
            yield from heapq.merge(*lists, key=lambda entry: entry.position.key, reverse=descending)

    def _by_name(
        self, account_id: str, facet: str, part: int, *, start: str | None, descending: bool, at_once: int
    ) -> Iterator[_Entry]:
        """Yield users from the index that has them whole."""
        names = {"#partition": "listing", "#key": "name_key"}
        query = {"TableName": self._tables.directory_table, "IndexName": "by_name", "ExpressionAttributeNames": names}
        partition = listing(account_id, facet)
        for item in self._query(query, partition, "", start=start, descending=descending, at_once=at_once):
            row = from_item(item)
            yield _Entry(Position(part, row["name_key"]), row["user_id"], User.model_validate(row))

    def _by_facet(
        self, account_id: str, facet: str, part: int, *, sort: str, start: str | None, descending: bool, at_once: int
    ) -> Iterator[_Entry]:
        """Yield places from the search index."""
        prefix = list_prefix(facet, sort, part)
        names = {"#partition": "pk", "#key": "sk"}
        query = {"TableName": self._tables.search_table, "ExpressionAttributeNames": names}
        for item in self._query(query, account_id, prefix, start=start, descending=descending, at_once=at_once):
            sort_key = item["sk"]["S"]
            yield _Entry(Position(part, sort_key.removeprefix(prefix)), user_id_of(sort_key), sort_key=sort_key)

    def _query(
        self, query: dict[str, Any], partition: str, prefix: str, *, start: str | None, descending: bool, at_once: int
    ) -> Iterator[dict[str, Any]]:
        low, high = prefix + _FIRST, prefix + _LAST
        if start is not None:
            low, high = (low, prefix + start) if descending else (prefix + start, high)
        values = {":partition": partition, ":low": low, ":high": high}
        key = query["ExpressionAttributeNames"]["#key"]
        read_on: dict[str, Any] = {}
        for most in chain(repeat(at_once, _SHORT_READS), repeat(user_search.MAX_AT_ONCE)):
            page = self._dynamodb.query(
                **query,
                **read_on,
                KeyConditionExpression="#partition = :partition AND #key BETWEEN :low AND :high",
                ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()},
                ScanIndexForward=not descending,
                Limit=most + (start is not None),  # The range holds the page's end before, too.
            )
            yield from (item for item in page["Items"] if start is None or item[key]["S"] != prefix + start)
            if "LastEvaluatedKey" not in page:
                return
            read_on = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _facets(wanted: UserFilter) -> tuple[list[str], bool]:
    """Return the lists that hold all who are wanted, and whether they hold nobody else."""
    names = sorted({PARTITION_BY_STATUS[status] for status in wanted.statuses} - {"removed"})
    if wanted.records_wait:
        rest = wanted._replace(records_wait=False)
        return [WAITING], rest.is_by_status and wanted.statuses >= HAS_LEFT
    removed = ["removed"] if Status.REMOVED in wanted.statuses else []
    if wanted.admin or wanted.group:
        group_id = ADMINISTRATORS if wanted.admin else wanted.group or ""
        facets = [group_facet(group_id, name) for name in names]
        rest = wanted._replace(admin=None) if wanted.admin else wanted._replace(group=None)
    elif wanted.kind == "partner":
        facets, rest = [partner_facet(name) for name in names], wanted._replace(kind=None)
    else:
        facets = [facet for name in names for facet in _of_statuses(name, wanted.statuses)]
        return facets + removed, wanted.is_by_status
    has_all_statuses = all(_statuses_of(name) <= wanted.statuses for name in names)
    return facets + removed, has_all_statuses and rest.is_by_status and not removed


def _of_statuses(name: str, statuses: frozenset[Status]) -> list[str]:
    """Return the list of this name if all its statuses are wanted, else the lists of those that are."""
    within = _statuses_of(name)
    return [name] if within <= statuses else [status_facet(status) for status in sorted(within & statuses)]


def _statuses_of(name: str) -> set[Status]:
    return {status for status in Status if PARTITION_BY_STATUS[status] == name}


@functools.cache
def open_user_queries() -> UserQueries:
    """Return the instance of this process, made on first use."""
    return UserQueries()

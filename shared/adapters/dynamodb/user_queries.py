"""Queries of the Users page: filters, sorting, search, paging (rule 33)."""

import functools
import heapq
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, Literal, NamedTuple

from shared.adapters import clients
from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.codec import from_item, to_attribute
from shared.adapters.dynamodb.user_items import PARTITION_BY_STATUS, addressed, listing
from shared.domain.model import addresses
from shared.domain.model.folding import folded
from shared.domain.model.users import Status, User
from shared.settings import settings

Sort = Literal["name", "-name", "email", "-email", "joined_at", "-joined_at"]

_FIRST = "\0"
_LAST = "\U0010ffff"
_MANY = 500  # Items read in one request where a filter lets few of them through.
_SEARCH = " OR ".join(f"begins_with({name}, :search)" for name in ("name_folded", "last_folded", "email_folded"))


class _KeyRange(NamedTuple):
    """A range of sort keys in one partition of an index, both ends included."""

    index_name: str
    partition_key: str
    partition: str
    sort_key: str
    descending: bool
    low: str = _FIRST
    high: str = _LAST

    def after(self, position: str) -> "_KeyRange":
        if self.descending:
            return self._replace(high=position)
        return self._replace(low=position)


class _PageCursor(NamedTuple):
    """The end of a page: the part of the order, and the sort key of the last row."""

    part: int
    position: str

    def encoded(self, scope: cursors.Scope) -> str:
        return cursors.encode(f"{self.part}{self.position}", scope=scope)

    @classmethod
    def of(cls, cursor: str, scope: cursors.Scope) -> "_PageCursor":
        decoded = cursors.decode(cursor, scope=scope)
        return cls(int(decoded[0]), decoded[1:])


class UserQueries:
    """Lists users from the indexes, which are eventually consistent."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def page(
        self,
        account_id: str,
        *,
        statuses: frozenset[Status],
        sort: Sort,
        search: str | None,
        limit: int,
        cursor: str | None,
    ) -> tuple[list[User], str | None]:
        """Return users in order, and the cursor of the next page, or None."""
        search = _term(search) if search else None
        scope = ("users", account_id, sort, sorted(statuses), search)
        after = _PageCursor.of(cursor, scope) if cursor else None
        rows = self._rows(account_id, statuses=statuses, sort=sort, search=search, limit=limit, after=after)
        found = list(islice(rows, limit + 1))
        users = [User.model_validate(row) for row, _ in found[:limit]]
        return users, found[limit - 1][1].encoded(scope) if len(found) > limit else None

    def _rows(
        self,
        account_id: str,
        *,
        statuses: frozenset[Status],
        sort: Sort,
        search: str | None,
        limit: int,
        after: "_PageCursor | None",
    ) -> Iterator[tuple[dict[str, Any], "_PageCursor"]]:
        for part, side_by_side in _parts(account_id, statuses, sort).items():
            if after and part < after.part:
                continue  # It was on earlier pages.
            position = after.position if after and part == after.part else None
            wanted = [key_range.after(position) if position else key_range for key_range in side_by_side]
            streams = [self._query(key_range, statuses, search, limit) for key_range in wanted]
            first = side_by_side[0]
            for row in heapq.merge(*streams, key=lambda row: row[first.sort_key], reverse=first.descending):
                if row[first.sort_key] != position:
                    yield row, _PageCursor(part, row[first.sort_key])

    def _query(
        self, key_range: _KeyRange, statuses: frozenset[Status], search: str | None, limit: int
    ) -> Iterator[dict[str, Any]]:
        values = {":partition": key_range.partition, ":low": key_range.low, ":high": key_range.high}
        names = {"#partition": key_range.partition_key, "#sort": key_range.sort_key}
        filters = []
        if not _covers(key_range, statuses):
            filters.append("#status IN ({})".format(", ".join(f":{status}" for status in sorted(statuses))))
            names["#status"] = "status"
            values |= {f":{status}": status for status in statuses}
        if search:
            filters.append(f"({_SEARCH})")
            values[":search"] = search
        query: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": key_range.index_name,
            "KeyConditionExpression": "#partition = :partition AND #sort BETWEEN :low AND :high",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
            "ScanIndexForward": not key_range.descending,
            "Limit": _MANY
            if filters
            else limit + 2,  # The last row of the previous page, and one more row to see whether there is a next page.
        }
        if filters:
            query["FilterExpression"] = " AND ".join(filters)
        for page in self._dynamodb.get_paginator("query").paginate(**query):
            yield from map(from_item, page["Items"])


def _term(search: str) -> str:
    """Return what is searched for, folded; a whole address in the form in which addresses are stored."""
    if "@" in search:
        with suppress(ValueError):
            search = addresses.canonical(search)
    return folded(search)


def _covers(key_range: _KeyRange, statuses: frozenset[Status]) -> bool:
    """Whether the partition holds only users of these statuses."""
    if key_range.index_name != "by_name":
        return statuses == frozenset(Status)
    name = key_range.partition.partition("#")[2]
    return {status for status in Status if PARTITION_BY_STATUS[status] == name} <= statuses


def _parts(account_id: str, statuses: Iterable[Status], sort: Sort) -> dict[int, list[_KeyRange]]:
    """Return lists of key ranges, read one list after the other; the ranges of one list are merged."""
    descending = sort.startswith("-")
    joined, others = (
        _KeyRange("by_email", "addressed", addressed(account_id, has_joined=has_joined), "email", descending)
        for has_joined in (True, False)
    )
    match sort.removeprefix("-"):
        case "name":
            names = sorted({PARTITION_BY_STATUS[status] for status in statuses})
            partitions = [listing(account_id, name) for name in names]
            return {0: [_KeyRange("by_name", "listing", partition, "name_key", descending) for partition in partitions]}
        case "email":
            return {0: [joined, others]}
        case _:
            # Users who have not joined come last, in either direction.
            return {
                0: [_KeyRange("by_joined", "pk", account_id, "joined_key", descending)],
                1: [others._replace(descending=False)],
            }


@functools.cache
def open_user_queries() -> UserQueries:
    """Return the one of this process."""
    return UserQueries()

"""Queries of the records of an account: of one owner, of one type, of one job, a page at a time."""

import functools
from collections.abc import Iterable
from typing import Any, NamedTuple

from shared.adapters import clients
from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.codec import from_item, to_item
from shared.adapters.dynamodb.record_items import (
    RECORD,
    job_partition,
    keys_of,
    owned_of,
    owned_prefix,
    owner_key,
    ownership,
    record_of,
)
from shared.adapters.dynamodb.requests import Key, batch_get
from shared.domain.model.records import OwnedRecords, Record, RecordKey
from shared.settings import settings

_FIRST, _LAST = " ", "\x7f"  # what the characters of keys lie between


class _Place(NamedTuple):
    """A list of records: an index, or the table itself, its keys, a partition and what its sort keys begin with."""

    index_name: str | None
    partition_key: str
    sort_key: str
    partition: str
    prefix: str


class RecordQueries:
    """Reads records; its lists come from indexes of keys, and each record is then read as it is."""

    def __init__(self) -> None:
        self._table = settings().tables.records_table
        self._dynamodb = clients.client("dynamodb")

    def stored(self, account_id: str, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
        """Return the records of these keys that exist and were not removed."""
        found = self._read(keys_of(self._table, account_id, keys))
        return {record.key: record for record in found if record.removed_at is None}

    def owned(self, account_id: str, user_ids: Iterable[str]) -> dict[str, OwnedRecords]:
        """Return how many records users own; those who never owned one are left out."""
        keys: dict[Key, str] = {(self._table, account_id, owner_key(user_id)): user_id for user_id in user_ids}
        return {keys[key]: owned_of(from_item(item)) for key, item in batch_get(self._dynamodb, keys).items()}

    def page(
        self, account_id: str, *, owner_id: str | None, record_type: str | None, limit: int, cursor: str | None
    ) -> tuple[list[Record], str | None]:
        """Return records by type and id, and the cursor of the next page, or None. Raises InvalidRequest."""
        scope = ("records", account_id, owner_id, record_type)
        prefix = owned_prefix(record_type) if record_type else ""
        if owner_id:
            place = _Place("by_owner", "owned_by", "owned_key", ownership(account_id, owner_id), prefix)
        else:
            place = _Place(None, "pk", "sk", account_id, RECORD + prefix)
        return self._page(place, scope, limit=limit, cursor=cursor)

    def moved(self, account_id: str, job_id: str, *, limit: int, cursor: str | None) -> tuple[list[Record], str | None]:
        """Return the records that a job moved or removed and nothing has moved or stored since."""
        scope = ("records of job", account_id, job_id)
        place = _Place("by_job", "moved_by", "sk", job_partition(account_id, job_id), RECORD)
        return self._page(place, scope, limit=limit, cursor=cursor)

    def _page(
        self, place: _Place, scope: cursors.Scope, *, limit: int, cursor: str | None
    ) -> tuple[list[Record], str | None]:
        after = cursors.decode(cursor, scope=scope) if cursor else place.prefix + _FIRST
        query: dict[str, Any] = {"IndexName": place.index_name} if place.index_name else {}
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="#partition = :partition AND #sort BETWEEN :after AND :last",
            ExpressionAttributeNames={"#partition": place.partition_key, "#sort": place.sort_key},
            ExpressionAttributeValues=to_item(
                {":partition": place.partition, ":after": after, ":last": place.prefix + _LAST}
            ),
            Limit=limit + 1,
            **query,
        )
        items = list(answer["Items"])
        more = cursors.encode(items[limit][place.sort_key]["S"], scope=scope) if len(items) > limit else None
        if place.index_name is None:
            return [record_of(from_item(item)) for item in items[:limit]], more
        return self._read([(self._table, item["pk"]["S"], item["sk"]["S"]) for item in items[:limit]]), more

    def _read(self, keys: list[Key]) -> list[Record]:
        found = batch_get(self._dynamodb, keys) if keys else {}
        return [record_of(from_item(found[key])) for key in keys if key in found]


@functools.cache
def open_record_queries() -> RecordQueries:
    """Return the instance of this process, made on first use."""
    return RecordQueries()

"""Queries of the journal, newest first."""

import functools
from typing import Any

from shared.adapters import clients
from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.codec import from_item
from shared.domain.policy.journal import Entry
from shared.settings import settings

MAX_ENTRIES_PER_READ = 500  # Entries read in one request where a filter lets few of them through.
MAX_EXAMINED_ENTRIES = 10_000  # Entries that are looked at for one page.


class JournalQueries:
    """Queries the journal of an account, or of one of its users."""

    def __init__(self) -> None:
        self._table = settings().tables.journal_table
        self._dynamodb = clients.client("dynamodb")

    def page(
        self, account_id: str, *, user_id: str | None, kind: str | None, limit: int, cursor: str | None
    ) -> tuple[list[Entry], str | None]:
        """Return matching entries, and the cursor of the next page.

        A page of a rare kind may have few entries, or none, and a cursor: so many others lay between.
        """
        scope = ("journal", account_id, user_id, kind)
        names = {"#partition": "subject" if user_id else "pk"}
        values = {":partition": f"{account_id}#{user_id}" if user_id else account_id}
        condition = "#partition = :partition"
        if cursor:
            condition += " AND sk < :before"
            values[":before"] = cursors.decode(cursor, scope=scope)
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": names,
            "ScanIndexForward": False,
            "Limit": MAX_ENTRIES_PER_READ if kind else limit + 1,
        }
        if user_id:
            query["IndexName"] = "by_user"
        if kind:
            query["FilterExpression"] = "#type = :type"
            names["#type"] = "type"
            values[":type"] = kind
        query["ExpressionAttributeValues"] = {name: {"S": value} for name, value in values.items()}
        found: list[Entry] = []
        looked_at, goes_on_after = 0, None
        for page in self._dynamodb.get_paginator("query").paginate(**query):
            found += [Entry.model_validate(from_item(item)) for item in page["Items"]]
            looked_at += page["ScannedCount"]
            if len(found) > limit:
                goes_on_after = found[limit - 1].entry_id
                break
            if looked_at >= MAX_EXAMINED_ENTRIES and "LastEvaluatedKey" in page:
                goes_on_after = page["LastEvaluatedKey"]["sk"]["S"]
                break
        return found[:limit], cursors.encode(goes_on_after, scope=scope) if goes_on_after else None


@functools.cache
def open_journal_queries() -> JournalQueries:
    """Return the instance of this process, made on first use."""
    return JournalQueries()

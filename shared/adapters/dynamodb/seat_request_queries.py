"""Queries of requests for seats: those of an account, newest first, and those of all accounts that wait."""

import functools

from shared.adapters import clients
from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.codec import from_item, to_item
from shared.adapters.dynamodb.requests import batch_get
from shared.adapters.dynamodb.seat_request_items import DUE_DECISIONS, FIRST, LAST, seat_request_key
from shared.domain.model.accounts import Account
from shared.domain.model.seat_requests import SeatRequest
from shared.settings import settings

_WAITING = ("waiting seat requests",)
_PAGE = 25  # Somewhat more than an account may have waiting at once.


class SeatRequestQueries:
    """Queries the requests of one account, and those that wait for a decision."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def page(self, account_id: str, *, limit: int, cursor: str | None) -> tuple[list[SeatRequest], str | None]:
        """Return requests, and the cursor of the next page."""
        scope = ("seat requests", account_id)
        last = seat_request_key(cursors.decode(cursor, scope=scope)) if cursor else LAST
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :account AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=to_item({":account": account_id, ":first": FIRST, ":last": last}),
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit + 1,
        )
        found = [SeatRequest.model_validate(from_item(item)) for item in answer["Items"]]
        return found[:limit], cursors.encode(found[limit].request_id, scope=scope) if len(found) > limit else None

    def pending(self, account: Account) -> list[SeatRequest]:
        """Return the requests that wait for a decision; reads no further than the oldest of them."""
        found: list[SeatRequest] = []
        cursor: str | None = None
        while len(found) < account.seat_requests_pending:
            requests, cursor = self.page(account.account_id, limit=_PAGE, cursor=cursor)
            found += [request for request in requests if request.status == "pending"]
            if cursor is None:
                break
        return found

    def waiting(self, *, limit: int, cursor: str | None) -> tuple[list[tuple[SeatRequest, Account]], str | None]:
        """Return the requests of all accounts that wait, longest waiting first, each with its account.

        From an index, which is eventually consistent; what was decided meanwhile is left out. With the cursor of the
        next page, or None. Raises InvalidRequest for a foreign cursor.
        """
        after = cursors.decode(cursor, scope=_WAITING) if cursor else ""
        answer = self._dynamodb.query(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due = :what AND due_at > :after",
            ExpressionAttributeValues=to_item({":what": DUE_DECISIONS, ":after": after or " "}),
            Limit=limit + 1,
        )
        entries = answer["Items"][:limit]
        places = [(self._table, item["pk"]["S"], item["sk"]["S"]) for item in entries]
        found = batch_get(self._dynamodb, [*places, *((self._table, pk, ACCOUNT) for _, pk, _ in places)])
        rows = {key: from_item(item) for key, item in found.items()}
        requests = [SeatRequest.model_validate(rows[place]) for place in places if place in rows]
        waiting = [
            (each, Account.model_validate(rows[self._table, each.account_id, ACCOUNT]))
            for each in requests
            if each.status == "pending"
        ]
        is_last = len(answer["Items"]) <= limit
        return waiting, None if is_last else cursors.encode(entries[-1]["due_at"]["S"], scope=_WAITING)


@functools.cache
def open_seat_request_queries() -> SeatRequestQueries:
    """Return the instance of this process, made on first use."""
    return SeatRequestQueries()

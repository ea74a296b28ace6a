"""Queries of an account's requests for seats, newest first."""

import functools

from shared.adapters import clients
from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.codec import from_item, to_item
from shared.adapters.dynamodb.seat_request_items import FIRST, LAST, seat_request_key
from shared.domain.model.accounts import Account
from shared.domain.model.seat_requests import SeatRequest
from shared.settings import settings

_PAGE = 25  # Somewhat more than an account may have waiting at once.


class SeatRequestQueries:
    """Queries the requests of one account."""

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


@functools.cache
def open_seat_request_queries() -> SeatRequestQueries:
    """Return the one of this process."""
    return SeatRequestQueries()

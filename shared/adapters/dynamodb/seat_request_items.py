"""Requests for seats as items."""

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Write, put_absent
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.values import iso
from shared.domain.policy.changes import SeatRequestChange

DUE_DECISIONS = "seat_requests"

_PREFIX = "seat_request#"
FIRST, LAST = _PREFIX, _PREFIX + "\x7f"  # what the sort keys of all requests lie between


def seat_request_key(request_id: str) -> str:
    """Return the sort key; ids sort by time."""
    return _PREFIX + request_id


def waiting_key(request: SeatRequest) -> str:
    """Return the place among the requests of all accounts that wait, longest waiting first."""
    return f"{iso(request.requested_at)}\t{request.account_id}\t{request.request_id}"


def put_seat_request(table: str, change: SeatRequestChange) -> Write:
    """Put a new request, or the decision on one that still waits."""
    row = change.after.model_dump(mode="json") | {
        "pk": change.after.account_id,
        "sk": seat_request_key(change.after.request_id),
    }
    if change.after.status == "pending":
        row |= {"due": DUE_DECISIONS, "due_at": waiting_key(change.after)}
    write = put_absent(table, row)
    if change.before:
        write["Put"] |= {
            "ConditionExpression": "#status = :read",
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": {":read": to_attribute(change.before.status)},
        }
    return write

"""Answers that are stored under an Idempotency-Key."""

import math
from datetime import datetime, timedelta

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Write, put_absent
from shared.domain.policy.principals import IdempotencyKey

STORED_RESPONSE = "idempotency"
_KEPT = timedelta(hours=24)


def response_key(key: IdempotencyKey) -> str:
    """Return the partition key of a stored answer, whichever account the body named."""
    return f"idempotency#{key.record_id}"


def store_response(table: str, key: IdempotencyKey, response: str | None, *, now: datetime) -> Write:
    """Store the answer that a repeat of this request gets; one key serves one request."""
    row = {
        "pk": response_key(key),
        "sk": STORED_RESPONSE,
        "fingerprint": key.fingerprint,
        "answer": response,
        "forget_at": math.ceil((now + _KEPT).timestamp()),  # TTL wants whole seconds; never too early.
    }
    write = put_absent(table, row)
    write["Put"]["ConditionExpression"] += " OR forget_at <= :now"
    write["Put"]["ExpressionAttributeValues"] = {":now": to_attribute(int(now.timestamp()))}
    return write

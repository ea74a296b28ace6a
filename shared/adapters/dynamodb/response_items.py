"""Answers that are stored under an Idempotency-Key."""

import base64
import math
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Arguments, Write, put_absent
from shared.domain.policy.principals import REMEMBERED_FOR, IdempotencyKey

STORED_RESPONSE = "idempotency"
_COMPRESSED = "zlib:"  # Before Base64 text.
_LONG = 4 * 1024  # characters; compressing shorter ones saves no write units worth the time
MAX_PACKED_BYTES = 380 * 1024  # bytes, of the 400 KB of an item


def response_key(record_id: str) -> str:
    """Return the partition key of a stored answer, whichever account the body named."""
    return f"idempotency#{record_id}"


def indexed_answers(identity_id: str) -> str:
    """Return where the index by identity has the answers about a person: apart from the users, whom lists look for."""
    return f"answers#{identity_id}"


def _packed(response: str) -> str | None:
    """Return the answer as it is stored, a long one compressed; None for one that no item can hold."""
    if len(response) < _LONG:
        return response
    packed = _COMPRESSED + base64.b64encode(zlib.compress(response.encode())).decode("ascii")
    return packed if len(packed) <= MAX_PACKED_BYTES else None


def decode_answer(answer: str | None) -> str | None:
    """Return a stored answer as it was."""
    if answer is None or not answer.startswith(_COMPRESSED):
        return answer
    return zlib.decompress(base64.b64decode(answer.removeprefix(_COMPRESSED))).decode()


def forget_answer(pk: str, *, is_made_again: bool) -> Arguments:
    """Return the `update_item` that takes an answer out of its record, but for its table.

    A repeat of the request gets it made again, or `not_found`.
    """
    mark = "" if is_made_again else "SET erased = :erased "
    values = {} if is_made_again else {"ExpressionAttributeValues": {":erased": {"BOOL": True}}}
    return {
        "Key": {"pk": {"S": pk}, "sk": {"S": STORED_RESPONSE}},
        "UpdateExpression": f"{mark}REMOVE answer, identity_id",
        "ConditionExpression": "attribute_exists(pk)",
        **values,
    }


def store_response(
    table: str, key: IdempotencyKey, response: str | None, *, now: datetime, about: str | None = None
) -> Write:
    """Store the answer that a repeat of this request gets; one key serves one request.

    `about` is the identity that the answer tells of: who erases it finds the answer by the index (rule 25).
    """
    found_by = indexed_answers(about) if about else None
    return _record(table, key, {"answer": _packed(response) if response else None, "identity_id": found_by}, now=now)


def begin_response(table: str, key: IdempotencyKey, *, now: datetime) -> Write:
    """Store that this request has begun, in several transactions: until its answer follows, the key is taken."""
    return _record(table, key, {"is_begun": True}, now=now)


def _record(table: str, key: IdempotencyKey, content: Mapping[str, Any], *, now: datetime) -> Write:
    """Put the record of a request where there is none, an old one, or that of its own beginning."""
    row = {
        "pk": response_key(key.record_id),
        "sk": STORED_RESPONSE,
        "fingerprint": key.fingerprint,
        "forget_at": math.ceil((now + REMEMBERED_FOR).timestamp()),  # TTL wants whole seconds; never too early.
        **content,
    }
    write = put_absent(table, row)
    write["Put"]["ConditionExpression"] += " OR forget_at <= :now OR (is_begun = :begun AND fingerprint = :fingerprint)"
    values = {":now": int(now.timestamp()), ":begun": True, ":fingerprint": key.fingerprint}
    write["Put"]["ExpressionAttributeValues"] = {name: to_attribute(value) for name, value in values.items()}
    return write

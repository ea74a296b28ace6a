"""One read and one write: all keys in one consistent read, all effects in one transaction."""

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from botocore.exceptions import ClientError

from shared.adapters.dynamodb.codec import Item, to_item
from shared.domain.model import errors

_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # Seconds, each taken with jitter.
_MOST_KEYS = 100
_PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
_PASSING_ERRORS = {"TransactionInProgressException", "TransactionConflictException"}

Write = dict[str, Any]  # one operation of a transaction
Key = tuple[str, str, str | None]  # physical name of the table, pk, sk


def pauses() -> Iterable[float]:
    """How long to wait before each further try."""
    return (pause * random.uniform(0.5, 1.5) for pause in _PAUSES)  # noqa: S311 (jitter is no secret)


def put_absent(table: str, row: dict[str, Any]) -> Write:
    """Return the operation that puts an item which must not exist yet."""
    return {"Put": {"TableName": table, "Item": to_item(row), "ConditionExpression": "attribute_not_exists(pk)"}}


def batch_get(dynamodb: Any, keys: Iterable[Key]) -> dict[Key, Item]:
    """The items that exist among these keys, read consistently, up to a hundred in one request."""
    found: dict[Key, Item] = {}
    wanted = list(dict.fromkeys(keys))
    waits = iter(pauses())
    for start in range(0, len(wanted), _MOST_KEYS):
        request: dict[str, Any] = {}
        for table, pk, sk in wanted[start : start + _MOST_KEYS]:
            key = {"pk": {"S": pk}} | ({"sk": {"S": sk}} if sk is not None else {})
            request.setdefault(table, {"Keys": [], "ConsistentRead": True})["Keys"].append(key)
        while request:
            answer = dynamodb.batch_get_item(RequestItems=request)
            for table, items in answer["Responses"].items():
                for item in items:
                    found[table, item["pk"]["S"], item["sk"]["S"] if "sk" in item else None] = item
            request = answer.get("UnprocessedKeys", {})
            if request:
                _wait(waits)
    return found


def update(dynamodb: Any, **request: Any) -> dict[str, Any]:
    """One UpdateItem, repeated while a transaction holds the item; raises Conflict if it goes on doing so."""
    waits = iter(pauses())
    while True:
        try:
            answer: dict[str, Any] = dynamodb.update_item(**request)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _PASSING_ERRORS:
                raise
            _wait(waits)
        else:
            return answer


def transact(dynamodb: Any, writes: Sequence[dict[str, Any]], *, operation: str) -> None:
    """All writes or none; raises Conflict if one of their conditions does not hold (any more).

    An answer that was lost on its way makes the repeat look like a loser of a race: what it meets then bears this
    very operation, and was written by it.
    """
    waits = iter(pauses())
    while True:
        try:
            dynamodb.transact_write_items(TransactItems=list(writes))
        except ClientError as error:
            reasons = error.response.get("CancellationReasons", [])
            codes = {reason.get("Code") for reason in reasons}
            if "ConditionalCheckFailed" in codes:
                if any(reason.get("Item", {}).get("operation") == {"S": operation} for reason in reasons):
                    return
                raise errors.Conflict from error
            if not codes & _PASSING and error.response["Error"]["Code"] not in _PASSING_ERRORS:
                raise
            _wait(waits)
        else:
            return


def _wait(waits: Iterator[float]) -> None:
    pause = next(waits, None)
    if pause is None:
        raise errors.Conflict
    time.sleep(pause)

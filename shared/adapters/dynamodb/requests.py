"""Requests to DynamoDB: consistent batch reads, updates and transactions, retried while they contend with others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from botocore.exceptions import ClientError

from shared import retries
from shared.adapters.dynamodb.codec import Item, to_attribute, to_item
from shared.domain.model import errors

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef, UpdateItemOutputTypeDef, WriteRequestTypeDef

_MAX_KEYS = 100
_MAX_PUTS = 25
_THROTTLED_REASONS = {"ThrottlingError", "ProvisionedThroughputExceeded"}
_TRANSIENT_REASONS = {"TransactionConflict"} | _THROTTLED_REASONS
_TRANSIENT_ERRORS = {"TransactionInProgressException", "TransactionConflictException"}

Write = dict[str, Any]  # one operation of a transaction: its kind, with its arguments
Arguments = dict[str, Any]  # of one request or operation, or some of them
Key = tuple[str, str, str | None]  # physical name of the table, pk, sk


def put_absent(table: str, row: dict[str, Any]) -> Write:
    """Return the operation that puts an item which must not exist yet."""
    return {"Put": {"TableName": table, "Item": to_item(row), "ConditionExpression": "attribute_not_exists(pk)"}}


class Versioned(Protocol):
    """What counts the changes of itself."""

    @property
    def version(self) -> int:
        """Return the number of changes."""


def if_read_version(before: Versioned | None) -> Arguments:
    """Return the condition that the item still has the version that was read; with None, that there is none yet.

    A failed condition returns the item, which names the operation that was here.
    """
    shown = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    if before is None:
        return {"ConditionExpression": "attribute_not_exists(pk)", **shown}
    values = {":read": to_attribute(before.version)}
    return {"ConditionExpression": "version = :read", "ExpressionAttributeValues": values, **shown}


def batch_get(dynamodb: "DynamoDBClient", keys: Iterable[Key]) -> dict[Key, Item]:
    """Return the items that exist among these keys, read consistently, up to 100 per request.

    Raises Busy if DynamoDB leaves keys unprocessed until the retries are used up.
    """
    found: dict[Key, Any] = {}
    wanted = list(dict.fromkeys(keys))
    budget = retries.current()
    for start in range(0, len(wanted), _MAX_KEYS):
        request: dict[str, Any] = {}
        for table, pk, sk in wanted[start : start + _MAX_KEYS]:
            key = {"pk": {"S": pk}} | ({"sk": {"S": sk}} if sk is not None else {})
            request.setdefault(table, {"Keys": [], "ConsistentRead": True})["Keys"].append(key)
        while request:
            answer = dynamodb.batch_get_item(RequestItems=request)
            for table, items in answer["Responses"].items():
                for item in items:
                    found[table, item["pk"]["S"], item["sk"]["S"] if "sk" in item else None] = item
            request = answer.get("UnprocessedKeys", {})
            if request:
                _wait(budget, otherwise=errors.Busy)
    return found


def batch_write(dynamodb: "DynamoDBClient", table: str, writes: "Sequence[WriteRequestTypeDef]") -> None:
    """Put and delete items of one table without conditions, up to 25 per request; not atomic.

    Raises Busy if DynamoDB leaves some unprocessed until the retries are used up.
    """
    budget = retries.current()
    for start in range(0, len(writes), _MAX_PUTS):
        request: dict[str, Any] = {table: writes[start : start + _MAX_PUTS]}
        while request:
            request = dynamodb.batch_write_item(RequestItems=request).get("UnprocessedItems", {})
            if request:
                _wait(budget, otherwise=errors.Busy)


def update(dynamodb: "DynamoDBClient", **request: Any) -> "UpdateItemOutputTypeDef":
    """Update one item, again while a transaction holds it; raises Contended once the retries are used up."""
    budget = retries.current()
    while True:
        try:
            answer = dynamodb.update_item(**request)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _TRANSIENT_ERRORS:
                raise
            _wait(budget)
        else:
            return answer


def transact(dynamodb: "DynamoDBClient", writes: Sequence[Write], *, operation_id: str) -> None:
    """Write everything or nothing; raises StaleRead if a condition fails, Contended or Busy after the last retry.

    After a lost response the repeat fails on its own first attempt: then the item that the condition met has this
    operation id, and the transaction counts as done.
    """
    budget = retries.current()
    while True:
        try:
            dynamodb.transact_write_items(TransactItems=cast("Sequence[TransactWriteItemTypeDef]", list(writes)))
        except ClientError as error:
            reasons = error.response.get("CancellationReasons", [])
            codes = {reason.get("Code") for reason in reasons}
            if "ConditionalCheckFailed" in codes:
                if any(reason.get("Item", {}).get("operation") == {"S": operation_id} for reason in reasons):
                    return
                raise errors.StaleRead from error
            if not codes & _TRANSIENT_REASONS and error.response["Error"]["Code"] not in _TRANSIENT_ERRORS:
                raise
            _wait(budget, otherwise=errors.Busy if codes & _THROTTLED_REASONS else errors.Contended)
        else:
            return


def item_met(failure: ClientError) -> Item:
    """Return the item that a failed condition met, empty if there is none; the request asks for ALL_OLD."""
    response: Mapping[str, Any] = failure.response
    item: Item = response.get("Item", {})
    return item


def _wait(budget: retries.RetryBudget, *, otherwise: type[errors.Refusal] = errors.Contended) -> None:
    if not budget.wait():
        raise otherwise

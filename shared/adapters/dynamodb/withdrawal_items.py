"""Withdrawn certifications as items, which wait to be reported (rule 6)."""

from shared.adapters.dynamodb.requests import Arguments, Write, put_absent
from shared.domain.model.partners import Withdrawal
from shared.domain.model.values import INDEX_LAG, iso

DUE_WITHDRAWALS = "withdrawals"
WITHDRAWAL = "withdrawal"


def partition(withdrawal: Withdrawal) -> str:
    """Return the partition key."""
    return f"{WITHDRAWAL}#{withdrawal.operation}"


def put_withdrawal(table: str, withdrawal: Withdrawal) -> Write:
    """Put a withdrawal, due as soon as the index by identity shows everyone whom it concerns."""
    due_at = withdrawal.withdrawn_at + INDEX_LAG
    keys = {"pk": partition(withdrawal), "sk": WITHDRAWAL, "due": DUE_WITHDRAWALS, "due_at": iso(due_at)}
    return put_absent(table, withdrawal.model_dump(mode="json", exclude_none=True) | keys)


def note_reported(table: str, withdrawal: Withdrawal, *, through: str) -> Arguments:
    """Return the `update_item` that stores up to which account a withdrawal was reported, unless it is forgotten."""
    return {
        "TableName": table,
        "Key": {"pk": {"S": partition(withdrawal)}, "sk": {"S": WITHDRAWAL}},
        "UpdateExpression": "SET reported_through = :through",
        "ConditionExpression": "attribute_exists(pk)",
        "ExpressionAttributeValues": {":through": {"S": through}},
    }

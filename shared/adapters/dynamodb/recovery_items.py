"""Recoveries as items: one for each address that asked for a new password, forgotten after two days."""

import math
from datetime import timedelta

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Write, put_absent
from shared.domain.policy.changes import RecoveryChange

RECOVERY = "recovery"
_KEPT = timedelta(days=2)  # Longer than its limits count, and than its link works.


def recovery_key(identity_id: str) -> str:
    """Return the partition key of an address's recovery."""
    return f"recovery#{identity_id}"


def put_recovery(table: str, change: RecoveryChange, *, operation_id: str) -> Write:
    """Store a recovery, unless another request has changed it since it was read."""
    before, after = change
    row = {
        "pk": recovery_key(after.identity_id),
        "sk": RECOVERY,
        "operation": operation_id,
        "forget_at": math.ceil((after.sent_at + _KEPT).timestamp()),
        **after.model_dump(mode="json"),
    }
    write = put_absent(table, row)
    put = write["Put"]
    put["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    if before:
        read = {"version": before.version, "answers": before.answers, "finished": before.finished}
        put["ConditionExpression"] = " AND ".join(f"#{name} = :{name}" for name in read)
        put["ExpressionAttributeNames"] = {f"#{name}": name for name in read}
        put["ExpressionAttributeValues"] = {f":{name}": to_attribute(value) for name, value in read.items()}
    return write

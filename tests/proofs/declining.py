"""A declined invitation, written as the table holds it."""

from typing import Any

from shared.adapters.items import to_attribute, to_item
from shared.tables import DIRECTORY, JOURNAL
from tests import world


def decline(user: dict[str, Any]) -> None:
    """The seat is free, the counts follow, and the journal knows."""
    account_id, user_id = user["account_id"], user["user_id"]
    directory = world.physical(DIRECTORY)
    world.dynamodb.update_item(
        TableName=directory,
        Key=to_item({"pk": account_id, "sk": f"user#{user_id}"}),
        UpdateExpression="SET #s = :declined, holds_seat = :no, version = version + :one REMOVE due, due_at",
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={
            name: to_attribute(value) for name, value in {":declined": "declined", ":no": False, ":one": 1}.items()
        },
    )
    world.dynamodb.update_item(
        TableName=directory,
        Key=to_item({"pk": account_id, "sk": "account"}),
        UpdateExpression="ADD seats_used :less, counts.invited :less, counts.declined :one",
        ExpressionAttributeValues={":one": {"N": "1"}, ":less": {"N": "-1"}},
    )
    entry_id = f"{user['updated_at']}-~declined"  # After whatever else happened in this millisecond.
    entry = {
        "pk": account_id,
        "sk": entry_id,
        "entry_id": entry_id,
        "at": user["updated_at"],
        "type": "invitation.declined",
        "account_id": account_id,
        "actor": user_id,
        "user_id": user_id,
        "before": {"status": "invited"},
        "after": {"status": "declined"},
    }
    world.dynamodb.put_item(TableName=world.physical(JOURNAL), Item=to_item(entry))

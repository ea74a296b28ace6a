"""The account's groups as one item, and what of them stands on the account: their version and users per group."""

from typing import Any

from shared.adapters.dynamodb.account_items import account_key
from shared.adapters.dynamodb.codec import to_attribute, to_item
from shared.adapters.dynamodb.requests import Arguments, Write, if_read_version
from shared.adapters.dynamodb.user_items import DUE_REVOCATIONS
from shared.domain.model.groups import Groups
from shared.domain.model.values import iso
from shared.domain.policy.changes import GroupsChange

GROUPS = "groups"


def groups_row(groups: Groups) -> dict[str, Any]:
    """Return the groups with all keys, as JSON values; marked ones are due for the job that revokes invitations."""
    row = {"pk": groups.account_id, "sk": GROUPS} | groups.model_dump(mode="json", exclude_none=True)
    if groups.rights_changed_at:
        row |= {"due": DUE_REVOCATIONS, "due_at": f"{iso(groups.rights_changed_at)}\t{groups.account_id}"}
    return row


def write_groups(table: str, change: GroupsChange, *, operation_id: str) -> list[Write]:
    """Put the groups as they are afterwards, if they are those that were read, and let the account know.

    A group that goes must be empty, and the settings that could name it those that were read.
    """
    before, after = change.before, change.after
    put: Arguments = {
        "TableName": table,
        "Item": to_item(groups_row(after) | {"operation": operation_id}),
        **if_read_version(before),
    }
    update: Arguments = {
        "TableName": table,
        "Key": account_key(after.account_id),
        "UpdateExpression": "SET groups_version = :next",
        "ConditionExpression": "groups_version = :groups",
        "ExpressionAttributeValues": {":next": to_attribute(after.version), ":groups": to_attribute(before.version)},
    }
    if change.empty_group_id:
        update["UpdateExpression"] += " REMOVE group_users.#gone"
        is_empty = "(attribute_not_exists(group_users.#gone) OR group_users.#gone = :none)"
        update["ConditionExpression"] += f" AND settings_version = :settings AND {is_empty}"
        update["ExpressionAttributeNames"] = {"#gone": change.empty_group_id}
        update["ExpressionAttributeValues"] |= {
            ":settings": to_attribute(change.account.settings_version),
            ":none": to_attribute(0),
        }
    return [{"Put": put}, {"Update": update}]


def unmark_groups(table: str, groups: Groups) -> Arguments:
    """Return the `update_item` that takes the mark off the groups, unless they were changed since they were read."""
    return {
        "TableName": table,
        "Key": {"pk": {"S": groups.account_id}, "sk": {"S": GROUPS}},
        "UpdateExpression": "REMOVE rights_changed_at, due, due_at",
        "ConditionExpression": "version = :read",
        "ExpressionAttributeValues": {":read": to_attribute(groups.version)},
    }

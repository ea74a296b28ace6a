"""A user as an item: keys, index keys, conditional writes."""

from datetime import datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.codec import Item, to_attribute
from shared.adapters.dynamodb.requests import Arguments, Write
from shared.domain.model.folding import folded
from shared.domain.model.users import Status, User, superseded_by
from shared.domain.model.values import iso
from shared.domain.policy.changes import DeliveryChange

DUE_INVITATIONS = "invitations"
DUE_ACCESS_ENDS = "access_ends"
DUE_REVOCATIONS = "orphaned_invitations"

# An item is due for one thing at a time. A nearer deadline comes first; the mark stays for the write that follows.
_REVOCATIONS_TAKE = timedelta(minutes=5)
_MAX_NAME_BYTES = 900  # Bytes of a name that sort it; an index takes 1024 with the id behind.

# Statuses that the Users page shows together are together in the index, so that its usual page reads little else.
PARTITION_BY_STATUS: dict[Status, str] = {
    Status.INVITED: "current",
    Status.EXPIRED: "current",
    Status.ACTIVE: "current",
    Status.INACTIVE: "past",
    Status.BLOCKED: "past",
    Status.DECLINED: "past",
    Status.REMOVED: "removed",
}


def user_key(user_id: str) -> str:
    """Return the sort key of a user."""
    return f"user#{user_id}"


def item_key(account_id: str, user_id: str) -> Item:
    """Return the key of a user's item."""
    return {"pk": {"S": account_id}, "sk": {"S": user_key(user_id)}}


def listing(account_id: str, name: str) -> str:
    """Return the partition of the index by name."""
    return f"{account_id}#{name}"


def name_key(user: User) -> str:
    """Return the folded name, cut to what an index takes, with the id behind."""
    return folded(user.name).encode()[:_MAX_NAME_BYTES].decode(errors="ignore") + f"\t{user.user_id}"


def pending_by(inviter_id: str) -> str:
    """Return the beginning of the sort key of an inviter's pending invitations."""
    return f"{inviter_id}#"


def user_row(user: User) -> dict[str, Any]:
    """Return a user with all keys, as JSON values."""
    row = user.model_dump(mode="json", exclude_none=True)
    if user.erased_at is None:  # A tombstone is in no list.
        row |= {"listing": listing(user.account_id, PARTITION_BY_STATUS[user.status]), "name_key": name_key(user)}
    if user.status is Status.INVITED:
        inviter = pending_by(user.invitation.invited_by)
        row |= {"pending_in": user.account_id, "pending_by": f"{inviter}{user.user_id}"}
    deadline = user.next_deadline
    is_near = deadline is not None and deadline < user.updated_at + _REVOCATIONS_TAKE
    if user.has_invitations_to_revoke and not is_near:
        row |= {"due": DUE_REVOCATIONS, "due_at": f"{iso(user.updated_at)}\t{user.user_id}"}
    elif deadline:
        due = DUE_INVITATIONS if user.status is Status.INVITED else DUE_ACCESS_ENDS
        row |= {"due": due, "due_at": f"{iso(deadline)}\t{user.user_id}"}
    return row


def write_user(table: str, before: User | None, after: User, *, operation_id: str) -> dict[str, Any]:
    """Return the update that sets what changed, if version and teams are those that were read."""
    was, becomes = user_row(before) if before else {}, user_row(after)
    if before and before.invitation.generation == after.invitation.generation:
        was, becomes = _one_by_one(was), _one_by_one(becomes)
    values: dict[str, Any] = {"operation": operation_id}
    values |= {path: value for path, value in becomes.items() if path not in was or was[path] != value}
    if before and before.version != after.version:
        values |= {path: becomes[path] for path in _unversioned(before, after) if path in becomes}
    gone = [path for path in was if path not in becomes]
    named = {path: ".".join(f"#{name}" for name in path.split(".")) for path in (*values, *gone)}
    given = {path: f":{path.replace('.', '_')}" for path in values}
    update = "SET " + ", ".join(f"{named[path]} = {given[path]}" for path in values)
    if gone:
        update += " REMOVE " + ", ".join(named[path] for path in gone)
    arguments = {given[path]: to_attribute(value) for path, value in values.items()}
    condition = "attribute_not_exists(pk)"
    if before:
        condition = "version = :read AND teams_version = :read_teams"
        arguments |= {":read": to_attribute(before.version), ":read_teams": to_attribute(before.teams_version)}
        # Nothing but the values themselves tells of another change that made no version; a job's mark makes none.
        keeps_version = before.version == after.version
        for path in [path for path in values if path in becomes] if keeps_version else ["move_job_id"]:
            name, was_read = named.setdefault(path, f"#{path}"), f":{path.replace('.', '_')}_read"
            is_as_read = f"{name} = {was_read}"
            if not was.get(path):  # What is false may be absent, too.
                is_as_read = f"(attribute_not_exists({name}) OR {is_as_read})"
            condition += f" AND {is_as_read}"
            arguments[was_read] = to_attribute(was.get(path, False))
    return {
        "Update": {
            "TableName": table,
            "Key": item_key(after.account_id, after.user_id),
            "UpdateExpression": update,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {f"#{name}": name for path in named for name in path.split(".")},
            "ExpressionAttributeValues": arguments,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _unversioned(before: User, after: User) -> set[str]:
    """Return the attributes that sweeps may have changed without a version, and that this write must set again."""
    written = set()
    if after.has_invitations_to_revoke:
        written |= {"has_invitations_to_revoke", "due", "due_at"}
    if before.access_until != after.access_until:
        written |= {"access_end_told", "due", "due_at"}
    return written


def _one_by_one(row: dict[str, Any]) -> dict[str, Any]:
    """Return an invitation's attributes by path, so that a concurrent delivery status is not overwritten."""
    invitation = {f"invitation.{name}": value for name, value in row["invitation"].items()}
    return {name: value for name, value in row.items() if name != "invitation"} | invitation


def check_unchanged(table: str, user: User) -> Write:
    """Check that the user is as they were read: the version, and two marks of no version.

    That of waiting records is still there, and none of a blocked identity was put.
    """
    condition, values = "version = :read", {":read": to_attribute(user.version)}
    if user.identity_blocked_at is None:
        condition += " AND attribute_not_exists(identity_blocked_at)"
    if user.has_records_waiting:  # No version of its own: a job takes it off.
        condition += " AND has_records_waiting = :waiting"
        values[":waiting"] = {"BOOL": True}
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": item_key(user.account_id, user.user_id),
            "ConditionExpression": condition,
            "ExpressionAttributeValues": values,
        }
    }


def check_new_owner(table: str, user: User) -> Write:
    """Check that who gets records is as they were read, and that two marks, of no version, are not there."""
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": item_key(user.account_id, user.user_id),
            "ConditionExpression": "version = :read AND attribute_not_exists(move_job_id) "
            "AND attribute_not_exists(identity_blocked_at)",
            "ExpressionAttributeValues": {":read": to_attribute(user.version)},
        }
    }


def update_delivery(table: str, change: DeliveryChange) -> Write:
    """Set a delivery status while the link is the newest, not accepted, and no later status is there."""
    superseded = {f":superseded{number}": value for number, value in enumerate(superseded_by(change.delivery))}
    arguments = {":delivery": change.delivery, ":generation": change.generation, **superseded}
    return {
        "Update": {
            "TableName": table,
            "Key": item_key(change.user.account_id, change.user.user_id),
            "UpdateExpression": "SET invitation.delivery = :delivery",
            "ConditionExpression": "invitation.generation = :generation AND attribute_not_exists(joined_at) "
            f"AND invitation.delivery IN ({', '.join(superseded)})",
            "ExpressionAttributeValues": {name: to_attribute(value) for name, value in arguments.items()},
        }
    }


def note_seen(table: str, user: User, *, now: datetime) -> Arguments:
    """Return the `update_item` that sets when an active user was here."""
    return {
        "TableName": table,
        "Key": item_key(user.account_id, user.user_id),
        "UpdateExpression": "SET last_seen_at = :now",
        "ConditionExpression": "#status = :active",
        "ExpressionAttributeNames": {"#status": "status"},
        "ExpressionAttributeValues": {":now": {"S": iso(now)}, ":active": {"S": Status.ACTIVE}},
    }


def mark_identity_blocked(table: str, account_id: str, user_id: str, *, at: datetime | None) -> Arguments:
    """Return the `update_item` that marks a user as one of a blocked identity, once; with None, unmarks them."""
    mark = "SET identity_blocked_at = if_not_exists(identity_blocked_at, :at)" if at else "REMOVE identity_blocked_at"
    return {
        "TableName": table,
        "Key": item_key(account_id, user_id),
        "UpdateExpression": mark,
        "ConditionExpression": "attribute_exists(pk)",
        **({"ExpressionAttributeValues": {":at": {"S": iso(at)}}} if at else {}),
    }


def release_user(table: str, user: User, job_id: str, *, has_records_waiting: bool) -> Write:
    """Take the mark of a job off the user, unless another job marked them since; if no records wait, that mark, too."""
    return {
        "Update": {
            "TableName": table,
            "Key": item_key(user.account_id, user.user_id),
            "UpdateExpression": "REMOVE move_job_id" + ("" if has_records_waiting else ", has_records_waiting"),
            "ConditionExpression": "move_job_id = :job",
            "ExpressionAttributeValues": {":job": {"S": job_id}},
        }
    }

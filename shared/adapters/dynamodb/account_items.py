"""The account and its groups as items: keys, counters, settings."""

from typing import Any, NamedTuple

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Arguments, Write, put_absent
from shared.domain.model.accounts import Account
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.domain.model.teams import MAX_TEAMS
from shared.domain.policy.changes import AccountChange

ACCOUNT = "account"


def account_key(account_id: str) -> dict[str, Any]:
    """Return the key of an account."""
    return {"pk": {"S": account_id}, "sk": {"S": ACCOUNT}}


def create(table: str, account: Account) -> Write:
    """Put an account, if there is none of this id."""
    row = {"pk": account.account_id, "sk": ACCOUNT} | account.model_dump(mode="json", exclude_none=True)
    return put_absent(table, row)


def update_counters(
    table: str,
    account_id: str,
    delta: CounterDelta,
    quota: MailQuotaUse | None,
    *,
    groups_version: int | None,
    may_end_last_admin: bool = False,
) -> Write:
    """Move the account's counters, if seats, administrators and quota allow it at the moment of the write.

    With `groups_version`, only while the groups are those that the decision was made on.
    """
    conditions = ["attribute_exists(pk)"]
    names: dict[str, str] = {}
    values: dict[str, Any] = {":seats": delta.seats, ":admins": delta.admins}
    sets = [
        "seats_used = seats_used + :seats",
        "seats_available = seats_available - :seats",
        "admins = admins + :admins",
    ]
    for status, number in delta.statuses.items():
        sets.append(f"counts.#{status} = counts.#{status} + :{status}")
        names[f"#{status}"], values[f":{status}"] = status, number
    sets += _group_sets(delta, names, values)
    gone = _list_administrators(delta, sets, names, values)
    if delta.teams:
        sets.append("teams = teams + :teams")
        values[":teams"] = delta.teams
    if delta.teams > 0:
        conditions.append("teams < :max_teams")
        values[":max_teams"] = MAX_TEAMS
    if delta.seats > 0:
        conditions.append("seats_available >= :seats")
    if delta.admins < 0 and not may_end_last_admin:
        conditions.append("admins > :last_admins")
        values[":last_admins"] = -delta.admins
    if quota:
        sets += _quota_sets(quota, conditions, values)
    if groups_version is not None:
        conditions.append("groups_version = :groups")
        values[":groups"] = groups_version
    update: Arguments = {
        "TableName": table,
        "Key": account_key(account_id),
        "UpdateExpression": "SET " + ", ".join(sets) + (" REMOVE " + ", ".join(gone) if gone else ""),
        "ConditionExpression": " AND ".join(conditions),
        "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
    }
    return {"Update": update | ({"ExpressionAttributeNames": names} if names else {})}


def _group_sets(delta: CounterDelta, names: dict[str, str], values: dict[str, Any]) -> list[str]:
    """Count the users of groups, in names so short that all 100 groups fit into DynamoDB's 4 KB of an expression."""
    numbers = {number: f":n{position}" for position, number in enumerate(dict.fromkeys(delta.groups.values()))}
    values |= {name: number for number, name in numbers.items()}
    if numbers:
        names["#u"], values[":z"] = "group_users", 0
    sets = []
    for position, (group_id, number) in enumerate(delta.groups.items()):
        names[f"#{position}"] = group_id
        sets.append(f"#u.#{position}=if_not_exists(#u.#{position},:z)+{numbers[number]}")
    return sets


def _list_administrators(
    delta: CounterDelta, sets: list[str], names: dict[str, str], values: dict[str, Any]
) -> list[str]:
    """Add those who have become administrators to the expression, and return the paths of those who are none now."""
    gone = []
    for position, (user_id, number) in enumerate(delta.administrators.items()):
        path, names[f"#a{position}"] = f"administrators.#a{position}", user_id
        if number > 0:
            sets.append(f"{path} = :one")
            values[":one"] = 1
        else:
            gone.append(path)
    return gone


def _quota_sets(quota: MailQuotaUse, conditions: list[str], values: dict[str, Any]) -> list[str]:
    """Count the mails of a day, up to the quota; another day's counter starts again."""
    values |= {":day": quota.day, ":mails": quota.mails}
    if quota.is_first:
        conditions.append("(attribute_not_exists(mails_on) OR mails_on <> :day)")
        return ["mails_on = :day", "mails_sent = :mails"]
    conditions.append("mails_on = :day AND mails_sent <= :max_sent_before")
    values[":max_sent_before"] = quota.max_sent_before
    return ["mails_sent = mails_sent + :mails"]


def check_groups(table: str, account_id: str, groups_version: int | None) -> Write:
    """Check that the account's groups are those that the decision was made on."""
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": account_key(account_id),
            "ConditionExpression": "groups_version = :groups",
            "ExpressionAttributeValues": {":groups": to_attribute(groups_version)},
        }
    }


def active_condition() -> Arguments:
    """Return the condition that the account is not suspended."""
    return {
        "ConditionExpression": "#status = :active_account",
        "ExpressionAttributeNames": {"#status": "status"},
        "ExpressionAttributeValues": {":active_account": {"S": "active"}},
    }


class _Parts(NamedTuple):
    """The parts of an update, to be collected."""

    sets: list[str]
    removes: list[str]
    conditions: list[str]
    values: dict[str, Any]
    names: dict[str, str]


def update_account(table: str, change: AccountChange, *, groups_version: int | None) -> Write:
    """Write what differs of settings, seats and pending requests, while it is as it was read, and so are the groups."""
    before, after = change.before, change.after
    parts = _Parts([], [], ["groups_version = :groups"], {":groups": groups_version}, {})
    if before and before.settings != after.settings:
        parts.sets.extend(["settings = :settings", "settings_version = :next"])
        parts.conditions.append("settings_version = :read")
        parts.values[":settings"] = after.settings.model_dump(mode="json")
        parts.values.update({":next": after.settings_version, ":read": before.settings_version})
    if before and (before.seats_purchased, before.seats_granted) != (after.seats_purchased, after.seats_granted):
        _set_seats(before, after, parts)
    if before and before.status != after.status:
        parts.sets.append("#status = :status")
        parts.conditions.append("#status = :was")
        parts.names["#status"] = "status"
        parts.values.update({":status": after.status, ":was": before.status})
    if before and before.seat_requests_pending != after.seat_requests_pending:
        parts.sets.append("seat_requests_pending = :pending")
        parts.conditions.append("seat_requests_pending = :were_pending")
        parts.values.update({":pending": after.seat_requests_pending, ":were_pending": before.seat_requests_pending})
    if change.min_available is not None:
        parts.conditions.append("seats_available >= :min_available")
        parts.values[":min_available"] = change.min_available
    removes = f" REMOVE {', '.join(parts.removes)}" if parts.removes else ""
    return {
        "Update": {
            "TableName": table,
            "Key": account_key(after.account_id),
            "UpdateExpression": "SET " + ", ".join(parts.sets) + removes,
            "ConditionExpression": " AND ".join(parts.conditions),
            "ExpressionAttributeValues": {name: to_attribute(value) for name, value in parts.values.items()},
            **({"ExpressionAttributeNames": parts.names} if parts.names else {}),
        }
    }


def _set_seats(before: Account, after: Account, parts: _Parts) -> None:
    """Set the numbers; what is available moves by a difference, since users come and go at the same time."""
    parts.sets.extend(["seats_granted = :granted", "seats_available = seats_available + :moved"])
    parts.conditions.append("seats_granted = :were_granted")
    parts.values[":granted"], parts.values[":were_granted"] = after.seats_granted, before.seats_granted
    parts.values[":moved"] = after.seats_available - before.seats_available
    if before.seats_purchased is None:
        parts.conditions.append("attribute_not_exists(seats_purchased)")
    else:
        parts.conditions.append("seats_purchased = :were_purchased")
        parts.values[":were_purchased"] = before.seats_purchased
    if after.seats_purchased is None:
        parts.removes.append("seats_purchased")
    else:
        parts.sets.append("seats_purchased = :purchased")
        parts.values[":purchased"] = after.seats_purchased

"""The operations of a transaction, one builder for each kind of write; conditions live here and nowhere else."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute, to_item
from shared.adapters.dynamodb.user_items import ACCOUNT, DUE_MAILS, GROUPS, STORED_RESPONSE, user_key, write_user
from shared.domain.commands.delivery_status import superseded_by
from shared.domain.model.accounts import Account
from shared.domain.model.base import iso
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.domain.model.groups import first_groups
from shared.domain.model.users import User
from shared.domain.policy.changes import AccountChange, ChangeSet, DeliveryChange, IdentityChange
from shared.domain.policy.journal import Entry
from shared.domain.policy.mails import GRACE, Mail
from shared.domain.policy.principals import IdempotencyKey
from shared.domain.policy.snapshot import CommitBasis
from shared.settings import Settings

_RESPONSES_KEPT = timedelta(hours=24)
_ABSENT = "attribute_not_exists(pk)"

Write = dict[str, Any]


class TransactionItems:
    """Builds the operations for the tables of this stage."""

    def __init__(self, settings: Settings) -> None:
        self._tables = settings

    def of_changes(self, changes: ChangeSet, basis: CommitBasis) -> list[Write]:
        """Return everything that the changes amount to, and what must still hold; empty if nothing changes."""
        changed = [change for change in changes.users if change.before != change.after]
        writes = [
            write_user(self._tables.directory_table, change.before, change.after, operation=basis.operation_id)
            for change in changed
        ]
        writes += self._account(changes, basis, weighs_groups=bool(changed))
        writes += [self._identity(changes.identity, operation_id=basis.operation_id)] if changes.identity else []
        writes += [self._delivery(changes.delivery)] if changes.delivery else []
        writes += map(self.journal, changes.entries)
        writes += map(self.mail, changes.mails)
        if not writes:
            return []
        recorded = [change.after for change in changes.users if change.before == change.after]
        return [*writes, *map(self.check_unchanged, (*recorded, *basis.unchanged_users))]

    def _account(self, changes: ChangeSet, basis: CommitBasis, *, weighs_groups: bool) -> list[Write]:
        if changes.account and changes.account.before is None:
            return self.create_account(changes.account.after)
        groups_version = basis.groups_version if weighs_groups or changes.account else None
        if changes.account:
            return [self.update_settings(changes.account, groups_version=groups_version)]
        account_ids = {change.after.account_id for change in changes.users}
        if changes.counters.is_zero and not changes.mail_quota:
            return [self.check_groups(each, groups_version) for each in account_ids if groups_version is not None]
        [account_id] = account_ids
        return [self.update_counters(account_id, changes.counters, changes.mail_quota, groups_version=groups_version)]

    def update_counters(
        self, account_id: str, delta: CounterDelta, quota: MailQuotaUse | None = None, *, groups_version: int | None
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
        for position, (group_id, number) in enumerate(delta.groups.items()):
            path = f"group_users.#g{position}"
            sets.append(f"{path} = if_not_exists({path}, :zero) + :g{position}")
            names[f"#g{position}"], values[f":g{position}"], values[":zero"] = group_id, number, 0
        if delta.seats > 0:
            conditions.append("seats_available >= :seats")
        if delta.admins < 0:
            conditions.append("admins > :last_admins")
            values[":last_admins"] = -delta.admins
        if quota:
            sets += _quota_sets(quota, conditions, values)
        if groups_version is not None:
            conditions.append("groups_version = :groups")
            values[":groups"] = groups_version
        update: Write = {
            "TableName": self._tables.directory_table,
            "Key": {"pk": {"S": account_id}, "sk": {"S": ACCOUNT}},
            "UpdateExpression": "SET " + ", ".join(sets),
            "ConditionExpression": " AND ".join(conditions),
            "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
        }
        return {"Update": update | ({"ExpressionAttributeNames": names} if names else {})}

    def check_groups(self, account_id: str, groups_version: int | None) -> Write:
        """Check that the account's groups are those that the decision was made on."""
        return {
            "ConditionCheck": {
                "TableName": self._tables.directory_table,
                "Key": {"pk": {"S": account_id}, "sk": {"S": ACCOUNT}},
                "ConditionExpression": "groups_version = :groups",
                "ExpressionAttributeValues": {":groups": to_attribute(groups_version)},
            }
        }

    def check_unchanged(self, user: User) -> Write:
        """Check that the user's version is the one that was read."""
        return {
            "ConditionCheck": {
                "TableName": self._tables.directory_table,
                "Key": {"pk": {"S": user.account_id}, "sk": {"S": user_key(user.user_id)}},
                "ConditionExpression": "version = :read",
                "ExpressionAttributeValues": {":read": to_attribute(user.version)},
            }
        }

    def create_account(self, account: Account) -> list[Write]:
        """Create an account with its first groups."""
        return [
            self._put(
                self._tables.directory_table,
                {"pk": account.account_id, "sk": sort_key} | value.model_dump(mode="json", exclude_none=True),
            )
            for sort_key, value in ((ACCOUNT, account), (GROUPS, first_groups(account.account_id)))
        ]

    def update_settings(self, change: AccountChange, *, groups_version: int | None) -> Write:
        """Replace the account's settings, while they and the groups are those that were read."""
        before, after = change
        return {
            "Update": {
                "TableName": self._tables.directory_table,
                "Key": {"pk": {"S": after.account_id}, "sk": {"S": ACCOUNT}},
                "UpdateExpression": "SET settings = :settings, settings_version = :next",
                "ConditionExpression": "settings_version = :read AND groups_version = :groups",
                "ExpressionAttributeValues": {
                    ":settings": to_attribute(after.settings.model_dump(mode="json")),
                    ":next": to_attribute(after.settings_version),
                    ":read": to_attribute(before.settings_version if before else 0),
                    ":groups": to_attribute(groups_version),
                },
            }
        }

    def journal(self, entry: Entry) -> Write:
        """Put an entry that was not there before."""
        keys = {"pk": entry.account_id, "sk": entry.entry_id}
        if entry.user_id:
            keys["subject"] = f"{entry.account_id}#{entry.user_id}"
        write = self._put(self._tables.journal_table, keys | entry.model_dump(mode="json"))
        write["Put"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return write

    def mail(self, mail: Mail) -> Write:
        """Queue a mail in the outbox, with the time at which the rescue sweep looks after it."""
        keys = {"pk": mail.mail_id, "due": DUE_MAILS, "due_at": iso(mail.queued_at + GRACE)}
        return self._put(self._tables.mail_table, keys | mail.model_dump(mode="json"))

    def _delivery(self, change: DeliveryChange) -> Write:
        """Set a delivery status while the link is the newest, not accepted, and no later status is there."""
        superseded = {f":superseded{number}": value for number, value in enumerate(superseded_by(change.delivery))}
        arguments = {":delivery": change.delivery, ":generation": change.generation, **superseded}
        return {
            "Update": {
                "TableName": self._tables.directory_table,
                "Key": {"pk": {"S": change.user.account_id}, "sk": {"S": user_key(change.user.user_id)}},
                "UpdateExpression": "SET invitation.delivery = :delivery",
                "ConditionExpression": "invitation.generation = :generation AND attribute_not_exists(joined_at) "
                f"AND invitation.delivery IN ({', '.join(superseded)})",
                "ExpressionAttributeValues": {name: to_attribute(value) for name, value in arguments.items()},
            }
        }

    def store_response(self, key: IdempotencyKey, response: str | None, *, now: datetime) -> Write:
        """Store the answer that a repeat of this request gets; one key serves one request."""
        row = {
            "pk": f"idempotency#{key.record_id}",
            "sk": STORED_RESPONSE,
            "fingerprint": key.fingerprint,
            "answer": response,
            "forget_at": math.ceil((now + _RESPONSES_KEPT).timestamp()),  # TTL wants whole seconds; never too early.
        }
        write = self._put(self._tables.directory_table, row)
        write["Put"]["ConditionExpression"] += " OR forget_at <= :now"
        write["Put"]["ExpressionAttributeValues"] = {":now": to_attribute(int(now.timestamp()))}
        return write

    def _identity(self, change: IdentityChange, *, operation_id: str) -> Write:
        before, after, reason = change
        match reason:
            case "accepted":
                return self._update_identity(
                    change,
                    after.model_dump(mode="json", exclude_none=True, exclude={"sign_in_lock", "accounts"}),
                    condition="sign_in_lock.operation = :operation",
                    arguments={":operation": operation_id},
                    remove=[
                        "sign_in_lock",
                        *(name for name in ("home_account", "profile") if getattr(after, name) is None),
                    ],
                )
            case "joined":
                return self._update_identity(
                    change,
                    after.model_dump(mode="json", include={"terms_version", "terms_accepted_at"}),
                    condition="#sub = :read AND blocked = :no",
                    arguments={":read": after.sub, ":no": False},
                    names={"#sub": "sub"},
                )
            case "renamed":
                fields = ("first_name", "last_name", "locale")
                return self._update_identity(
                    change,
                    {name: getattr(after, name) for name in fields},
                    condition=" AND ".join(
                        ["#sub = :sub", "blocked = :no", *(f"#{name} = :read_{name}" for name in fields)]
                    ),
                    arguments={":sub": after.sub, ":no": False}
                    | {f":read_{name}": getattr(before, name) for name in fields},
                    names={"#sub": "sub"},
                )

    def _update_identity(
        self,
        change: IdentityChange,
        values: dict[str, Any],
        *,
        condition: str,
        arguments: dict[str, Any],
        names: dict[str, str] | None = None,
        remove: Iterable[str] = (),
    ) -> Write:
        """Set the values under the condition, and add the accounts that the identity came into."""
        before, after, _ = change
        update = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        given = {f":{name}": value for name, value in values.items()} | arguments
        if before is None or before.accounts != after.accounts or remove:
            update += " ADD accounts :accounts"
            given[":accounts"] = after.accounts
        if remove:
            update += " REMOVE " + ", ".join(remove)
        return {
            "Update": {
                "TableName": self._tables.identities_table,
                "Key": {"pk": {"S": after.identity_id}},
                "UpdateExpression": update,
                "ConditionExpression": condition,
                "ExpressionAttributeNames": {f"#{name}": name for name in values} | (names or {}),
                "ExpressionAttributeValues": {name: to_attribute(value) for name, value in given.items()},
            }
        }

    @staticmethod
    def _put(table: str, row: dict[str, Any]) -> Write:
        return {"Put": {"TableName": table, "Item": to_item(row), "ConditionExpression": _ABSENT}}


def _quota_sets(quota: MailQuotaUse, conditions: list[str], values: dict[str, Any]) -> list[str]:
    """Count the mails of a day, up to the quota; another day's counter starts again."""
    values |= {":day": quota.day, ":mails": quota.mails}
    if quota.is_first:
        conditions.append("(attribute_not_exists(mails_on) OR mails_on <> :day)")
        return ["mails_on = :day", "mails_sent = :mails"]
    conditions.append("mails_on = :day AND mails_sent <= :max_sent_before")
    values[":max_sent_before"] = quota.max_sent_before
    return ["mails_sent = mails_sent + :mails"]


def merged(writes: Iterable[Write]) -> list[Write]:
    """Return one operation for each item, as a transaction demands: a check joins the write of the same item.

    Someone who acts on themselves is checked and written at once. Raises ValueError for two writes of one item, which
    no command may make.
    """
    found: dict[tuple[str, str], Write] = {}
    for write in sorted(writes, key=lambda each: "ConditionCheck" in each):
        [(kind, request)] = write.items()
        place = (request["TableName"], repr(request.get("Key") or _key_of(request["Item"])))
        if place not in found:
            found[place] = write
        elif kind == "ConditionCheck":
            found[place] = _with_condition(found[place], request)
        else:
            message = f"Two writes of one item in {request['TableName']}."
            raise ValueError(message)
    return list(found.values())


def _key_of(item: Write) -> Write:
    return {name: item[name] for name in ("pk", "sk") if name in item}


def _with_condition(write: Write, check: Write) -> Write:
    """Return the write under its own condition and that of the check; both read the item before the write."""
    [(kind, request)] = write.items()
    condition, values = request["ConditionExpression"], request.get("ExpressionAttributeValues", {})
    added, names = check["ConditionExpression"], check.get("ExpressionAttributeValues", {})
    if added in condition and all(values.get(name) == value for name, value in names.items()):
        return write
    renamed = {f"{name}_checked": value for name, value in names.items()}
    for name in names:
        added = added.replace(name, f"{name}_checked")
    return {
        kind: {
            **request,
            "ConditionExpression": f"({condition}) AND ({added})",
            "ExpressionAttributeValues": values | renamed,
        }
    }

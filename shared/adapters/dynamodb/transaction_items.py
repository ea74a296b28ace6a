"""The parts of transactions that commands have in common, one function each; conditions live here and nowhere else."""

import math
from datetime import datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute, to_item
from shared.adapters.dynamodb.user_items import ACCOUNT, DUE_MAILS, GROUPS, REMEMBERED, user_key
from shared.domain.commands.delivery_status import superseded_by
from shared.domain.model.accounts import Account
from shared.domain.model.base import iso
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.domain.model.groups import Groups
from shared.domain.model.identities import Identity
from shared.domain.model.users import Delivery, User
from shared.domain.policy.changes import Change
from shared.domain.policy.journal import Entry
from shared.domain.policy.mails import GRACE, Mail
from shared.domain.policy.principals import IdempotencyKey
from shared.settings import Settings

_REMEMBERED_FOR = timedelta(hours=24)
_FRESH = "attribute_not_exists(pk)"

Write = dict[str, Any]


class TransactionItems:
    """Builds transaction items for the tables of this stage."""

    def __init__(self, settings: Settings) -> None:
        self._tables = settings

    def count(self, account_id: str, tally: CounterDelta, *, groups_version: int | None) -> Write:
        """Moves the account's counters, if seats and administrators allow it at the moment of the write.

        With `groups_version`, only while the groups are those that the decision was made on.
        """
        values: dict[str, int] = {"seats_used": tally.seats, "admins": tally.admins}
        names = {f"#{status}": status.value for status in tally.counts}
        moves = [f"{name} = {name} + :{name}" for name in values]
        moves += [f"counts.#{status} = counts.#{status} + :{status}" for status in tally.counts]
        conditions = ["attribute_exists(pk)"]
        arguments = {f":{name}": to_attribute(value) for name, value in values.items()}
        arguments |= {f":{status}": to_attribute(number) for status, number in tally.counts.items()}
        if tally.seats > 0:
            conditions.append("seats_used < seats_limit")
        if tally.admins < 0:
            conditions.append("admins > :one")
            arguments[":one"] = to_attribute(1)
        if tally.postage:
            moves += self._posted(tally.postage, conditions, arguments)
        if groups_version is not None:
            conditions.append("groups_version = :groups")
            arguments[":groups"] = to_attribute(groups_version)
        update: Write = {
            "TableName": self._tables.directory_table,
            "Key": {"pk": {"S": account_id}, "sk": {"S": ACCOUNT}},
            "UpdateExpression": "SET " + ", ".join(moves),
            "ConditionExpression": " AND ".join(conditions),
            "ExpressionAttributeValues": arguments,
        }
        return {"Update": update | ({"ExpressionAttributeNames": names} if names else {})}

    @staticmethod
    def _posted(postage: MailQuotaUse, conditions: list[str], arguments: Write) -> list[str]:
        arguments |= {":day": to_attribute(postage.day), ":mails": to_attribute(postage.mails)}
        if postage.is_first:
            conditions.append("(attribute_not_exists(mails_on) OR mails_on <> :day)")
            return ["mails_on = :day", "mails_sent = :mails"]
        conditions.append("mails_on = :day AND mails_sent <= :room")
        arguments[":room"] = to_attribute(postage.room)
        return ["mails_sent = mails_sent + :mails"]

    def still(self, user: User) -> Write:
        """Nothing, if this user has not changed since they were read."""
        return {
            "ConditionCheck": {
                "TableName": self._tables.directory_table,
                "Key": {"pk": {"S": user.account_id}, "sk": {"S": user_key(user.user_id)}},
                "ConditionExpression": "version = :read",
                "ExpressionAttributeValues": {":read": to_attribute(user.version)},
            }
        }

    def open(self, account: Account, groups: Groups) -> list[Write]:
        """A new account with its groups."""
        return [
            self._put(
                self._tables.directory_table,
                {"pk": account.account_id, "sk": sort_key} | value.model_dump(mode="json", exclude_none=True),
            )
            for sort_key, value in ((ACCOUNT, account), (GROUPS, groups))
        ]

    def settings(self, before: Account, after: Account, *, groups_version: int) -> Write:
        """The account's settings, while they and the groups are those that were read."""
        return {
            "Update": {
                "TableName": self._tables.directory_table,
                "Key": {"pk": {"S": after.account_id}, "sk": {"S": ACCOUNT}},
                "UpdateExpression": "SET settings = :settings, settings_version = :next",
                "ConditionExpression": "settings_version = :read AND groups_version = :groups",
                "ExpressionAttributeValues": {
                    ":settings": to_attribute(after.settings.model_dump(mode="json")),
                    ":next": to_attribute(after.settings_version),
                    ":read": to_attribute(before.settings_version),
                    ":groups": to_attribute(groups_version),
                },
            }
        }

    def journal(self, entry: Entry) -> Write:
        """An entry that was not there before."""
        keys = {"pk": entry.account_id, "sk": entry.entry_id}
        if entry.user_id:
            keys["subject"] = f"{entry.account_id}#{entry.user_id}"
        write = self._put(self._tables.journal_table, keys | entry.model_dump(mode="json"))
        write["Put"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return write

    def mail(self, mail: Mail) -> Write:
        """A mail in the outbox, and when the rescue sweep is to look after it."""
        keys = {"pk": mail.mail_id, "due": DUE_MAILS, "due_at": iso(mail.queued_at + GRACE)}
        return self._put(self._tables.mail_table, keys | mail.model_dump(mode="json"))

    def news(self, change: Change, *, of: Mail) -> list[Write]:
        """What became of an invitation's mail; nothing if that is no news."""
        if change.before == change.after:
            return []
        delivery = self._delivery(of, change.after.invitation.delivery)
        return [delivery, *map(self.journal, change.entries), *map(self.mail, change.mails)]

    def _delivery(self, mail: Mail, delivery: Delivery) -> Write:
        """While the link is the newest and not accepted, and there are no later news."""
        overruled = {f":overruled{number}": value for number, value in enumerate(superseded_by(delivery))}
        arguments = {":delivery": delivery, ":generation": mail.generation, **overruled}
        return {
            "Update": {
                "TableName": self._tables.directory_table,
                "Key": {"pk": {"S": mail.account_id}, "sk": {"S": user_key(mail.user_id)}},
                "UpdateExpression": "SET invitation.delivery = :delivery",
                "ConditionExpression": "invitation.generation = :generation AND attribute_not_exists(joined_at) "
                f"AND invitation.delivery IN ({', '.join(overruled)})",
                "ExpressionAttributeValues": {name: to_attribute(value) for name, value in arguments.items()},
            }
        }

    def remember(self, key: IdempotencyKey, answer: str | None, *, now: datetime) -> Write:
        """The answer that a repeat of this request is to get; one key serves one request."""
        row = {
            "pk": f"idempotency#{key.digest}",
            "sk": REMEMBERED,
            "fingerprint": key.fingerprint,
            "answer": answer,
            "forget_at": math.ceil((now + _REMEMBERED_FOR).timestamp()),  # TTL wants whole seconds; never too early.
        }
        write = self._put(self._tables.directory_table, row)
        write["Put"]["ConditionExpression"] += " OR forget_at <= :now"
        write["Put"]["ExpressionAttributeValues"] = {":now": to_attribute(int(now.timestamp()))}
        return write

    def store_accepted_identity(self, identity: Identity, *, operation: str) -> Write:
        """An identity that this operation has made under its claim."""
        return self._identity(
            identity,
            identity.model_dump(mode="json", exclude_none=True, exclude={"claim", "accounts"}),
            condition="claim.operation = :operation",
            arguments={":operation": operation},
            remove=["claim", *(name for name in ("home_account", "profile") if getattr(identity, name) is None)],
        )

    def store_joined_identity(self, identity: Identity) -> Write:
        """An identity that has come into a further account, while it is the one that signed in."""
        return self._identity(
            identity,
            identity.model_dump(mode="json", include={"terms_version", "terms_accepted_at"}),
            condition="#sub = :read AND blocked = :no",
            arguments={":read": identity.sub, ":no": False},
            names={"#sub": "sub"},
        )

    def names_update(self, before: Identity, after: Identity) -> Write:
        """Names and language, while they are those that were read and the identity is the one that signed in."""
        names = ("first_name", "last_name", "locale")
        values: dict[str, Any] = {":sub": before.sub, ":no": False}
        values |= {f":{name}": getattr(after, name) for name in names}
        values |= {f":read_{name}": getattr(before, name) for name in names}
        unchanged = [f"{name} = :read_{name}" for name in names]
        return {
            "Update": {
                "TableName": self._tables.identities_table,
                "Key": {"pk": {"S": before.identity_id}},
                "UpdateExpression": "SET " + ", ".join(f"{name} = :{name}" for name in names),
                "ConditionExpression": " AND ".join(["#sub = :sub", "blocked = :no", *unchanged]),
                "ExpressionAttributeNames": {"#sub": "sub"},
                "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
            }
        }

    def _identity(
        self,
        identity: Identity,
        values: dict[str, Any],
        *,
        condition: str,
        arguments: dict[str, Any],
        names: dict[str, str] | None = None,
        remove: list[str] | None = None,
    ) -> Write:
        update = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        update += " ADD accounts :accounts" + (" REMOVE " + ", ".join(remove) if remove else "")
        given = {f":{name}": value for name, value in values.items()} | {":accounts": identity.accounts} | arguments
        return {
            "Update": {
                "TableName": self._tables.identities_table,
                "Key": {"pk": {"S": identity.identity_id}},
                "UpdateExpression": update,
                "ConditionExpression": condition,
                "ExpressionAttributeNames": {f"#{name}": name for name in values} | (names or {}),
                "ExpressionAttributeValues": {name: to_attribute(value) for name, value in given.items()},
            }
        }

    @staticmethod
    def _put(table: str, row: dict[str, Any]) -> Write:
        return {"Put": {"TableName": table, "Item": to_item(row), "ConditionExpression": _FRESH}}

"""The outbox: a mail is queued with the change that it tells of, claimed by one sender at a time, and never lost."""

import functools
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item, to_attribute
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.mail_items import DUE_MAILS
from shared.adapters.dynamodb.requests import Write, transact, update
from shared.adapters.dynamodb.transaction_items import of_changes
from shared.domain.model import errors
from shared.domain.model.base import iso
from shared.domain.model.identities import Identity
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.mails import LEASE, RETENTION, Mail, MailContext, MailState, is_exhausted, next_attempt_at
from shared.domain.policy.snapshot import CommitBasis
from shared.settings import settings

_CLAIMABLE = "#state = :queued OR due_at <= :now"  # What is settled is not due.


class Outbox:
    """Mails by id."""

    def __init__(self) -> None:
        self._table = settings().mail_table
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[str]:
        """Ids of mails that the stream dropped, whose sender died, or whose next try has come; oldest first."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due = :mails AND due_at <= :now",
            ExpressionAttributeValues={":mails": {"S": DUE_MAILS}, ":now": {"S": iso(now)}},
        )
        return (item["pk"]["S"] for page in pages for item in page["Items"])

    def claim(self, mail_id: str, *, operation: str, now: datetime) -> Mail | None:
        """The mail, for this operation alone until its lease ends; None if there is nothing to do."""
        values = {
            ":claimed": "claimed",
            ":queued": "queued",
            ":now": iso(now),
            ":one": 1,
            ":none": 0,
            ":lease": iso(now + LEASE),
            ":operation": operation,
        }
        try:
            answer = update(
                self._dynamodb,
                TableName=self._table,
                Key={"pk": {"S": mail_id}},
                UpdateExpression="SET #state = :claimed, claimed_by = :operation, due_at = :lease, "
                "attempts = if_not_exists(attempts, :none) + :one",
                ConditionExpression=_CLAIMABLE,
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()},
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            item = error.response.get("Item", {})
            is_ours = item.get("claimed_by") == {"S": operation} and item.get("state") == {"S": "claimed"}
            return self._readable(from_item(item), operation=operation, now=now) if is_ours else None
        return self._readable(from_item(answer["Attributes"]), operation=operation, now=now)

    def _readable(self, row: dict[str, Any], *, operation: str, now: datetime) -> Mail:
        """The mail; one that cannot be read is settled like one that SES did not take, and raises ValidationError."""
        try:
            return Mail.model_validate(row)
        except ValidationError:
            attempts = row["attempts"]
            state: MailState = "failed" if is_exhausted(attempts) else "retry"
            settled = self._settled(row["pk"], state, attempts=attempts, operation=operation, now=now)
            transact(self._dynamodb, [settled], operation=operation)
            raise

    def read(self, mail: Mail) -> MailContext:
        """Everybody whom the mail is about or goes to, as they are now."""
        people = [person for person in (mail.user_id, mail.inviter_id, mail.to_user) if person]
        keys = [self._keys.account(mail.account_id), *(self._keys.user(mail.account_id, person) for person in people)]
        read = ItemBatch(self._dynamodb, self._keys, keys)
        account, user = read.account(mail.account_id), read.user(mail.account_id, mail.user_id)
        if account is None or user is None:
            message = f"Mail {mail.mail_id} is about nobody."
            raise LookupError(message)
        recipient = read.user(mail.account_id, mail.to_user) if mail.to_user else None
        address = recipient.email if recipient else mail.to_address
        reader = self._identity(address) if address else None
        return MailContext(
            account=account,
            user=user,
            inviter=read.user(mail.account_id, mail.inviter_id) if mail.inviter_id else None,
            recipient=recipient,
            is_suppressed=reader is not None and reader.complained_at is not None,
            time_zone=reader.profile.time_zone if reader and reader.profile else None,
        )

    def _identity(self, address: str) -> Identity | None:
        return ItemBatch(self._dynamodb, self._keys, [self._keys.identity(address)]).identity(address)

    def settle(self, mail: Mail, state: MailState, news: ChangeSet | None, *, operation: str, now: datetime) -> None:
        """How the claim ended; with `retry` the mail is offered again after a while.

        The news for the invitation are written with it, unless the link was replaced or there are later ones already.
        """
        settled = self._settled(mail.mail_id, state, attempts=mail.attempts, operation=operation, now=now)
        writes = [settled, *(of_changes(settings(), news, CommitBasis(operation, now)) if news else [])]
        try:
            transact(self._dynamodb, writes, operation=operation)
        except errors.Conflict:
            # The delivery is no longer this mail's to tell; it is settled all the same.
            transact(self._dynamodb, [settled], operation=operation)

    def _settled(self, mail_id: str, state: MailState, *, attempts: int, operation: str, now: datetime) -> Write:
        values: dict[str, str | int] = {":state": state, ":operation": operation}
        if state == "retry":
            update = "SET #state = :state, operation = :operation, due_at = :last"
            values[":last"] = iso(next_attempt_at(attempts, now=now))
        else:
            update = "SET #state = :state, operation = :operation, forget_at = :last REMOVE due, due_at"
            values[":last"] = int((now + RETENTION).timestamp())
        return {
            "Update": {
                "TableName": self._table,
                "Key": {"pk": {"S": mail_id}},
                "UpdateExpression": update,
                "ConditionExpression": "claimed_by = :operation",
                "ExpressionAttributeNames": {"#state": "state"},
                "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }


@functools.cache
def open_outbox() -> Outbox:
    """Return the one of this process."""
    return Outbox()

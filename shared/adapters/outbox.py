"""The outbox: a mail is queued with the change that it tells of, claimed by one sender at a time, and never lost."""

import functools
from collections.abc import Iterator
from datetime import datetime

from shared.adapters import aws
from shared.adapters.items import from_item, to_attribute
from shared.adapters.keys import Keys
from shared.adapters.reading import Reading
from shared.adapters.rows import DUE_MAILS
from shared.adapters.transactions import transact, update
from shared.adapters.writes import Write, Writes
from shared.domain import errors
from shared.domain.mails import KEPT, LEASE, Correspondence, Mail, MailState, next_try
from shared.domain.models import iso
from shared.domain.users import Delivery
from shared.settings import settings

_DELIVERY: dict[MailState, Delivery] = {"sent": "sent", "failed": "failed", "suppressed": "complained"}
_CLAIMABLE = "#state = :queued OR (#state IN (:retry, :claimed) AND due_at <= :now)"


class Outbox:
    """Mails by id."""

    def __init__(self) -> None:
        self._table = settings().mail_table
        self._keys = Keys(settings())
        self._writes = Writes(settings())
        self._dynamodb = aws.client("dynamodb")

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
            ":retry": "retry",
            ":now": iso(now),
            ":one": 1,
            ":lease": iso(now + LEASE),
            ":operation": operation,
        }
        try:
            answer = update(
                self._dynamodb,
                TableName=self._table,
                Key={"pk": {"S": mail_id}},
                UpdateExpression="SET #state = :claimed, attempts = attempts + :one, due_at = :lease, "
                "claimed_by = :operation",
                ConditionExpression=f"attribute_exists(pk) AND ({_CLAIMABLE})",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()},
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            item = error.response.get("Item", {})
            is_ours = item.get("claimed_by") == {"S": operation} and item.get("state") == {"S": "claimed"}
            return Mail.model_validate(from_item(item)) if is_ours else None
        return Mail.model_validate(from_item(answer["Attributes"]))

    def read(self, mail: Mail) -> Correspondence:
        """Everybody whom the mail is about or goes to, as they are now."""
        people = [person for person in (mail.user_id, mail.inviter_id, mail.to_user) if person]
        keys = [self._keys.account(mail.account_id), *(self._keys.user(mail.account_id, person) for person in people)]
        read = Reading(self._dynamodb, self._keys, keys)
        account, user = read.account(mail.account_id), read.user(mail.account_id, mail.user_id)
        if account is None or user is None:
            message = f"Mail {mail.mail_id} is about nobody."
            raise LookupError(message)
        recipient = read.user(mail.account_id, mail.to_user) if mail.to_user else None
        address = recipient.email if recipient else mail.to_address
        return Correspondence(
            account=account,
            user=user,
            inviter=read.user(mail.account_id, mail.inviter_id) if mail.inviter_id else None,
            recipient=recipient,
            is_unwelcome=address is not None and self._has_complained(address),
        )

    def _has_complained(self, address: str) -> bool:
        identity = Reading(self._dynamodb, self._keys, [self._keys.identity(address)]).identity(address)
        return identity is not None and identity.complained_at is not None

    def settle(self, mail: Mail, state: MailState, *, operation: str, now: datetime) -> None:
        """How the claim ended; with `retry` the mail is offered again after a while.

        An invitation's delivery is written with it, unless the link was replaced or there are later news already.
        """
        settled = self._settled(mail, state, operation=operation, now=now)
        writes = [settled]
        if mail.kind == "invitation" and state in _DELIVERY:
            writes.append(self._writes.delivery(mail, _DELIVERY[state]))
        try:
            transact(self._dynamodb, writes, operation=operation)
        except errors.Conflict:
            # The delivery is no longer this mail's to tell; it is settled all the same.
            transact(self._dynamodb, [settled], operation=operation)

    def _settled(self, mail: Mail, state: MailState, *, operation: str, now: datetime) -> Write:
        values: dict[str, str | int] = {":state": state, ":claimed": "claimed", ":operation": operation}
        if state == "retry":
            update = "SET #state = :state, operation = :operation, due_at = :last"
            values[":last"] = iso(next_try(mail.attempts, now=now))
        else:
            update = "SET #state = :state, operation = :operation, forget_at = :last REMOVE due, due_at"
            values[":last"] = int((now + KEPT).timestamp())
        return {
            "Update": {
                "TableName": self._table,
                "Key": {"pk": {"S": mail.mail_id}},
                "UpdateExpression": update,
                "ConditionExpression": "#state = :claimed AND claimed_by = :operation",
                "ExpressionAttributeNames": {"#state": "state"},
                "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }


@functools.cache
def open_outbox() -> Outbox:
    """One for a process."""
    return Outbox()

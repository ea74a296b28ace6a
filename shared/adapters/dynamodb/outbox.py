"""The outbox: a mail is queued in the transaction of the change that it reports, and leased to one sender at a time."""

import functools
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from shared import retries
from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item, to_attribute
from shared.adapters.dynamodb.item_batch import ItemBatch, read_of_addresses
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.mail_items import DUE_MAILS
from shared.adapters.dynamodb.requests import Write, item_met, transact, update
from shared.adapters.dynamodb.transaction_items import of_changes
from shared.domain.model import errors
from shared.domain.model.identities import Identity
from shared.domain.model.mails import (
    LEASE,
    RETENTION,
    AddressRecipient,
    IdentityRecipient,
    IdentityRef,
    Mail,
    MailState,
    StaffRecipient,
    UserRecipient,
    UserRef,
    UsersRef,
    is_exhausted,
    next_attempt_at,
)
from shared.domain.model.partners import in_force
from shared.domain.model.users import User
from shared.domain.model.values import iso
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.send_conditions import SEND_CONDITIONS, MailContext
from shared.domain.policy.snapshot import CommitBasis
from shared.logging import error_fields, logger
from shared.settings import settings

_CLAIMABLE = "#state = :queued OR due_at <= :now"  # A settled mail has no `due_at`.


class Outbox:
    """Reads, claims and settles the mails of the mail table."""

    def __init__(self) -> None:
        self._tables = settings().tables
        self._table = self._tables.mail_table
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[str]:
        """Return ids of mails that the stream dropped, whose lease has ended, or whose retry is due; oldest first."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due = :mails AND due_at <= :now",
            ExpressionAttributeValues={":mails": {"S": DUE_MAILS}, ":now": {"S": iso(now)}},
        )
        return (item["pk"]["S"] for page in pages for item in page["Items"])

    def claim(self, mail_id: str, *, operation_id: str, now: datetime) -> Mail | None:
        """Lease the mail to this operation until `LEASE` is over; None if it is settled, leased or not due."""
        values = {
            ":claimed": "claimed",
            ":queued": "queued",
            ":now": iso(now),
            ":one": 1,
            ":none": 0,
            ":lease": iso(now + LEASE),
            ":operation": operation_id,
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
            item = item_met(error)
            is_ours = item.get("claimed_by") == {"S": operation_id} and item.get("state") == {"S": "claimed"}
            return self._readable(from_item(item), operation_id=operation_id, now=now) if is_ours else None
        return self._readable(from_item(answer["Attributes"]), operation_id=operation_id, now=now)

    def _readable(self, row: dict[str, Any], *, operation_id: str, now: datetime) -> Mail:
        """Return the mail; an unreadable one is settled like one that SES refused, and raises ValidationError."""
        try:
            return Mail.model_validate(row)
        except ValidationError:
            attempts = row["attempts"]
            state: MailState = "failed" if is_exhausted(attempts) else "retry"
            settled = self._settle_write(row["pk"], state, attempts=attempts, operation_id=operation_id, now=now)
            transact(self._dynamodb, [settled], operation_id=operation_id)
            raise

    def read(self, mail: Mail) -> MailContext:
        """Return subject, inviter and recipient as they are now.

        Raises LookupError if the subject does not exist, unless it is an identity.
        """
        account_id = mail.account_id
        context = self._read_in_account(account_id, mail) if account_id else MailContext()
        if isinstance(mail.subject, IdentityRef):
            identity_id = mail.subject.identity_id
            keys = [self._keys.identity_of_id(identity_id), self._keys.recovery(identity_id)]
            read = ItemBatch(self._dynamodb, self._keys, keys)
            context = MailContext(identity=read.identity_of_id(identity_id), recovery=read.recovery(identity_id))
        is_there = {
            "user": context.user,
            "users": context.users or None,
            "identity": True,  # One that is gone, or never was, is no recipient, so that the mail is skipped.
            "account": context.account,
        }
        if is_there[mail.subject.type] is None or (account_id and context.account is None):
            message = f"The subject of mail {mail.mail_id} does not exist."
            raise LookupError(message)
        return self._with_recipient(context, mail)

    def _read_in_account(self, account_id: str, mail: Mail) -> MailContext:
        user_id = mail.subject.user_id if isinstance(mail.subject, UserRef) else None
        about = mail.subject.user_ids if isinstance(mail.subject, UsersRef) else ()
        request_id = mail.seat_request_id
        user_ids = [each for each in (user_id, mail.inviter_id, mail.to_user, mail.requester_id, *about) if each]
        keys = [self._keys.account(account_id), *(self._keys.user(account_id, each) for each in user_ids)]
        keys += [self._keys.seat_request(account_id, request_id)] if request_id else []
        read = ItemBatch(self._dynamodb, self._keys, keys)
        users = {each: read.user(account_id, each) for each in user_ids}
        inviter = users.get(mail.inviter_id or "")
        return MailContext(
            account=read.account(account_id),
            user=users.get(user_id or ""),
            users=tuple(user for each in about if (user := users[each])),
            inviter=inviter if inviter and inviter.erased_at is None else None,
            inviting_operator=self._inviting_operator(users.get(user_id or ""), mail),
            recipient=users.get(mail.to_user or ""),
            seat_request=read.seat_request(account_id, request_id) if request_id else None,
            requester=users.get(mail.requester_id or ""),
        )

    def _inviting_operator(self, invited: User | None, mail: Mail) -> Identity | None:
        """Return the identity of the operator who invited, for a mail that is sent while the inviter is active."""
        if invited is None or mail.inviter_id or SEND_CONDITIONS[mail.kind].active != "inviter":
            return None
        return ItemBatch(self._dynamodb, self._keys, [self._keys.inviter(invited)]).inviting_operator(invited)

    def _with_recipient(self, context: MailContext, mail: Mail) -> MailContext:
        """Add what is known of identities: whether the address is suppressed, who is certified, and the time zone."""
        recipient = context.recipient
        match mail.recipient:
            case IdentityRecipient(to_identity=identity_id):
                recipient = identity = self._identity(identity_id)
            case AddressRecipient(to_address=address):
                _, read = read_of_addresses(
                    self._dynamodb, self._keys, [address], lambda keys: [keys.identity(address)]
                )
                identity = read.identity(address)
            case StaffRecipient():
                identity = None
            case UserRecipient():
                identity = self._identity(recipient.identity_id) if isinstance(recipient, User) else None
        is_withdrawal = context.user and SEND_CONDITIONS[mail.kind].certification == "withdrawn"
        partner = self._identity(context.user.identity_id) if context.user and is_withdrawal else identity
        return context._replace(
            recipient=recipient,
            is_suppressed=identity is not None and identity.complained_at is not None,
            time_zone=identity.profile.time_zone if identity and identity.profile else None,
            is_certified=partner is not None and in_force(partner.certification) is not None,
        )

    def _identity(self, identity_id: str) -> Identity | None:
        read = ItemBatch(self._dynamodb, self._keys, [self._keys.identity_of_id(identity_id)])
        return read.identity_of_id(identity_id)

    def settle(
        self, mail: Mail, state: MailState, delivery: ChangeSet | None, *, operation_id: str, now: datetime
    ) -> None:
        """Store how the claim ended; `retry` makes the mail due again after a while.

        The invitation's delivery status is stored with it, unless the link was replaced or a later one is stored.
        """
        settled = self._settle_write(
            mail.mail_id,
            state,
            attempts=mail.attempts,
            operation_id=operation_id,
            now=now,
            is_to_address=mail.to_address is not None,
        )
        writes = [settled, *(of_changes(self._tables, delivery, CommitBasis(operation_id, now)) if delivery else [])]
        try:
            transact(self._dynamodb, writes, operation_id=operation_id)
        except errors.StaleRead:  # The delivery status belongs to a newer link or event.
            self._settle_alone(settled, operation_id=operation_id)
        except (errors.Contended, errors.Busy, ClientError, BotoCoreError) as error:
            if state != "sent":
                raise  # The invitation is to show it: the mail is taken up again.
            logger.warning("mail settled alone", extra={"mail_id": mail.mail_id, **error_fields(error)})
            self._settle_alone(settled, operation_id=operation_id)

    def _settle_alone(self, settled: Write, *, operation_id: str) -> None:
        """Settle the mail with retries of its own, since one that stays claimed is sent again."""
        with retries.budget(retries.RetryBudget()):
            transact(self._dynamodb, [settled], operation_id=operation_id)

    def _settle_write(
        self,
        mail_id: str,
        state: MailState,
        *,
        attempts: int,
        operation_id: str,
        now: datetime,
        is_to_address: bool = False,
    ) -> Write:
        """Store how the claim ended; a mail that is done with no longer holds an address (rule 25)."""
        values: dict[str, str | int] = {":state": state, ":operation": operation_id}
        if state == "retry":
            update = "SET #state = :state, operation = :operation, due_at = :last"
            values[":last"] = iso(next_attempt_at(attempts, now=now))
        else:
            forgotten = ", to_address = :nothing" if is_to_address else ""
            update = f"SET #state = :state, operation = :operation, forget_at = :last{forgotten} REMOVE due, due_at"
            values[":last"] = int((now + RETENTION).timestamp())
            values |= {":nothing": ""} if is_to_address else {}
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
    """Return the instance of this process, made on first use."""
    return Outbox()

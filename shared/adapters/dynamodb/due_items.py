"""What is due: invitations, and whose invitations, found at the cost of those alone, however many wait."""

import functools
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import Item, from_item
from shared.adapters.dynamodb.requests import batch_get, transact, update
from shared.adapters.dynamodb.transaction_items import TransactionItems
from shared.adapters.dynamodb.user_items import (
    DUE_INVITATIONS,
    DUE_REVOCATIONS,
    PARTITION_BY_STATUS,
    listing,
    write_user,
)
from shared.domain.model import errors
from shared.domain.model.base import iso
from shared.domain.model.users import Status, User
from shared.domain.policy.changes import Change
from shared.settings import settings

_AT_ONCE = 100  # Users that one read brings.
_INDEX_LAG = timedelta(seconds=10)  # An index shows by then what was written before.


class OrphanedInvitation(NamedTuple):
    """A pending invitation of somebody who is gone; without a user there is none left."""

    inviter: User
    user: User | None


class Sweep:
    """Reads the sparse index of due times and writes what the clock has decided."""

    def __init__(self) -> None:
        self._table = settings().directory_table
        self._writes = TransactionItems(settings())
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[User | ValidationError]:
        """Users whose invitation was due by now, the longest overdue first; in the place of an unreadable one, why."""
        return self._due(DUE_INVITATIONS, now=now)

    def orphaned_invitations(self, *, now: datetime) -> Iterator[OrphanedInvitation | ValidationError]:
        """What whoever is gone has still pending, or that it is nothing; in the place of an unreadable inviter, why."""
        for inviter in self._due(DUE_REVOCATIONS, now=now - _INDEX_LAG):
            if isinstance(inviter, ValidationError):
                yield inviter
                continue
            if inviter.updated_at > now - _INDEX_LAG:
                continue  # Somebody who is back, or has gone again since: the index has yet to hear of it.
            pending = self._pending_of(inviter, now=now)
            first = next(pending, None)
            yield OrphanedInvitation(inviter, first)
            yield from (OrphanedInvitation(inviter, user) for user in pending)

    def _pending_of(self, inviter: User, *, now: datetime) -> Iterator[User]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="by_name",
            KeyConditionExpression="listing = :current",
            FilterExpression="#status = :invited AND invitation.invited_by = :inviter "
            "AND invitation.expires_at > :now",  # The clock has taken the others.
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues={
                ":current": {"S": listing(inviter.account_id, PARTITION_BY_STATUS[Status.INVITED])},
                ":invited": {"S": Status.INVITED},
                ":inviter": {"S": inviter.user_id},
                ":now": {"S": iso(now)},
            },
        )
        return (User.model_validate(from_item(item)) for page in pages for item in page["Items"])

    def _due(self, what: str, *, now: datetime) -> Iterator[User | ValidationError]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due = :what AND due_at < :after_now",
            ExpressionAttributeValues={":what": {"S": what}, ":after_now": {"S": f"{iso(now)}~"}},
            PaginationConfig={"PageSize": _AT_ONCE},
        )
        for page in pages:
            keys = [(self._table, item["pk"]["S"], item["sk"]["S"]) for item in page["Items"]]
            found = batch_get(self._dynamodb, keys)
            yield from (_user(found[key]) for key in keys if key in found)

    def save(self, change: Change, *, operation: str, inviter: User | None = None) -> None:
        """Write what was decided of one user; raises Conflict if they, or the inviter, have changed meanwhile."""
        parts = [
            write_user(self._table, change.before, change.after, operation=operation),
            self._writes.count(change.after.account_id, change.tally, groups_version=None),
            *map(self._writes.journal, change.entries),
            *map(self._writes.mail, change.mails),
            *([self._writes.still(inviter)] if inviter else []),
        ]
        transact(self._dynamodb, parts, operation=operation)

    def finish_revoking(self, inviter: User, *, operation: str) -> None:
        """Nothing of this inviter's is pending any more; raises Conflict if they have changed meanwhile."""
        done = inviter.model_copy(update={"has_invitations_to_revoke": False})
        ending = write_user(self._table, inviter, done, operation=operation)
        try:
            update(self._dynamodb, **ending["Update"])
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            raise errors.Conflict from error


def _user(item: Item) -> User | ValidationError:
    try:
        return User.model_validate(from_item(item))
    except ValidationError as error:
        return error


@functools.cache
def open_due_items() -> Sweep:
    """One for a process."""
    return Sweep()

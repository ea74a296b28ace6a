"""What is due: invitations to remind of or expire, and inviters whose invitations may have to be revoked."""

import functools
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import Item, from_item
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import batch_get
from shared.adapters.dynamodb.user_items import (
    DUE_INVITATIONS,
    DUE_REVOCATIONS,
    PARTITION_BY_STATUS,
    listing,
)
from shared.domain.model.base import iso
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import has_orphaned
from shared.settings import settings

_AT_ONCE = 100  # Users that one read brings.
_INDEX_LAG = timedelta(seconds=10)  # By then an index shows what was written before.


class OrphanedInvitation(NamedTuple):
    """A pending invitation that its inviter may not send any more; `user` is None when none is left.

    `groups_version` is that of the groups on which this was judged.
    """

    inviter: User
    user: User | None
    groups_version: int


class DueItems:
    """Reads the sparse index of due times: its cost follows what is due, never what waits."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")
        self._keys = Keys(settings())

    def due(self, *, now: datetime) -> Iterator[User | ValidationError]:
        """Yield users whose invitation is due, longest overdue first; a ValidationError for one that is unreadable."""
        return self._due(DUE_INVITATIONS, now=now)

    def orphaned_invitations(self, *, now: datetime) -> Iterator[OrphanedInvitation | ValidationError]:
        """Yield orphaned invitations, or that there is none left, of each inviter who lost a right or has gone."""
        for inviter in self._due(DUE_REVOCATIONS, now=now - _INDEX_LAG):
            if isinstance(inviter, ValidationError):
                yield inviter
                continue
            if inviter.updated_at > now - _INDEX_LAG:
                continue  # Changed since: the index may not show it yet.
            key = self._keys.groups(inviter.account_id)
            groups = ItemBatch(self._dynamodb, self._keys, [key]).groups(inviter.account_id)
            orphaned = (
                user
                for user in self._pending_of(inviter, now=now)
                if has_orphaned(inviter, invited=user, groups=groups)
            )
            first = next(orphaned, None)
            yield OrphanedInvitation(inviter, first, groups.version)
            yield from (OrphanedInvitation(inviter, user, groups.version) for user in orphaned)

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


def _user(item: Item) -> User | ValidationError:
    try:
        return User.model_validate(from_item(item))
    except ValidationError as error:
        return error


@functools.cache
def open_due_items() -> DueItems:
    """Return the one of this process."""
    return DueItems()

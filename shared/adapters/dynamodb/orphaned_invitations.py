"""Pending invitations that their inviters may not send any more, found by marks on inviters and groups (rule 1)."""

import functools
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.group_items import GROUPS, unmark_groups
from shared.adapters.dynamodb.index_reads import due_items, indexed_items, readable
from shared.adapters.dynamodb.requests import batch_get, update
from shared.adapters.dynamodb.user_items import DUE_REVOCATIONS, pending_by, user_key
from shared.domain.model.groups import Groups, first_groups
from shared.domain.model.users import Status, User
from shared.domain.model.values import INDEX_LAG
from shared.domain.policy.authorization import has_orphaned
from shared.settings import settings


class OrphanedInvitation(NamedTuple):
    """A pending invitation to be revoked, of someone who left or lost a right, or of an account whose groups lost one.

    Without `user` the `marked` user or groups have none left. `groups_version` is that on which this was judged.
    """

    marked: User | Groups
    groups_version: int
    inviter: User | None = None
    user: User | None = None


class OrphanedInvitations:
    """Reads the marked users and groups, and the pending invitations of their accounts."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[OrphanedInvitation | ValidationError]:
        """Yield orphaned invitations, or that there is none left, for each mark in turn."""
        rows = due_items(self._table, self._dynamodb, DUE_REVOCATIONS, now=now - INDEX_LAG)
        for marked in readable(rows, _marked):
            if isinstance(marked, ValidationError):
                yield marked
                continue
            marked_at = marked.updated_at if isinstance(marked, User) else marked.rights_changed_at
            if marked_at is None or marked_at > now - INDEX_LAG:
                continue  # Changed since: the index may not show it yet.
            groups = marked if isinstance(marked, Groups) else self._groups(marked.account_id)
            orphaned = self._orphaned(marked, groups, now=now)
            first = next(orphaned, None)
            yield first or OrphanedInvitation(marked, groups.version)
            yield from orphaned

    def unmark_groups(self, groups: Groups) -> None:
        """Take the mark off, unless the groups were changed since."""
        try:
            update(self._dynamodb, **unmark_groups(self._table, groups))
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def _orphaned(self, marked: User | Groups, groups: Groups, *, now: datetime) -> Iterator[OrphanedInvitation]:
        inviters: dict[str, User] = {}
        if isinstance(marked, User):
            inviters[marked.user_id] = marked
        inviter = marked if isinstance(marked, User) else None
        for user in self._pending(groups.account_id, inviter, now=now):
            inviter_id = user.invitation.invited_by
            if isinstance(marked, Groups) and inviter_id not in inviters:
                inviters |= self._users(groups.account_id, inviter_id)
            inviter = inviters.get(inviter_id)
            if inviter and has_orphaned(inviter, invited=user, groups=groups, now=now):
                yield OrphanedInvitation(marked, groups.version, inviter, user)

    def _groups(self, account_id: str) -> Groups:
        key = (self._table, account_id, GROUPS)  # Not from `Keys`: this function derives no ids and has no pepper.
        item = batch_get(self._dynamodb, [key]).get(key)
        return Groups.model_validate(from_item(item)) if item else first_groups(account_id)

    def _users(self, account_id: str, user_id: str) -> dict[str, User]:
        key = (self._table, account_id, user_key(user_id))
        item = batch_get(self._dynamodb, [key]).get(key)
        return {user_id: User.model_validate(from_item(item))} if item else {}

    def _pending(self, account_id: str, inviter: User | None, *, now: datetime) -> Iterator[User]:
        """Yield the invitations that wait, of one inviter or of the account; the clock has taken the others."""
        condition, values = "pending_in = :account", {":account": account_id}
        if inviter:
            condition += " AND begins_with(pending_by, :inviter)"
            values |= {":inviter": pending_by(inviter.user_id)}
        rows = indexed_items(self._table, self._dynamodb, "by_inviter", condition, values)
        users = map(User.model_validate, rows)
        return (user for user in users if user.status is Status.INVITED and user.invitation.expires_at > now)


def _marked(row: dict[str, Any]) -> User | Groups:
    return Groups.model_validate(row) if row["sk"] == GROUPS else User.model_validate(row)


@functools.cache
def open_orphaned_invitations() -> OrphanedInvitations:
    """Return the instance of this process, made on first use."""
    return OrphanedInvitations()

"""Users whose invitation or access has a deadline that has come."""

import functools
import heapq
from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.group_items import GROUPS
from shared.adapters.dynamodb.index_reads import due_items, readable
from shared.adapters.dynamodb.record_items import owned_of, owner_key
from shared.adapters.dynamodb.requests import batch_get
from shared.adapters.dynamodb.user_items import DUE_ACCESS_ENDS, DUE_INVITATIONS
from shared.domain.model.accounts import Account
from shared.domain.model.groups import Groups
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import User
from shared.domain.model.values import iso
from shared.domain.policy.snapshot import DueUserSnapshot
from shared.settings import settings


class DueUsers:
    """Finds them by the index of due times, and reads what a deadline changes."""

    def __init__(self) -> None:
        tables = settings().tables
        self._table, self._records = tables.directory_table, tables.records_table
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[User | ValidationError]:
        """Yield users whose invitation or end of access is due, the longest overdue first.

        A ValidationError stands for one that is unreadable.
        """
        kinds = (DUE_ACCESS_ENDS, DUE_INVITATIONS)
        rows = (due_items(self._table, self._dynamodb, kind, now=now) for kind in kinds)
        # One who was changed since the index was read may be due later: that holds the rest of their list up no longer.
        return readable(heapq.merge(*rows, key=lambda row: min(row.get("due_at", ""), iso(now))), User.model_validate)

    def with_account(self, user: User) -> DueUserSnapshot:
        """Return the user with their account, its groups and what they own, as they are now."""
        keys = [(self._table, user.account_id, sort_key) for sort_key in (ACCOUNT, GROUPS)]
        owner = (self._records, user.account_id, owner_key(user.user_id))
        found = batch_get(self._dynamodb, [*keys, owner])
        account, groups = (from_item(found[key]) for key in keys)
        owned = owned_of(from_item(found[owner])) if owner in found else OwnedRecords()
        return DueUserSnapshot(user, Account.model_validate(account), Groups.model_validate(groups), owned)


@functools.cache
def open_due_users() -> DueUsers:
    """Return the instance of this process, made on first use."""
    return DueUsers()

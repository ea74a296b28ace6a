"""Suspending an account and resuming it, by staff of the host product."""

from typing import Literal

from shared.domain.policy.authorization import require_staff
from shared.domain.policy.changes import AccountChange, ChangeSet
from shared.domain.policy.journal import EntryType, account_status_entry
from shared.domain.policy.snapshot import Snapshot


def suspend(snapshot: Snapshot) -> ChangeSet:
    """Refuse all of the account's users and links until it is resumed. Raises NotAllowed."""
    return _change_set(snapshot, "suspended", "account.suspended")


def resume(snapshot: Snapshot) -> ChangeSet:
    """Let the users and links of the account work again. Raises NotAllowed."""
    return _change_set(snapshot, "active", "account.resumed")


def _change_set(snapshot: Snapshot, status: Literal["active", "suspended"], kind: EntryType) -> ChangeSet:
    require_staff(snapshot.actor)
    before = snapshot.account
    if before.status == status:
        return ChangeSet()
    after = before.model_copy(update={"status": status})
    entry = account_status_entry(kind, before=before, after=after, context=snapshot.context)
    return ChangeSet(account=AccountChange(before, after), entries=(entry,))

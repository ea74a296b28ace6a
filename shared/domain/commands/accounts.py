"""Opening an account, suspending it and resuming it, by staff of the host product."""

from typing import Literal

from shared.domain.commands import invitations
from shared.domain.model.invitees import Invitee
from shared.domain.policy.authorization import require_operator_or_host
from shared.domain.policy.changes import AccountChange, ChangeSet
from shared.domain.policy.journal import EntryType, account_created_entry, account_status_entry
from shared.domain.policy.snapshot import Snapshot


def open_account(snapshot: Snapshot, invitee: Invitee) -> ChangeSet:
    """Create the snapshot's account, which does not exist yet, and invite its first administrator.

    Raises what `invitations.invite` raises.
    """
    changes = invitations.invite(snapshot, invitee)
    created = snapshot.account.with_counters(changes.counters, changes.mail_quota)
    return changes._replace(
        account=AccountChange(None, created),
        entries=(account_created_entry(snapshot.account, context=snapshot.context), *changes.entries),
    )


def suspend(snapshot: Snapshot) -> ChangeSet:
    """Refuse all of the account's users and links until it is resumed. Raises NotAllowed."""
    return _change_set(snapshot, "suspended", "account.suspended")


def resume(snapshot: Snapshot) -> ChangeSet:
    """Let the users and links of the account work again. Raises NotAllowed."""
    return _change_set(snapshot, "active", "account.resumed")


def _change_set(snapshot: Snapshot, status: Literal["active", "suspended"], kind: EntryType) -> ChangeSet:
    require_operator_or_host(snapshot.actor)
    before = snapshot.account
    if before.status == status:
        return ChangeSet()
    after = before.model_copy(update={"status": status})
    entry = account_status_entry(kind, before=before, after=after, context=snapshot.context)
    return ChangeSet(account=AccountChange(before, after), entries=(entry,))

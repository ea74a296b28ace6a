"""What an administrator chooses for the account: its settings."""

from collections.abc import Mapping

from shared.domain.model import accounts, errors, groups
from shared.domain.policy.authorization import require_admin
from shared.domain.policy.changes import AccountChange, ChangeSet
from shared.domain.policy.journal import settings_entry
from shared.domain.policy.snapshot import Snapshot


def change(snapshot: Snapshot, *, changes: Mapping[str, object]) -> ChangeSet:
    """Set these settings, by name. Raises NotAllowed, InvalidRequest."""
    require_admin(snapshot.actor)
    default_group = changes.get("default_group")
    if default_group is not None and default_group not in snapshot.groups.groups:
        raise errors.InvalidRequest([("default_group", "There is no such group.")])
    if default_group == groups.ADMINISTRATORS:
        raise errors.InvalidRequest([("default_group", "New users cannot be administrators by default.")])
    before, after = snapshot.account, accounts.with_settings(snapshot.account, changes)
    if after is before:
        return ChangeSet()
    entry = settings_entry(before=before, after=after, context=snapshot.context)
    return ChangeSet(account=AccountChange(before, after), entries=(entry,))

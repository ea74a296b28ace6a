"""What an administrator decides for the account: its settings."""

from collections.abc import Mapping
from datetime import datetime

from shared.domain.model import accounts, errors, groups
from shared.domain.policy.authorization import require_admin
from shared.domain.policy.changes import SettingsChange
from shared.domain.policy.journal import settings_entry
from shared.domain.policy.snapshot import Snapshot


def change(snapshot: Snapshot, *, changes: Mapping[str, object], now: datetime) -> SettingsChange:
    """These settings, by name, become what is given; raises NotAllowed, InvalidRequest."""
    require_admin(snapshot.actor)
    default_group = changes.get("default_group")
    if default_group is not None and default_group not in snapshot.groups.groups:
        raise errors.InvalidRequest([("default_group", "There is no such group.")])
    if default_group == groups.ADMINISTRATORS:
        raise errors.InvalidRequest([("default_group", "Nobody becomes an administrator by default.")])
    after = accounts.with_settings(snapshot.account, changes)
    if after is snapshot.account:
        return SettingsChange(snapshot.account, after)
    entry = settings_entry(before=snapshot.account, after=after, context=snapshot.context(now))
    return SettingsChange(snapshot.account, after, entry)

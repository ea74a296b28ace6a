"""What an administrator decides for the account: its settings."""

from collections.abc import Mapping
from datetime import datetime

from shared.domain import accounts, errors, groups
from shared.domain.actors import require_admin
from shared.domain.changes import SettingsChange
from shared.domain.journal import settings_changed
from shared.domain.scenes import Scene


def change(scene: Scene, *, changes: Mapping[str, object], now: datetime) -> SettingsChange:
    """These settings, by name, become what is given; raises NotAllowed, InvalidRequest."""
    require_admin(scene.actor)
    default_group = changes.get("default_group")
    if default_group is not None and default_group not in scene.groups.groups:
        raise errors.InvalidRequest([("default_group", "There is no such group.")])
    if default_group == groups.ADMINISTRATORS:
        raise errors.InvalidRequest([("default_group", "Nobody becomes an administrator by default.")])
    after = accounts.with_settings(scene.account, changes)
    if after is scene.account:
        return SettingsChange(scene.account, after)
    entry = settings_changed(before=scene.account, after=after, command=scene.command(now))
    return SettingsChange(scene.account, after, entry)

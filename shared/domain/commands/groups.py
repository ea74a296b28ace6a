"""Creating, editing and deleting groups, which hold for their users with the next request (rules 1 and 30)."""

from collections.abc import Mapping
from typing import Any

from shared.domain.model import errors
from shared.domain.model.folding import folded
from shared.domain.model.groups import MAX_GROUPS, Group
from shared.domain.model.ids import derived_id
from shared.domain.model.versions import require_seen
from shared.domain.policy import authorization
from shared.domain.policy.changes import ChangeSet, GroupsChange
from shared.domain.policy.journal import group_entry
from shared.domain.policy.snapshot import Snapshot


def create(snapshot: Snapshot, *, name: str, description: str, permissions: frozenset[str]) -> ChangeSet:
    """Create a group that gives these permissions. Raises NotAllowed, InvalidRequest."""
    _require_editor(snapshot)
    if len(snapshot.groups.groups) >= MAX_GROUPS:
        raise errors.InvalidRequest([("body", f"An account can have at most {MAX_GROUPS} groups.")])
    group = Group(
        group_id=derived_id(snapshot.request.operation_id, "group"),
        name=name,
        description=description,
        permissions=tuple(sorted(permissions)),
    )
    _require_can_write(group, snapshot)
    _require_unique_name(group, snapshot)
    return _change_set(None, group, snapshot)


def edit(snapshot: Snapshot, group_id: str, *, changes: Mapping[str, Any], seen_version: int | None) -> ChangeSet:
    """Change name, description or permissions of a group; `seen_version` is the version that the editor saw.

    "Administrators" keeps all permissions. Raises NotAllowed, NotFound, Outdated, InvalidRequest,
    AdminHasAllPermissions.
    """
    _require_editor(snapshot)
    group = snapshot.groups.require(group_id)
    _require_can_write(group, snapshot)
    require_seen(group.version, seen=seen_version)
    given = frozenset(changes.get("permissions", group.rights))
    if group.default and given != group.rights:
        raise errors.AdminHasAllPermissions
    texts = {name: changes[name] for name in ("name", "description") if name in changes}
    kept = group.permissions if given == group.rights else tuple(sorted(given))
    after = group.model_copy(update={**texts, "permissions": kept})
    _require_can_write(after, snapshot)
    if after == group:
        return ChangeSet(groups=GroupsChange(snapshot.groups, snapshot.groups, group, snapshot.account))
    if after.name != group.name:
        _require_unique_name(after, snapshot)
    return _change_set(group, after.model_copy(update={"version": group.version + 1}), snapshot)


def delete(snapshot: Snapshot, group_id: str, *, seen_version: int | None) -> ChangeSet:
    """Delete a group that nobody is in; repeating it has no effect.

    Raises NotAllowed, NotFound, Outdated, and GroupInUse with the number of its users, also for the account's starting
    group.
    """
    _require_editor(snapshot)
    before = snapshot.groups
    if group_id in before.deleted:
        return ChangeSet(groups=GroupsChange(before, before, before.deleted[group_id].group, snapshot.account))
    group = before.require(group_id)
    _require_can_write(group, snapshot)
    require_seen(group.version, seen=seen_version)
    user_count = snapshot.account.users_in(group_id)
    if group.default:
        raise errors.GroupInUse("This group is always there: it cannot be deleted.", user_count=user_count)
    if user_count:
        raise errors.GroupInUse(user_count=user_count)
    if snapshot.account.settings.default_group == group_id:
        raise errors.GroupInUse(
            "This is the default group for new users. Choose another default group in the settings first.", user_count=0
        )
    after = before.without_group(group, now=snapshot.now)
    entry = group_entry(before=group, after=None, account_id=before.account_id, context=snapshot.context)
    return ChangeSet(groups=GroupsChange(before, after, group, snapshot.account, group_id), entries=(entry,))


def _require_editor(snapshot: Snapshot) -> None:
    authorization.require_permission(snapshot.actor, "groups.edit")


def _require_can_write(group: Group, snapshot: Snapshot) -> None:
    """Raises NotAllowed for a group that gives more than the one who acts holds (rule 1)."""
    authorization.require_can_grant(snapshot.actor, admin=group.default, rights=group.rights)


def _require_unique_name(group: Group, snapshot: Snapshot) -> None:
    """Raises InvalidRequest for the name of another group, also in other letters that read the same (rule 30)."""
    name = folded(group.name)
    others = (each for each in snapshot.groups.groups.values() if each.group_id != group.group_id)
    if any(folded(each.name) == name for each in others):
        raise errors.InvalidRequest([("name", "There is already a group with this name.")])


def _change_set(existing: Group | None, after: Group, snapshot: Snapshot) -> ChangeSet:
    groups = snapshot.groups
    entry = group_entry(before=existing, after=after, account_id=groups.account_id, context=snapshot.context)
    change = GroupsChange(groups, groups.with_group(after, now=snapshot.now), after, snapshot.account)
    return ChangeSet(groups=change, entries=(entry,))

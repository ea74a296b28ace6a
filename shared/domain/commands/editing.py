"""Editing a user: rights, reference, end of access; names, phone, language while invited (rules 1, 3, 19, 28, 37)."""

from collections.abc import Mapping
from typing import Any

from shared.domain.commands import access_ends, rights
from shared.domain.model import accounts, errors
from shared.domain.model.accounts import Account
from shared.domain.model.names import require_not_posing_as_product
from shared.domain.model.users import Status, User
from shared.domain.model.versions import require_seen
from shared.domain.policy import state_machine
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.journal import PERSONAL, edit_entry
from shared.domain.policy.snapshot import Snapshot
from shared.domain.policy.state_machine import UserAction

_RIGHTS = frozenset({"admin", "groups", "permissions"})
_NAMES = frozenset({"first_name", "last_name"})


def edit(snapshot: Snapshot, *, changes: Mapping[str, Any], seen_version: int | None, product_name: str) -> ChangeSet:
    """Change what is given, by name; `seen_version` is the version that the editor saw.

    Raises NotFound, NotAllowed, Outdated, WrongState, InvalidRequest, AdminHasAllPermissions, LastAdmin,
    CannotActOnSelf.
    """
    user, context = snapshot.require_user(), snapshot.context
    state_machine.require_allowed(user, UserAction.EDIT, snapshot=snapshot)
    require_seen(user.version, seen=seen_version)
    state_machine.require_possible(user, UserAction.EDIT, snapshot=snapshot)
    if not changes.keys().isdisjoint(PERSONAL):
        sentence = "Once a person has joined, only they can change their names, phone and language."
        state_machine.require_status(user, Status.INVITED, snapshot=snapshot, sentence=sentence)
    edited = _with_rights(_with_fields(user, changes, snapshot.account), changes, snapshot=snapshot)
    edited = access_ends.with_end(edited, changes.get("access_until", edited.access_until), snapshot=snapshot)
    if user.counts_as_admin and not edited.counts_as_admin:
        accounts.require_another_admin(snapshot.account)
    if not _NAMES.isdisjoint(changes):
        require_not_posing_as_product(edited.first_name, edited.last_name, product_name=product_name)
    if edited == user:
        return ChangeSet.unchanged(user)
    after = edited.with_changes(now=snapshot.now)
    return ChangeSet.of_user(user, after, entries=(edit_entry(before=user, after=after, context=context),))


def require_last_name(last_name: object, account: Account) -> None:
    """Raises InvalidRequest without a last name, unless the account's invitations do without (rule 2)."""
    if last_name is None and account.settings.invite_profile == "full":
        raise errors.InvalidRequest([("last_name", "A last name is required.")])


def _with_fields(user: User, changes: Mapping[str, Any], account: Account) -> User:
    values = {name: value for name, value in changes.items() if name not in {*_RIGHTS, "access_until"}}
    if "last_name" in values:
        require_last_name(values["last_name"], account)
        values["last_name"] = values["last_name"] or ""
    return user.model_copy(update=values)


def _with_rights(user: User, changes: Mapping[str, Any], *, snapshot: Snapshot) -> User:
    if _RIGHTS.isdisjoint(changes):
        return user
    admin, group_ids = rights.chosen_groups(
        user, admin=changes.get("admin"), group_ids=changes.get("groups"), snapshot=snapshot
    )
    kept: Mapping[str, tuple[str, ...]] = {} if admin else {"allow": user.allow, "deny": user.deny}
    permissions = {"allow": (), "deny": (), **kept, **changes.get("permissions", {})}
    return rights.with_rights(user, admin=admin, group_ids=group_ids, snapshot=snapshot, **permissions)

"""Cloning the permissions of one user to others (rule 29)."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from shared.domain.commands import rights
from shared.domain.model import errors
from shared.domain.model.users import User, status_at
from shared.domain.policy import authorization
from shared.domain.policy.changes import ChangeSet, UserChange
from shared.domain.policy.journal import edit_entry
from shared.domain.policy.snapshot import CommitBasis, Snapshot
from shared.domain.policy.state_machine import POSSIBLE_IN, UserAction

SkipReason = Literal["not_found", "wrong_state", "admin_has_all_permissions"]


class CloneResult(NamedTuple):
    """What became of one user; `code` says why they were skipped."""

    user_id: str
    outcome: Literal["changed", "unchanged", "skipped"]
    code: SkipReason | None = None


class CloneBatch(NamedTuple):
    """The changes, what they rest on, and one result for each of the named users, in their order."""

    changes: ChangeSet
    basis: CommitBasis
    results: list[CloneResult]


def clone(snapshot: Snapshot, *, to: Iterable[str], with_groups: bool) -> CloneBatch:
    """Replace individual permissions of others by those of the snapshot's user; `with_groups`, their groups as well.

    Repeating changes nothing. Who is skipped stops nobody else. Raises NotAllowed, NotFound, InvalidRequest, and
    AdminHasAllPermissions for an administrator's permissions.
    """
    authorization.require_admin(snapshot.actor)
    source = snapshot.require_user()
    if source.admin:
        raise errors.AdminHasAllPermissions("Administrators have no individual permissions that could be cloned.")
    groups = [group.group_id for group in snapshot.groups.existing(source.groups)]
    if with_groups and not groups:
        raise errors.InvalidRequest([("groups", "This user is in no group.")])
    judged = [_judge(user_id, source, groups if with_groups else None, snapshot) for user_id in dict.fromkeys(to)]
    changes = [change for _, change in judged if change]
    entries = (edit_entry(before=before, after=after, context=snapshot.context) for before, after in changes if before)
    basis = snapshot.basis._replace(unchanged_users=(*snapshot.basis.unchanged_users, source))
    return CloneBatch(
        ChangeSet(users=tuple(changes), entries=tuple(entries)),
        basis if changes else snapshot.basis,
        [result for result, _ in judged],
    )


def _judge(
    user_id: str, source: User, group_ids: list[str] | None, snapshot: Snapshot
) -> tuple[CloneResult, UserChange | None]:
    user = snapshot.users.get(user_id)
    reason = _skip_reason(user, snapshot)
    if user is None or reason:
        return CloneResult(user_id, "skipped", reason), None
    changed = rights.with_rights(
        user,
        admin=False,
        group_ids=user.groups if group_ids is None else group_ids,
        allow=source.allow,
        deny=source.deny,
        snapshot=snapshot,
    )
    if changed == user:  # Also after an earlier transaction of this request, which had more users than one takes.
        is_done = user.operation == snapshot.request.operation_id
        return CloneResult(user_id, "changed" if is_done else "unchanged"), None
    return CloneResult(user_id, "changed"), UserChange(user, changed.with_changes(now=snapshot.now))


def _skip_reason(user: User | None, snapshot: Snapshot) -> SkipReason | None:
    if user is None:
        return "not_found"
    if user.admin:
        return "admin_has_all_permissions"
    return None if status_at(user, snapshot.now) in POSSIBLE_IN[UserAction.EDIT] else "wrong_state"

"""The state machine of a user: every allowed transition, who may cause it, and what a caller is therefore offered."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from shared.domain.model import errors
from shared.domain.model.users import Status, User, has_access, status_at
from shared.domain.policy import authorization
from shared.domain.policy.snapshot import Snapshot


class UserAction(StrEnum):
    """What someone, or the clock, does to a user."""

    INVITE = "invite"
    INVITE_AGAIN = "invite_again"  # An operator's, for an administrator whose first link was lost.
    RESEND = "resend"
    COPY_LINK = "copy_link"
    REVOKE = "revoke"
    EDIT = "edit"
    JOIN = "join"
    DECLINE = "decline"
    EXPIRE = "expire"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    BLOCK = "block"
    UNBLOCK = "unblock"
    REMOVE = "remove"
    LEAVE = "leave"


# Transitions that are not listed are refused. None: no user of this address was ever in the account.
TRANSITIONS: Mapping[UserAction, Mapping[Status | None, Status]] = {
    UserAction.INVITE: dict.fromkeys((None, Status.DECLINED, Status.REMOVED), Status.INVITED),
    UserAction.INVITE_AGAIN: dict.fromkeys(
        (None, Status.INVITED, Status.EXPIRED, Status.DECLINED, Status.REMOVED), Status.INVITED
    ),
    UserAction.RESEND: dict.fromkeys((Status.INVITED, Status.EXPIRED), Status.INVITED),
    UserAction.REVOKE: dict.fromkeys((Status.INVITED, Status.EXPIRED), Status.REMOVED),
    UserAction.JOIN: {Status.INVITED: Status.ACTIVE},
    UserAction.DECLINE: {Status.INVITED: Status.DECLINED},
    UserAction.EXPIRE: {Status.INVITED: Status.EXPIRED},
    UserAction.DEACTIVATE: dict.fromkeys((Status.ACTIVE, Status.BLOCKED), Status.INACTIVE),
    UserAction.LEAVE: {Status.ACTIVE: Status.INACTIVE},
    UserAction.REACTIVATE: {Status.INACTIVE: Status.ACTIVE},
    UserAction.BLOCK: {Status.ACTIVE: Status.BLOCKED},
    UserAction.UNBLOCK: {Status.BLOCKED: Status.ACTIVE},
    UserAction.REMOVE: dict.fromkeys((Status.ACTIVE, Status.BLOCKED, Status.INACTIVE), Status.REMOVED),
}
# Actions that leave the status as it is, and the statuses in which they are possible.
POSSIBLE_IN: Mapping[UserAction, frozenset[Status]] = {
    UserAction.COPY_LINK: frozenset({Status.INVITED}),
    UserAction.EDIT: frozenset({Status.INVITED, Status.ACTIVE, Status.BLOCKED}),
}

# A guard returns why the caller may not act on the user, or None.
Guard = Callable[[Snapshot, User], errors.Refusal | None]


def _refusal_to_invite(snapshot: Snapshot, user: User) -> errors.Refusal | None:
    return _refusal_without("users.invite", snapshot, user)


def _refusal_to_edit(snapshot: Snapshot, user: User) -> errors.Refusal | None:
    return _refusal_without("users.edit", snapshot, user)


def _refusal_without(permission: str, snapshot: Snapshot, user: User) -> errors.Refusal | None:
    if permission not in snapshot.actor.permissions:
        return errors.NotAllowed()
    return authorization.refusal_to_manage(snapshot.actor, user, snapshot.groups)


def _refusal_unless_admin(snapshot: Snapshot, user: User) -> errors.Refusal | None:
    if not snapshot.actor.admin:
        return errors.NotAllowed()
    return authorization.refusal_to_act_on(snapshot.actor, user)


def _refusal_to_copy_link(snapshot: Snapshot, user: User) -> errors.Refusal | None:
    refusal = _refusal_unless_admin(snapshot, user)
    if refusal or snapshot.account.settings.allow_link_copy:
        return refusal
    return errors.NotAllowed("This account does not allow links to be copied.")


def _refusal_unless_another_admin(snapshot: Snapshot, user: User) -> errors.Refusal | None:
    if snapshot.actor.admin and snapshot.actor.actor_id == user.user_id:
        return errors.CannotActOnSelf()
    return _refusal_unless_admin(snapshot, user)


def _refusal_unless_own_partner(snapshot: Snapshot, user: User) -> errors.Refusal | None:
    if snapshot.actor.actor_id != user.user_id or user.kind != "partner":
        return errors.NotAllowed("Only partners can leave an account themselves.")
    return None


# The actions of callers on a user, in the order in which they are offered.
ACTION_GUARDS: Mapping[UserAction, Guard] = {
    UserAction.RESEND: _refusal_to_invite,
    UserAction.COPY_LINK: _refusal_to_copy_link,
    UserAction.REVOKE: _refusal_to_invite,
    UserAction.EDIT: _refusal_to_edit,
    UserAction.BLOCK: _refusal_unless_another_admin,
    UserAction.UNBLOCK: _refusal_unless_admin,
    UserAction.DEACTIVATE: _refusal_unless_another_admin,
    UserAction.REACTIVATE: _refusal_unless_admin,
    UserAction.REMOVE: _refusal_unless_another_admin,
    UserAction.LEAVE: _refusal_unless_own_partner,
}

CONFLICT_BY_STATUS: Mapping[Status | None, type[errors.Refusal]] = {
    Status.INVITED: errors.AlreadyInvited,
    Status.EXPIRED: errors.AlreadyInvited,
    Status.ACTIVE: errors.AlreadyMember,
    Status.INACTIVE: errors.UserInactive,
    Status.BLOCKED: errors.UserBlocked,
}


def require_allowed(user: User, action: UserAction, *, snapshot: Snapshot) -> None:
    """Raises NotAllowed or CannotActOnSelf unless the one who acts may do this to the user, whatever their status."""
    refusal = ACTION_GUARDS[action](snapshot, user)
    if refusal:
        raise refusal


def status_after(user: User, action: UserAction, *, snapshot: Snapshot) -> Status | None:
    """Return the status that the action leads to, None if it has nothing left to do: repeating it is no error.

    Raises NotAllowed or CannotActOnSelf whatever the status, then WrongState.
    """
    require_allowed(user, action, snapshot=snapshot)
    return None if already_applied(user, action, snapshot=snapshot) else next_status(user, action, snapshot=snapshot)


def already_applied(user: User, action: UserAction, *, snapshot: Snapshot) -> bool:
    """Return whether the action has nothing left to do, so that repeating it is no error.

    Someone who joined and was removed has no invitation that was revoked.
    """
    if action is UserAction.REVOKE and user.joined_at is not None:
        return False
    return status_at(user, snapshot.now) in TRANSITIONS[action].values()


def next_status(user: User, action: UserAction, *, snapshot: Snapshot) -> Status:
    """Return the status that the action leads to; raises WrongState with the allowed actions."""
    status = status_at(user, snapshot.now)
    if status not in TRANSITIONS[action]:
        raise _wrong_state(user, status, snapshot)
    return TRANSITIONS[action][status]


def require_possible(user: User, action: UserAction, *, snapshot: Snapshot) -> None:
    """Raises WrongState with the allowed actions unless the action is possible in the user's status."""
    status = status_at(user, snapshot.now)
    if status not in POSSIBLE_IN[action]:
        raise _wrong_state(user, status, snapshot)


def require_status(user: User, required: Status, *, snapshot: Snapshot, sentence: str) -> None:
    """Raises WrongState with the allowed actions unless the user has this status by the clock."""
    status = status_at(user, snapshot.now)
    if status is not required:
        raise _wrong_state(user, status, snapshot, sentence=sentence)


def status_after_invite(existing: User | None, action: UserAction, *, snapshot: Snapshot) -> Status:
    """Return the status of an invited address; raises the conflict with a user who is there already (rule 4)."""
    status = status_at(existing, snapshot.now) if existing else None
    if status in TRANSITIONS[action]:
        return TRANSITIONS[action][status]
    reason = CONFLICT_BY_STATUS[status]
    hint = {"hint": "reactivate"} if reason is errors.UserInactive else {}
    sees_users = "users.view" in snapshot.actor.permissions
    raise reason(**hint, **({"user_id": snapshot.user_id} if sees_users else {}))


def allowed_actions(user: User, *, snapshot: Snapshot) -> list[str]:
    """Return the actions that the actor may take on this user now.

    Nothing for staff, whose routes are their own, and for someone who has no access, such as one who has just left.
    """
    actor = snapshot.actor
    if actor.is_operator_or_host or (actor.user is not None and not has_access(actor.user, snapshot.now)):
        return []
    status = status_at(user, snapshot.now)
    return [
        action.value
        for action, guard in ACTION_GUARDS.items()
        if _is_possible(action, status) and guard(snapshot, user) is None
    ]


def _is_possible(action: UserAction, status: Status) -> bool:
    return status in (TRANSITIONS[action] if action in TRANSITIONS else POSSIBLE_IN[action])


def _wrong_state(user: User, status: Status, snapshot: Snapshot, *, sentence: str | None = None) -> errors.WrongState:
    return errors.WrongState(
        sentence or f"This is not possible while the user is {status}.",
        user_status=status,
        allowed_actions=allowed_actions(user, snapshot=snapshot),
    )

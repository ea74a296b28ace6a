"""The state machine of a user: every allowed move, who may make it, and what a caller is therefore offered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from shared.domain.model import errors
from shared.domain.model.users import Status, User, status_at
from shared.domain.policy.authorization import require_admin, require_can_invite, require_can_manage, require_permission
from shared.domain.policy.snapshot import Snapshot


class UserAction(StrEnum):
    """What moves a user from one status to another."""

    INVITE = "invite"
    INVITE_ANEW = "invite_anew"  # An operator's, for an administrator whose first link was lost.
    RESEND = "resend"
    COPY_LINK = "copy_link"
    REVOKE = "revoke"
    EDIT = "edit"
    JOIN = "join"
    DECLINE = "decline"
    EXPIRE = "expire"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    REMOVE = "remove"


# Whatever is not here is refused. None: nobody of this address was ever in the account.
TRANSITIONS: Mapping[UserAction, Mapping[Status | None, Status]] = {
    UserAction.INVITE: {None: Status.INVITED, Status.DECLINED: Status.INVITED, Status.REMOVED: Status.INVITED},
    UserAction.INVITE_ANEW: {
        None: Status.INVITED,
        Status.INVITED: Status.INVITED,
        Status.EXPIRED: Status.INVITED,
        Status.DECLINED: Status.INVITED,
        Status.REMOVED: Status.INVITED,
    },
    UserAction.RESEND: {Status.INVITED: Status.INVITED, Status.EXPIRED: Status.INVITED},
    UserAction.COPY_LINK: {Status.INVITED: Status.INVITED},
    UserAction.REVOKE: {Status.INVITED: Status.REMOVED, Status.EXPIRED: Status.REMOVED},
    UserAction.EDIT: {Status.INVITED: Status.INVITED},
    UserAction.JOIN: {Status.INVITED: Status.ACTIVE},
    UserAction.DECLINE: {Status.INVITED: Status.DECLINED},
    UserAction.EXPIRE: {Status.INVITED: Status.EXPIRED},
    UserAction.DEACTIVATE: {Status.ACTIVE: Status.INACTIVE, Status.BLOCKED: Status.INACTIVE},
    UserAction.REACTIVATE: {Status.INACTIVE: Status.ACTIVE},
    UserAction.REMOVE: {Status.ACTIVE: Status.REMOVED, Status.BLOCKED: Status.REMOVED, Status.INACTIVE: Status.REMOVED},
}


def _entitled_to_invite(snapshot: Snapshot, user: User) -> None:
    require_can_invite(snapshot.actor, user, snapshot.groups)


def _entitled_to_edit(snapshot: Snapshot, user: User) -> None:
    require_permission(snapshot.actor, "users.edit")
    require_can_manage(snapshot.actor, user, snapshot.groups)


def _administrator(snapshot: Snapshot, _user: User) -> None:
    require_admin(snapshot.actor)


def _administrator_where_links_may_be_copied(snapshot: Snapshot, _user: User) -> None:
    require_admin(snapshot.actor)
    if not snapshot.account.settings.allow_link_copy:
        raise errors.NotAllowed("This account does not allow links to be copied.")


def _another_administrator(snapshot: Snapshot, user: User) -> None:
    require_admin(snapshot.actor)
    if snapshot.actor.actor_id == user.user_id:
        raise errors.CannotActOnSelf


# The verbs that a caller uses on a user who is there, each with its guard, in the order in which they are offered.
ACTION_GUARDS: Mapping[UserAction, Callable[[Snapshot, User], None]] = {
    UserAction.RESEND: _entitled_to_invite,
    UserAction.COPY_LINK: _administrator_where_links_may_be_copied,
    UserAction.REVOKE: _entitled_to_invite,
    UserAction.EDIT: _entitled_to_edit,
    UserAction.DEACTIVATE: _another_administrator,
    UserAction.REACTIVATE: _administrator,
    UserAction.REMOVE: _another_administrator,
}

_STANDING_IN_THE_WAY: Mapping[Status, type[errors.Refusal]] = {
    Status.INVITED: errors.AlreadyInvited,
    Status.EXPIRED: errors.AlreadyInvited,
    Status.ACTIVE: errors.AlreadyMember,
    Status.INACTIVE: errors.UserInactive,
    Status.BLOCKED: errors.UserBlocked,
}


def require_allowed(user: User, verb: UserAction, *, snapshot: Snapshot) -> None:
    """Raises what the guard of the verb raises: NotAllowed, CannotActOnSelf."""
    ACTION_GUARDS[verb](snapshot, user)


def already_applied(user: User, verb: UserAction) -> bool:
    """Whether the verb has nothing left to do, so that repeating it is no error."""
    return user.status in TRANSITIONS[verb].values()


def next_status(user: User, verb: UserAction, *, snapshot: Snapshot, now: datetime) -> Status:
    """The status that the verb leads to; raises WrongState, with what would be allowed, if it leads nowhere."""
    status = status_at(user, now)
    if status not in TRANSITIONS[verb]:
        raise errors.WrongState(
            f"This is not possible while the user is {status}.",
            user_status=status,
            allowed_actions=allowed_actions(user, snapshot=snapshot, now=now),
        )
    return TRANSITIONS[verb][status]


def invited(existing: User | None, verb: UserAction, *, now: datetime) -> Status:
    """The status of one whose address is invited; raises what stands in the way (rule 4)."""
    status = status_at(existing, now) if existing else None
    if status in TRANSITIONS[verb]:
        return TRANSITIONS[verb][status]
    reason = _STANDING_IN_THE_WAY[Status(status or "")]
    raise reason(**({"hint": "reactivate"} if reason is errors.UserInactive else {}))


def allowed_actions(user: User, *, snapshot: Snapshot, now: datetime) -> list[str]:
    """What the one who acts in the snapshot may do with this user now."""
    status = status_at(user, now)
    return [
        verb.value
        for verb in ACTION_GUARDS
        if status in TRANSITIONS[verb] and _is_allowed(user, verb, snapshot=snapshot)
    ]


def _is_allowed(user: User, verb: UserAction, *, snapshot: Snapshot) -> bool:
    try:
        require_allowed(user, verb, snapshot=snapshot)
    except errors.Refusal:
        return False
    return True

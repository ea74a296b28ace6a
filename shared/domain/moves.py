"""The state machine of a user: every allowed move, who may make it, and what a caller is therefore offered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from shared.domain import errors
from shared.domain.actors import require_admin, require_may_invite, require_permission, require_reaches
from shared.domain.scenes import Scene
from shared.domain.users import Status, User, status_at


class Verb(StrEnum):
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
MOVES: Mapping[Verb, Mapping[Status | None, Status]] = {
    Verb.INVITE: {None: Status.INVITED, Status.DECLINED: Status.INVITED, Status.REMOVED: Status.INVITED},
    Verb.INVITE_ANEW: {
        None: Status.INVITED,
        Status.INVITED: Status.INVITED,
        Status.EXPIRED: Status.INVITED,
        Status.DECLINED: Status.INVITED,
        Status.REMOVED: Status.INVITED,
    },
    Verb.RESEND: {Status.INVITED: Status.INVITED, Status.EXPIRED: Status.INVITED},
    Verb.COPY_LINK: {Status.INVITED: Status.INVITED},
    Verb.REVOKE: {Status.INVITED: Status.REMOVED, Status.EXPIRED: Status.REMOVED},
    Verb.EDIT: {Status.INVITED: Status.INVITED},
    Verb.JOIN: {Status.INVITED: Status.ACTIVE},
    Verb.DECLINE: {Status.INVITED: Status.DECLINED},
    Verb.EXPIRE: {Status.INVITED: Status.EXPIRED},
    Verb.DEACTIVATE: {Status.ACTIVE: Status.INACTIVE, Status.BLOCKED: Status.INACTIVE},
    Verb.REACTIVATE: {Status.INACTIVE: Status.ACTIVE},
    Verb.REMOVE: {Status.ACTIVE: Status.REMOVED, Status.BLOCKED: Status.REMOVED, Status.INACTIVE: Status.REMOVED},
}


def _entitled_to_invite(scene: Scene, user: User) -> None:
    require_may_invite(scene.actor, user, scene.groups)


def _entitled_to_edit(scene: Scene, user: User) -> None:
    require_permission(scene.actor, "users.edit")
    require_reaches(scene.actor, user, scene.groups)


def _administrator(scene: Scene, _user: User) -> None:
    require_admin(scene.actor)


def _administrator_where_links_may_be_copied(scene: Scene, _user: User) -> None:
    require_admin(scene.actor)
    if not scene.account.settings.allow_link_copy:
        raise errors.NotAllowed("This account does not allow links to be copied.")


def _another_administrator(scene: Scene, user: User) -> None:
    require_admin(scene.actor)
    if scene.actor.actor_id == user.user_id:
        raise errors.CannotActOnSelf


# The verbs that a caller uses on a user who is there, each with its guard, in the order in which they are offered.
ACTIONS: Mapping[Verb, Callable[[Scene, User], None]] = {
    Verb.RESEND: _entitled_to_invite,
    Verb.COPY_LINK: _administrator_where_links_may_be_copied,
    Verb.REVOKE: _entitled_to_invite,
    Verb.EDIT: _entitled_to_edit,
    Verb.DEACTIVATE: _another_administrator,
    Verb.REACTIVATE: _administrator,
    Verb.REMOVE: _another_administrator,
}

_STANDING_IN_THE_WAY: Mapping[Status, type[errors.Refusal]] = {
    Status.INVITED: errors.AlreadyInvited,
    Status.EXPIRED: errors.AlreadyInvited,
    Status.ACTIVE: errors.AlreadyMember,
    Status.INACTIVE: errors.UserInactive,
    Status.BLOCKED: errors.UserBlocked,
}


def require_allowed(user: User, verb: Verb, *, scene: Scene) -> None:
    """Raises what the guard of the verb raises: NotAllowed, CannotActOnSelf."""
    ACTIONS[verb](scene, user)


def is_in_effect(user: User, verb: Verb) -> bool:
    """Whether the verb has nothing left to do, so that repeating it is no error."""
    return user.status in MOVES[verb].values()


def moved(user: User, verb: Verb, *, scene: Scene, now: datetime) -> Status:
    """The status that the verb leads to; raises WrongState, with what would be allowed, if it leads nowhere."""
    status = status_at(user, now)
    if status not in MOVES[verb]:
        raise errors.WrongState(
            f"This is not possible while the user is {status}.",
            user_status=status,
            allowed_actions=allowed_actions(user, scene=scene, now=now),
        )
    return MOVES[verb][status]


def invited(existing: User | None, verb: Verb, *, now: datetime) -> Status:
    """The status of one whose address is invited; raises what stands in the way (rule 4)."""
    status = status_at(existing, now) if existing else None
    if status in MOVES[verb]:
        return MOVES[verb][status]
    reason = _STANDING_IN_THE_WAY[Status(status or "")]
    raise reason(**({"hint": "reactivate"} if reason is errors.UserInactive else {}))


def allowed_actions(user: User, *, scene: Scene, now: datetime) -> list[str]:
    """What the one who acts in the scene may do with this user now."""
    status = status_at(user, now)
    return [verb.value for verb in ACTIONS if status in MOVES[verb] and _is_allowed(user, verb, scene=scene)]


def _is_allowed(user: User, verb: Verb, *, scene: Scene) -> bool:
    try:
        require_allowed(user, verb, scene=scene)
    except errors.Refusal:
        return False
    return True

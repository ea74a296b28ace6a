"""The state machine of a user: every allowed move, who may make it, and what a caller is therefore offered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from shared.domain import errors
from shared.domain.actors import Actor, require_admin
from shared.domain.users import Status, User, status_at


class Verb(StrEnum):
    """What moves a user from one status to another."""

    INVITE = "invite"
    INVITE_ANEW = "invite_anew"  # An operator's, for an administrator whose first link was lost.
    JOIN = "join"
    EXPIRE = "expire"
    DEACTIVATE = "deactivate"


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
    Verb.JOIN: {Status.INVITED: Status.ACTIVE},
    Verb.EXPIRE: {Status.INVITED: Status.EXPIRED},
    Verb.DEACTIVATE: {Status.ACTIVE: Status.INACTIVE, Status.BLOCKED: Status.INACTIVE},
}


def _require_another_administrator(actor: Actor, user: User) -> None:
    require_admin(actor)
    if actor.actor_id == user.user_id:
        raise errors.CannotActOnSelf


# The verbs that a caller uses on a user who is there, each with its guard.
ACTIONS: Mapping[Verb, Callable[[Actor, User], None]] = {
    Verb.DEACTIVATE: _require_another_administrator,
}

_STANDING_IN_THE_WAY: Mapping[Status, type[errors.Refusal]] = {
    Status.INVITED: errors.AlreadyInvited,
    Status.EXPIRED: errors.AlreadyInvited,
    Status.ACTIVE: errors.AlreadyMember,
    Status.INACTIVE: errors.UserInactive,
    Status.BLOCKED: errors.UserBlocked,
}


def require_allowed(user: User, verb: Verb, *, by: Actor) -> None:
    """Raises what the guard of the verb raises: NotAllowed, CannotActOnSelf."""
    ACTIONS[verb](by, user)


def is_in_effect(user: User, verb: Verb) -> bool:
    """Whether the verb has nothing left to do, so that repeating it is no error."""
    return user.status in MOVES[verb].values()


def moved(user: User, verb: Verb, *, by: Actor, now: datetime) -> Status:
    """The status that the verb leads to; raises WrongState, with what would be allowed, if it leads nowhere."""
    status = status_at(user, now)
    if status not in MOVES[verb]:
        raise errors.WrongState(
            f"This is not possible while the user is {status}.",
            user_status=status,
            allowed_actions=allowed_actions(user, seen_by=by, now=now),
        )
    return MOVES[verb][status]


def invited(existing: User | None, verb: Verb, *, now: datetime) -> Status:
    """The status of one whose address is invited; raises what stands in the way (rule 4)."""
    status = status_at(existing, now) if existing else None
    if status in MOVES[verb]:
        return MOVES[verb][status]
    reason = _STANDING_IN_THE_WAY[Status(status or "")]
    raise reason(**({"hint": "reactivate"} if reason is errors.UserInactive else {}))


def allowed_actions(user: User, *, seen_by: Actor, now: datetime) -> list[str]:
    """What this caller may do with this user now."""
    status = status_at(user, now)
    return [verb.value for verb in ACTIONS if status in MOVES[verb] and _is_allowed(user, verb, by=seen_by)]


def _is_allowed(user: User, verb: Verb, *, by: Actor) -> bool:
    try:
        require_allowed(user, verb, by=by)
    except errors.Refusal:
        return False
    return True

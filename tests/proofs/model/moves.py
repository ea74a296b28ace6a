"""The states of a user, and what leads from one to another."""

from collections.abc import Callable

from tests.proofs.model.values import Refused, User

# Whatever is not here is refused; `none` has never been invited, or is not there any more.
MOVES = {
    "invite": {"none": "invited", "declined": "invited", "removed": "invited"},
    "invite_administrator": {
        "none": "invited",
        "invited": "invited",
        "expired": "invited",
        "declined": "invited",
        "removed": "invited",
    },
    "join": {"invited": "active"},
    "expire": {"invited": "expired"},
    "deactivate": {"active": "inactive", "blocked": "inactive"},
}

# What stands in the way of an address that is invited.
IN_THE_WAY = {
    "invited": "already_invited",
    "expired": "already_invited",
    "active": "already_member",
    "inactive": "user_inactive",
    "blocked": "user_blocked",
}

# Why a genuine link is dead.
DEAD = {
    "active": "invitation_accepted",
    "blocked": "invitation_accepted",
    "inactive": "invitation_accepted",
    "expired": "invitation_expired",
    "declined": "invitation_declined",
    "removed": "invitation_revoked",
}

# What is offered with a user, and who may do it.
ACTIONS: dict[str, Callable[[User, User], bool]] = {
    "deactivate": lambda actor, user: actor.admin and actor.address != user.address,
}


def moved(command: str, status: str) -> str:
    """Where the command leads from there."""
    if status not in MOVES[command]:
        raise Refused(409, "wrong_state")
    return MOVES[command][status]


def offered(user: User, status: str, *, to: User) -> list[str]:
    """The actions that somebody is offered with a user."""
    return [name for name, may in ACTIONS.items() if status in MOVES[name] and may(to, user)]

"""Who acts: an active user of the account, an operator, or the clock; and what that lets them do (rule 1)."""

from typing import NamedTuple

from shared.domain.model import errors, permissions
from shared.domain.model.groups import Groups
from shared.domain.model.users import Status, User

_OPERATOR = "operator:"


class Actor(NamedTuple):
    """`actor_id` is what the journal names: a user_id, `operator:<identity_id>` or `clock`."""

    actor_id: str
    admin: bool
    permissions: frozenset[str]
    user: User | None = None

    @classmethod
    def of(cls, user: User, groups: Groups) -> "Actor":
        """A user with the rights that they hold now."""
        return cls(user.user_id, admin=user.admin, permissions=rights_of(user, groups), user=user)

    @classmethod
    def operator(cls, identity_id: str) -> "Actor":
        """Staff of the host product, who need no user in the account."""
        return cls(_OPERATOR + identity_id, admin=True, permissions=permissions.ALL)


CLOCK = Actor("clock", admin=False, permissions=frozenset())  # What no person did.


def is_operator(actor_id: str) -> bool:
    """Whether a stored actor was an operator."""
    return actor_id.startswith(_OPERATOR)


def rights_of(user: User, groups: Groups) -> frozenset[str]:
    """Effective permissions of a user, whatever their status."""
    return groups.permissions(admin=user.admin, group_ids=user.groups, allow=user.allow, deny=user.deny)


def require_admin(actor: Actor) -> None:
    """Raises NotAllowed for everybody but administrators and operators."""
    if not actor.admin:
        raise errors.NotAllowed


def require_permission(actor: Actor, permission: str) -> None:
    """Raises NotAllowed if the actor lacks it."""
    if permission not in actor.permissions:
        raise errors.NotAllowed


def require_can_grant(actor: Actor, *, admin: bool, rights: frozenset[str]) -> None:
    """Nobody grants what they do not hold: raises NotAllowed if these go beyond the actor's own.

    What is granted and denied at once counts as granted: the denial can be lifted later.
    """
    if not _holds(actor, admin=admin, rights=rights):
        raise errors.NotAllowed("You cannot give rights that you do not hold yourself.")


def _holds(actor: Actor, *, admin: bool, rights: frozenset[str]) -> bool:
    return (actor.admin or not admin) and rights <= actor.permissions


def require_can_manage(actor: Actor, user: User, groups: Groups) -> None:
    """Nobody acts on a user who holds more than they do: raises NotAllowed."""
    given = groups.permissions(admin=user.admin, group_ids=user.groups, allow=user.allow)
    if not _holds(actor, admin=user.admin, rights=given):
        raise errors.NotAllowed("This user holds rights that you do not hold yourself.")


def require_can_invite(actor: Actor, user: User, groups: Groups) -> None:
    """Raises NotAllowed unless the actor may invite, and somebody with these rights."""
    require_permission(actor, "users.invite")
    require_can_manage(actor, user, groups)


def can_still_invite(inviter: User | None, *, invited: User, groups: Groups) -> bool:
    """Whether the one who invited would still be entitled to (rule 1, checked again whenever the link is used)."""
    if is_operator(invited.invitation.invited_by):
        return True
    if inviter is None or inviter.status is not Status.ACTIVE:
        return False
    try:
        require_can_invite(Actor.of(inviter, groups), invited, groups)
    except errors.NotAllowed:
        return False
    return True

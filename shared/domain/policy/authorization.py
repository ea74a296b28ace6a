"""Who may do what: the order of security checks, and the rights of users, operators and the clock (rules 1 and 6)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from shared.domain.model import errors, permissions
from shared.domain.model.accounts import Account
from shared.domain.model.groups import Groups
from shared.domain.model.identities import Identity
from shared.domain.model.users import Kind, Status, User, has_access, status_at
from shared.domain.policy.principals import Host, Operator, Person, Principal

_MANAGES_MORE = "This user holds rights that you do not hold yourself."
_PARTNER_ACTS_ON_ADMIN = "A partner cannot do this to an administrator of the account."
_PARTNER_MAKES_ADMIN = "A partner cannot make someone an administrator who is not a partner."
_OPERATOR = "operator:"
_HOST = "host:"


class Actor(NamedTuple):
    """Who acts. `actor_id` is what the journal names: a user_id, `operator:<identity_id>` or `clock`."""

    actor_id: str
    admin: bool
    permissions: frozenset[str]
    user: User | None = None

    @classmethod
    def of(cls, user: User, groups: Groups) -> "Actor":
        """Return a user with the rights that they hold now."""
        return cls(user.user_id, admin=user.admin, permissions=rights_of(user, groups), user=user)

    @classmethod
    def operator(cls, identity_id: str) -> "Actor":
        """Return staff of the host product, who need no user in the account."""
        return cls(_OPERATOR + identity_id, admin=True, permissions=permissions.ALL)

    @classmethod
    def host(cls, client_id: str) -> "Actor":
        """Return the host product's back end, which reads every account, and changes none but by routes of its own."""
        views = frozenset(name for name in permissions.ALL if name.endswith(".view"))
        return cls(_HOST + client_id, admin=False, permissions=views)

    @classmethod
    def without_rights(cls, actor_id: str) -> "Actor":
        """Return the one whom the journal names for what is carried out on their behalf, without any rights."""
        return cls(actor_id, admin=False, permissions=frozenset())

    @property
    def is_operator_or_host(self) -> bool:
        """Return whether an operator or the host acts, neither of whom is a user of the account."""
        return self.actor_id.startswith((_OPERATOR, _HOST))

    @property
    def is_host(self) -> bool:
        """Return whether the host product's back end acts."""
        return self.actor_id.startswith(_HOST)


CLOCK = Actor.without_rights("clock")  # Acts in sweeps and on delivery events.


def is_operator(actor_id: str) -> bool:
    """Return whether a stored actor was an operator."""
    return actor_id.startswith(_OPERATOR)


def identity_id_of_operator(actor_id: str) -> str | None:
    """Return the identity of a stored actor who was an operator; None for any other."""
    return actor_id.removeprefix(_OPERATOR) if is_operator(actor_id) else None


def rights_of(user: User, groups: Groups) -> frozenset[str]:
    """Return the effective permissions of a user, whatever their status (rule 28)."""
    return groups.permissions(admin=user.admin, group_ids=user.groups, allow=user.allow, deny=user.deny)


def granted_to(user: User, groups: Groups) -> frozenset[str]:
    """Return the permissions by groups and `allow`; a denial takes nothing off, since it can be lifted later.

    Until they join, what the account gives to everybody new does not count: it is no grant of the inviter (rule 1).
    """
    from_account = () if user.joined_at else user.invitation.from_account
    return granted_beside(from_account, groups, admin=user.admin, group_ids=user.groups, allow=user.allow)


def granted_beside(
    from_account: Collection[str], groups: Groups, *, admin: bool, group_ids: Iterable[str], allow: Iterable[str]
) -> frozenset[str]:
    """Return the permissions by these groups and `allow`, without those that come from the account."""
    group_ids, allow = ([each for each in given if each not in from_account] for given in (group_ids, allow))
    return groups.permissions(admin=admin, group_ids=group_ids, allow=allow)


def require_person(principal: Principal) -> Person:
    """Return the principal as a person; raises NotAllowed for the host, who has no identity."""
    if not isinstance(principal, Person):
        raise errors.NotAllowed
    return principal


def require_operator(principal: Principal) -> Operator:
    """Return the principal as an operator; raises NotAllowed for anyone else."""
    if not isinstance(principal, Operator):
        raise errors.NotAllowed
    return principal


def require_signed_in(principal: Person | Operator, identity: Identity | None) -> Identity:
    """Return the principal's identity; raises Unauthorized for one that was blocked, taken over or never known.

    Also for a session that has ended: with a changed password, or everywhere at once (rule 18); and for an operator
    whose mailbox is not proven (rule 15).
    """
    found = require_own_identity(principal, identity)
    if has_ended(principal, found) or (isinstance(principal, Operator) and not found.proven):
        raise errors.Unauthorized
    return found


def require_own_identity(principal: Person | Operator, identity: Identity | None) -> Identity:
    """Return the principal's identity, also if their session has ended; otherwise as `require_signed_in`."""
    if identity is None or identity.blocked or identity.sub != principal.sub:
        raise errors.Unauthorized
    if identity.taken_over and not principal.after_takeover:
        raise errors.Unauthorized
    return identity


def has_ended(principal: Person | Operator, identity: Identity) -> bool:
    """Return whether the principal's session began before the moment from which sessions count, and was not kept."""
    if identity.sessions_since is None or principal.signed_in_at >= identity.sessions_since.timestamp():
        return False
    return not principal.session or principal.session != identity.kept_session


def require_actor(
    principal: Principal,
    *,
    identity: Identity | None,
    account: Account | None,
    member: User | None,
    groups: Groups,
    now: datetime,
) -> Actor:
    """Return who acts in an account: the host, a signed-in operator, or its signed-in active user with their rights.

    Raises Unauthorized, as `require_signed_in` does; NotFound alike for an account that does not exist and one that the
    caller is no active user of (rule 20); AccountSuspended.
    """
    if isinstance(principal, Host):
        return Actor.host(principal.client_id)
    signed_in = require_signed_in(principal, identity)
    if isinstance(principal, Operator):
        return Actor.operator(signed_in.identity_id)
    if account is None or member is None or not has_access(member, now):
        raise errors.NotFound
    if account.is_suspended:
        raise errors.AccountSuspended
    return Actor.of(member, groups)


def require_admin(actor: Actor) -> None:
    """Raises NotAllowed unless the actor is an administrator or an operator."""
    if not actor.admin:
        raise errors.NotAllowed


def require_own_admin(actor: Actor) -> None:
    """Raises NotAllowed unless the actor is an administrator of the account who is no partner."""
    if actor.user is None or not actor.admin or actor.user.kind == "partner":
        raise errors.NotAllowed


def require_operator_or_host(actor: Actor) -> None:
    """Raises NotAllowed unless the actor is an operator or the host."""
    if not actor.is_operator_or_host:
        raise errors.NotAllowed


def require_permission(actor: Actor, permission: str) -> None:
    """Raises NotAllowed if the actor lacks the permission."""
    if permission not in actor.permissions:
        raise errors.NotAllowed


def can_grant(actor: Actor, *, admin: bool, rights: frozenset[str]) -> bool:
    """Return whether the actor holds all of these rights (rule 1: nobody grants what they do not hold)."""
    return (actor.admin or not admin) and rights <= actor.permissions


def require_can_grant(actor: Actor, *, admin: bool, rights: frozenset[str]) -> None:
    """Raises NotAllowed if these rights go beyond the actor's own.

    A right that is granted and denied at once counts as granted: the denial can be lifted later.
    """
    if not can_grant(actor, admin=admin, rights=rights):
        raise errors.NotAllowed("You cannot give rights that you do not hold yourself.")


def can_act_on(actor: Actor, user: User) -> bool:
    """Return whether the kinds of both allow it: a partner never acts on an administrator who is not one (rule 6)."""
    return not user.admin or can_make_admin(actor, kind=user.kind)


def can_make_admin(actor: Actor, *, kind: Kind) -> bool:
    """Return whether the actor's kind allows them to make users of this kind administrators (rule 6).

    A partner makes no administrator on whom they could not act afterwards: only another partner.
    """
    is_partner = actor.user is not None and actor.user.kind == "partner"
    return kind == "partner" or not is_partner


def require_can_make_admin(actor: Actor, *, admin: bool, kind: Kind) -> None:
    """Raises NotAllowed if the user is to be an administrator and the actor may make none of this kind."""
    if admin and not can_make_admin(actor, kind=kind):
        raise errors.NotAllowed(_PARTNER_MAKES_ADMIN)


def refusal_to_act_on(actor: Actor, user: User) -> errors.NotAllowed | None:
    """Return why the actor may not act on the user, None if they may (rule 6)."""
    return None if can_act_on(actor, user) else errors.NotAllowed(_PARTNER_ACTS_ON_ADMIN)


def require_can_act_on(actor: Actor, user: User) -> None:
    """Raises NotAllowed for a partner who would act on an administrator who is not one (rule 6)."""
    if refusal := refusal_to_act_on(actor, user):
        raise refusal


def refusal_to_manage(actor: Actor, user: User, groups: Groups) -> errors.NotAllowed | None:
    """Return why the actor may not manage the user, who holds more (rule 1) or is as rule 6 says; None if they may."""
    if not can_grant(actor, admin=user.admin, rights=granted_to(user, groups)):
        return errors.NotAllowed(_MANAGES_MORE)
    return refusal_to_act_on(actor, user)


def can_manage(actor: Actor, user: User, groups: Groups) -> bool:
    """Return whether the user holds nothing that the actor does not hold (rule 1), and rule 6 allows it."""
    return refusal_to_manage(actor, user, groups) is None


def require_can_manage(actor: Actor, user: User, groups: Groups) -> None:
    """Raises NotAllowed for someone who holds more than the actor (rule 1), and as rule 6 says."""
    if refusal := refusal_to_manage(actor, user, groups):
        raise refusal


def can_invite(actor: Actor, user: User, groups: Groups) -> bool:
    """Return whether the actor may invite a user with these rights, as an administrator if they are to be one."""
    return "users.invite" in actor.permissions and can_manage(actor, user, groups)


def can_reach_records_of(manager: User, user: User, *, now: datetime) -> bool:
    """Return whether teams let the one reach the other's records, within their own permissions (rule 31).

    Managers reach the users of their teams; not other managers, and not users of their users' teams. Who is not active
    neither reaches nor is reached.
    """
    are_active = has_access(manager, now) and has_access(user, now)
    return are_active and not set(manager.manages_teams).isdisjoint(user.member_of_teams)


def has_orphaned(inviter: User, *, invited: User, groups: Groups, now: datetime) -> bool:
    """Return whether the inviter has gone for good, or may no longer invite this user; a block is a pause (rule 1)."""
    is_here = status_at(inviter, now) in {Status.ACTIVE, Status.BLOCKED}
    return not (is_here and can_invite(Actor.of(inviter, groups), invited, groups))


def can_still_copy(copier: User | None, *, invited: User, groups: Groups, now: datetime) -> bool:
    """Return whether who copied a link is an administrator who may act on the user: checked at each use (rule 8)."""
    if copier is None or not has_access(copier, now):
        return False
    actor = Actor.of(copier, groups)
    return actor.admin and can_manage(actor, invited, groups)


def can_still_invite(
    inviter: User | None, operator: Identity | None, *, invited: User, groups: Groups, now: datetime
) -> bool:
    """Return whether the inviter is still entitled to invite this user: checked at each use of the link (rule 1).

    `operator` is the identity of an inviting operator, who is entitled until it is blocked.
    """
    if is_operator(invited.invitation.invited_by):
        return operator is not None and not operator.blocked
    is_active = inviter is not None and has_access(inviter, now)
    return inviter is not None and is_active and can_invite(Actor.of(inviter, groups), invited, groups)

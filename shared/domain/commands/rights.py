"""Changing what a user may do: administrator, groups, individual permissions (rules 1, 3, 19, 28 and 29)."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from shared.domain.model import accounts, errors
from shared.domain.model.accounts import Account
from shared.domain.model.groups import ADMINISTRATORS
from shared.domain.model.invitees import Invitee
from shared.domain.model.users import Invitation, Status, User
from shared.domain.policy import authorization
from shared.domain.policy.authorization import rights_of
from shared.domain.policy.snapshot import Snapshot


def chosen_groups(
    user: User, *, admin: bool | None, group_ids: Iterable[str] | None, snapshot: Snapshot
) -> tuple[bool, tuple[str, ...]]:
    """Return whether the user is an administrator, and their groups, where None leaves what they have (rule 3).

    `admin` and membership of "Administrators" are the same. An administrator of no other group who becomes none gets
    the account's starting group. Raises InvalidRequest, also if both contradict each other.
    """
    groups = snapshot.groups
    default_group = None if group_ids is not None else snapshot.account.settings.default_group
    chosen = (
        tuple(group_ids) if group_ids is not None else tuple(each.group_id for each in groups.existing(user.groups))
    )
    if admin is False and group_ids is not None and ADMINISTRATORS in chosen:
        raise errors.InvalidRequest([("groups", "Only administrators can be in this group.")])
    if admin is False:
        chosen = tuple(group_id for group_id in chosen if group_id != ADMINISTRATORS)
    return groups.membership(chosen, admin=bool(admin), default_group=default_group)


class InviteeRights(NamedTuple):
    """What an invitation gives; `from_account` are those groups and permissions that the account gives to everybody."""

    admin: bool
    groups: tuple[str, ...]
    allow: tuple[str, ...]
    from_account: tuple[str, ...]


def of_invitee(invitee: Invitee, snapshot: Snapshot) -> InviteeRights:
    """Return the rights that an invitation gives, with the account's own groups and permissions for new users.

    Raises InvalidRequest, AdminHasAllPermissions, and NotAllowed for what the inviter may not give (rule 1).
    """
    account, groups, actor = snapshot.account, snapshot.groups, snapshot.actor
    admin, group_ids = groups.membership(
        invitee.groups, admin=invitee.admin, default_group=account.settings.default_group
    )
    allow, deny = invitee.allow, invitee.deny
    require_no_permissions_of_admin(admin=admin, allow=allow, deny=deny)
    if deny:
        require_can_deny(snapshot)
    if not admin:
        allow = with_global_permissions(allow, deny=deny, account=account)
    from_account = given_by_account((*group_ids, *allow), account)
    granted = authorization.granted_beside(from_account, groups, admin=admin, group_ids=group_ids, allow=allow)
    authorization.require_can_grant(actor, admin=admin, rights=granted)
    authorization.require_can_make_admin(actor, admin=admin, kind=invitee.kind)
    return InviteeRights(admin, group_ids, allow, from_account)


def with_rights(
    user: User,
    *,
    admin: bool,
    group_ids: Iterable[str],
    allow: Iterable[str],
    deny: Iterable[str],
    snapshot: Snapshot,
) -> User:
    """Return the user with these rights, in the order in which they had them; the same user if nothing differs.

    An administrator has no individual permissions. A user who widens what an invitation gives answers for it, as its
    inviter, and must be allowed to invite; so does one who gives back what the account gave and an edit took away.
    Raises NotAllowed, AdminHasAllPermissions, LastAdmin.
    """
    require_no_permissions_of_admin(admin=admin, allow=allow, deny=deny)
    after = user.model_copy(
        update={
            "admin": admin,
            "groups": _kept(user.groups, group_ids),
            "allow": _kept(user.allow, allow),
            "deny": _kept(user.deny, deny),
        }
    )
    if after == user:
        return user
    after = after.model_copy(update={"invitation": _invitation_after(user, after)})
    before, rights = (authorization.granted_to(each, snapshot.groups) for each in (user, after))
    authorization.require_can_grant(snapshot.actor, admin=admin, rights=rights)
    authorization.require_can_make_admin(snapshot.actor, admin=admin, kind=user.kind)
    if after.deny != user.deny:
        require_can_deny(snapshot)
    if user.counts_as_admin and not admin:
        accounts.require_another_admin(snapshot.account)
    if user.status is Status.INVITED and (admin > user.admin or not rights <= before):
        authorization.require_permission(snapshot.actor, "users.invite")  # Else the link would refuse from now on.
        invitation = after.invitation.sent_by(snapshot.actor.actor_id)
        after = after.model_copy(update={"invitation": invitation})
    orphans = user.has_invitations_to_revoke or _may_orphan_invitations(user, after, snapshot)
    return after.model_copy(update={"has_invitations_to_revoke": orphans})


def require_no_permissions_of_admin(*, admin: bool, allow: Iterable[str], deny: Iterable[str]) -> None:
    """Raises AdminHasAllPermissions if an administrator is to have individual permissions (rule 28)."""
    if admin and (tuple(allow) or tuple(deny)):
        raise errors.AdminHasAllPermissions


def require_can_deny(snapshot: Snapshot) -> None:
    """Raises NotAllowed unless the one who acts is an administrator: nobody else writes `deny` (rule 28)."""
    if not snapshot.actor.admin:
        raise errors.NotAllowed("Only administrators can deny permissions.")


def with_global_permissions(allow: Iterable[str], *, deny: Collection[str], account: Account) -> tuple[str, ...]:
    """Return the allowed permissions with the account's global ones that the invitation does not deny."""
    added = (each for each in account.settings.global_permissions if each not in deny)
    return tuple(dict.fromkeys((*allow, *added)))


def given_by_account(given: Iterable[str], account: Account) -> tuple[str, ...]:
    """Return the groups and permissions among these that the account gives to each new user."""
    settings = account.settings
    return tuple(each for each in given if each == settings.default_group or each in settings.global_permissions)


def still_given_by_account(user: User, groups_left: Iterable[str], account: Account) -> tuple[str, ...]:
    """Return what the account gave at the invitation, or gives now: neither is granted by who resends."""
    given = (*groups_left, *user.allow)
    by_account = {*user.invitation.from_account, *given_by_account(given, account)}
    return tuple(each for each in given if each in by_account)


def _invitation_after(before: User, after: User) -> Invitation:
    """Return the invitation with what the account gave, as far as the user has it before and after an edit.

    What is taken away and given back later is then the grant of the one who gives it back.
    """
    kept = {*before.groups, *before.allow} & {*after.groups, *after.allow}
    invitation = before.invitation
    from_account = tuple(each for each in invitation.from_account if each in kept)
    return invitation.model_copy(update={"from_account": from_account})


def _kept(had: tuple[str, ...], wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the wanted names once each; in the order of before if the set is the same."""
    found = tuple(dict.fromkeys(wanted))
    return had if set(found) == set(had) else found


def _may_orphan_invitations(before: User, after: User, snapshot: Snapshot) -> bool:
    """Return whether invitations that the user sent may give more than the user still may (rule 1)."""
    had, has = (rights_of(user, snapshot.groups) for user in (before, after))
    has_lost = not had <= has or (before.admin and not after.admin)
    return before.status is not Status.INVITED and "users.invite" in had and has_lost

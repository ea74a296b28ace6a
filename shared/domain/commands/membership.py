"""Life after joining: deactivate, reactivate, remove (rules 19-21 and 24-25)."""

from collections.abc import Collection
from datetime import datetime

from shared.domain.model import accounts
from shared.domain.model.users import Status, User, require_found
from shared.domain.policy import state_machine
from shared.domain.policy.authorization import rights_of
from shared.domain.policy.changes import Change
from shared.domain.policy.journal import EntryType, entry
from shared.domain.policy.mails import mail
from shared.domain.policy.snapshot import Snapshot
from shared.domain.policy.state_machine import UserAction


def deactivate(snapshot: Snapshot, *, now: datetime) -> Change:
    """Access ends with the write, and the seat is free; the last active administrator stays.

    Raises NotFound, NotAllowed, CannotActOnSelf, WrongState, LastAdmin.
    """
    return _end(snapshot, UserAction.DEACTIVATE, "user.deactivated", now=now)


def remove(snapshot: Snapshot, *, now: datetime) -> Change:
    """The user is no more one of the account's, nor listed; raises what `deactivate` raises."""
    return _end(snapshot, UserAction.REMOVE, "user.removed", now=now)


def _end(snapshot: Snapshot, verb: UserAction, kind: EntryType, *, now: datetime) -> Change:
    user, context = require_found(snapshot.user), snapshot.context(now)
    state_machine.require_allowed(user, verb, snapshot=snapshot)
    if state_machine.already_applied(user, verb):
        return Change(before=user, after=user)
    status = state_machine.next_status(user, verb, snapshot=snapshot, now=now)
    if user.counts_as_admin:
        accounts.require_another_admin(snapshot.account)
    after = user.changed(
        now=now, status=status, holds_seat=False, has_invitations_to_revoke=_may_have_pending(user, snapshot)
    )
    had_access = user.status is Status.ACTIVE
    return Change(
        before=user,
        after=after,
        entries=(entry(kind, before=user, after=after, context=context),),
        mails=(mail("deactivated", after, context=context, to_user=user.user_id),) if had_access else (),
    )


def _may_have_pending(user: User, snapshot: Snapshot) -> bool:
    """Whether invitations may wait that this user has sent; those of anybody else refuse for want of the right."""
    return user.has_invitations_to_revoke or "users.invite" in rights_of(user, snapshot.groups)


def reactivate(snapshot: Snapshot, *, group_ids: Collection[str], now: datetime) -> Change:
    """An inactive user is active again, in those of their groups that are left; else in the given or the usual ones.

    Raises NotFound, NotAllowed, WrongState, InvalidRequest, NoSeatAvailable.
    """
    user, context = require_found(snapshot.user), snapshot.context(now)
    state_machine.require_allowed(user, UserAction.REACTIVATE, snapshot=snapshot)
    if state_machine.already_applied(user, UserAction.REACTIVATE):
        return Change(before=user, after=user)
    status = state_machine.next_status(user, UserAction.REACTIVATE, snapshot=snapshot, now=now)
    snapshot.groups.require_known(group_ids)
    admin, chosen = snapshot.groups.membership(
        [group.group_id for group in snapshot.groups.chosen(user.groups)] or group_ids,
        admin=user.admin,
        default_group=snapshot.account.settings.default_group,
    )
    accounts.require_seat(snapshot.account)
    after = user.changed(
        now=now, status=status, holds_seat=True, admin=admin, groups=chosen, has_invitations_to_revoke=False
    )
    return Change(
        before=user,
        after=after,
        entries=(entry("user.reactivated", before=user, after=after, context=context),),
        mails=(mail("reactivated", after, context=context, to_user=user.user_id),),
    )

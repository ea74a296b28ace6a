"""Life after joining: deactivate, reactivate, remove (rules 19-21 and 24-25)."""

from collections.abc import Collection
from datetime import datetime

from shared.domain import accounts, moves
from shared.domain.actors import rights_of
from shared.domain.changes import Change
from shared.domain.journal import EntryType, entry
from shared.domain.mails import mail
from shared.domain.moves import Verb
from shared.domain.scenes import Scene
from shared.domain.users import Status, User, require_found


def deactivate(scene: Scene, *, now: datetime) -> Change:
    """Access ends with the write, and the seat is free; the last active administrator stays.

    Raises NotFound, NotAllowed, CannotActOnSelf, WrongState, LastAdmin.
    """
    return _end(scene, Verb.DEACTIVATE, "user.deactivated", now=now)


def remove(scene: Scene, *, now: datetime) -> Change:
    """The user is no more one of the account's, nor listed; raises what `deactivate` raises."""
    return _end(scene, Verb.REMOVE, "user.removed", now=now)


def _end(scene: Scene, verb: Verb, kind: EntryType, *, now: datetime) -> Change:
    user, command = require_found(scene.user), scene.command(now)
    moves.require_allowed(user, verb, scene=scene)
    if moves.is_in_effect(user, verb):
        return Change(before=user, after=user)
    status = moves.moved(user, verb, scene=scene, now=now)
    if user.counts_as_admin:
        accounts.require_another_admin(scene.account)
    after = user.changed(now=now, status=status, holds_seat=False, withdraws=_may_have_pending(user, scene))
    had_access = user.status is Status.ACTIVE
    return Change(
        before=user,
        after=after,
        entries=(entry(kind, before=user, after=after, command=command),),
        mails=(mail("deactivated", after, command=command, to_user=user.user_id),) if had_access else (),
    )


def _may_have_pending(user: User, scene: Scene) -> bool:
    """Whether invitations may wait that this user has sent; those of anybody else refuse for want of the right."""
    return user.withdraws or "users.invite" in rights_of(user, scene.groups)


def reactivate(scene: Scene, *, group_ids: Collection[str], now: datetime) -> Change:
    """An inactive user is active again, in those of their groups that are left; else in the given or the usual ones.

    Raises NotFound, NotAllowed, WrongState, InvalidRequest, NoSeatAvailable.
    """
    user, command = require_found(scene.user), scene.command(now)
    moves.require_allowed(user, Verb.REACTIVATE, scene=scene)
    if moves.is_in_effect(user, Verb.REACTIVATE):
        return Change(before=user, after=user)
    status = moves.moved(user, Verb.REACTIVATE, scene=scene, now=now)
    scene.groups.require_known(group_ids)
    admin, chosen = scene.groups.membership(
        [group.group_id for group in scene.groups.chosen(user.groups)] or group_ids,
        admin=user.admin,
        default_group=scene.account.settings.default_group,
    )
    accounts.require_seat(scene.account)
    after = user.changed(now=now, status=status, holds_seat=True, admin=admin, groups=chosen, withdraws=False)
    return Change(
        before=user,
        after=after,
        entries=(entry("user.reactivated", before=user, after=after, command=command),),
        mails=(mail("reactivated", after, command=command, to_user=user.user_id),),
    )

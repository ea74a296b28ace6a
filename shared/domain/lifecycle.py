"""Life after joining: deactivate (rules 19-21)."""

from datetime import datetime

from shared.domain import accounts, moves
from shared.domain.changes import Change
from shared.domain.journal import entry
from shared.domain.mails import mail
from shared.domain.moves import Verb
from shared.domain.scenes import Scene
from shared.domain.users import require_found


def deactivate(scene: Scene, *, now: datetime) -> Change:
    """Access ends with the write, and the seat is free; the last active administrator stays.

    Raises NotFound, NotAllowed, CannotActOnSelf, WrongState, LastAdmin.
    """
    user, command = require_found(scene.user), scene.command(now)
    moves.require_allowed(user, Verb.DEACTIVATE, by=scene.actor)
    if moves.is_in_effect(user, Verb.DEACTIVATE):
        return Change(before=user, after=user)
    status = moves.moved(user, Verb.DEACTIVATE, by=scene.actor, now=now)
    if user.counts_as_admin:
        accounts.require_another_admin(scene.account)
    after = user.changed(now=now, status=status, holds_seat=False)
    return Change(
        before=user,
        after=after,
        entries=(entry("user.deactivated", before=user, after=after, command=command),),
        mails=(mail("deactivated", after, command=command, to_user=user.user_id),),
    )

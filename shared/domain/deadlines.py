"""What the clock decides of an invitation: it is reminded of, and it expires (rule 36)."""

from shared.domain import moves
from shared.domain.changes import Change
from shared.domain.commands import Command
from shared.domain.journal import entry, noted
from shared.domain.mails import mail, to_inviter
from shared.domain.moves import Verb
from shared.domain.users import Status, User, status_at


def due(user: User, *, command: Command) -> Change | None:
    """What the clock has decided and nobody has written yet, if anything."""
    if user.status is not Status.INVITED or command.now < user.invitation.next_deadline:
        return None
    return (
        _expired(user, command=command)
        if status_at(user, command.now) is Status.EXPIRED
        else _reminded(user, command=command)
    )


def _reminded(user: User, *, command: Command) -> Change:
    """The same link goes out once more."""
    after = user.changed(now=command.now, invitation=user.invitation.model_copy(update={"reminded": True}))
    return Change(
        before=user,
        after=after,
        entries=(noted("invitation.reminded", after, command=command),),
        mails=(mail("reminder", after, command=command, to_user=after.user_id),),
    )


def _expired(user: User, *, command: Command) -> Change:
    """The seat is free, and the inviter is told."""
    after = user.changed(now=command.now, status=moves.MOVES[Verb.EXPIRE][user.status], holds_seat=False)
    return Change(
        before=user,
        after=after,
        entries=(entry("invitation.expired", before=user, after=after, command=command),),
        mails=to_inviter("expired", after, command=command),
    )

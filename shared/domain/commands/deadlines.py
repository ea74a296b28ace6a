"""What the clock decides of an invitation: it is reminded of, and it expires (rule 36)."""

from shared.domain.model.users import Status, User, status_at
from shared.domain.policy import state_machine
from shared.domain.policy.changes import Change
from shared.domain.policy.journal import entry, noted
from shared.domain.policy.mails import mail, mail_to_inviter
from shared.domain.policy.operation_context import OperationContext
from shared.domain.policy.state_machine import UserAction


def due(user: User, *, context: OperationContext) -> Change | None:
    """What the clock has decided and nobody has written yet, if anything."""
    if user.status is not Status.INVITED or context.now < user.invitation.next_deadline:
        return None
    return (
        _expired(user, context=context)
        if status_at(user, context.now) is Status.EXPIRED
        else _reminded(user, context=context)
    )


def _reminded(user: User, *, context: OperationContext) -> Change:
    """The same link goes out once more."""
    after = user.changed(now=context.now, invitation=user.invitation.model_copy(update={"reminded": True}))
    return Change(
        before=user,
        after=after,
        entries=(noted("invitation.reminded", after, context=context),),
        mails=(mail("reminder", after, context=context, to_user=after.user_id),),
    )


def _expired(user: User, *, context: OperationContext) -> Change:
    """The seat is free, and the inviter is told."""
    after = user.changed(
        now=context.now, status=state_machine.TRANSITIONS[UserAction.EXPIRE][user.status], holds_seat=False
    )
    return Change(
        before=user,
        after=after,
        entries=(entry("invitation.expired", before=user, after=after, context=context),),
        mails=mail_to_inviter("expired", after, context=context),
    )

"""What the clock does to an invitation: a reminder two days before its expiry, and the expiry (rule 36)."""

from shared.domain.model.mails import MailKind
from shared.domain.model.users import Status, User, status_at
from shared.domain.policy import state_machine
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.journal import invitation_entry, user_entry
from shared.domain.policy.mails import mail_to_inviter, mail_to_user
from shared.domain.policy.snapshot import OperationContext
from shared.domain.policy.state_machine import UserAction


def apply_deadline(user: User, *, context: OperationContext) -> ChangeSet | None:
    """Return the reminder or the expiry that is due and not yet written; None if neither is (rule 36)."""
    if user.status is not Status.INVITED or context.now < user.invitation.next_deadline:
        return None
    if status_at(user, context.now) is Status.EXPIRED:
        return _expire(user, context=context)
    return _remind(user, context=context)


def _remind(user: User, *, context: OperationContext) -> ChangeSet:
    """Send the same link once more."""
    reminded = {"reminded": True, "reminded_at": context.now}
    after = user.with_changes(now=context.now, invitation=user.invitation.model_copy(update=reminded))
    return ChangeSet.of_user(
        user,
        after,
        entries=(invitation_entry("invitation.reminded", after, context=context),),
        mails=(mail_to_user(MailKind.REMINDER, after, to=after.user_id, context=context),),
    )


def _expire(user: User, *, context: OperationContext) -> ChangeSet:
    """Free the seat and tell the inviter."""
    status = state_machine.TRANSITIONS[UserAction.EXPIRE][user.status]
    after = user.with_changes(now=context.now, status=status, holds_seat=False)
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry("invitation.expired", before=user, after=after, context=context),),
        mails=mail_to_inviter(MailKind.EXPIRED, after, context=context),
    )

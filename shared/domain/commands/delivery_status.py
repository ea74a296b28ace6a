"""What becomes of an invitation's mail after SES has it: delivery, bounce and complaint (rule 35)."""

from typing import get_args

from shared.domain.model.users import Delivery, User
from shared.domain.policy.changes import Change
from shared.domain.policy.journal import delivery_entry
from shared.domain.policy.mails import WITH_LINK, Mail, mail_to_inviter
from shared.domain.policy.operation_context import OperationContext

_ORDER: tuple[Delivery, ...] = get_args(Delivery)
_UNTOLD = {"queued", "sent"}  # What every invitation goes through is nothing to write down.


def superseded_by(delivery: Delivery) -> tuple[Delivery, ...]:
    """What this news replaces. News come late, twice and in any order: what is left in the end is always the same."""
    return _ORDER[: _ORDER.index(delivery)]


def tracked(user: User, delivery: Delivery, *, of: Mail, context: OperationContext) -> Change:
    """The news of a mail on the invitation that it brought; after a bounce the seat stays, and the inviter is told.

    Nothing changes if the mail brought no link, if its link has been replaced or accepted, or by old news.
    """
    is_current = of.kind in WITH_LINK and of.generation == user.invitation.generation and user.joined_at is None
    if not is_current or user.invitation.delivery not in superseded_by(delivery):
        return Change(before=user, after=user)
    invitation = user.invitation.model_copy(update={"delivery": delivery})
    after = user.model_copy(update={"invitation": invitation})
    return Change(
        before=user,
        after=after,
        entries=() if delivery in _UNTOLD else (delivery_entry(before=user, after=after, context=context),),
        mails=mail_to_inviter("bounced", after, context=context) if delivery == "bounced" else (),
    )

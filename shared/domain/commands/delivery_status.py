"""The delivery status of an invitation's mail after SES has taken it: delivery, bounce, complaint (rule 35)."""

from shared.domain.model.mails import WITH_LINK, Mail, MailKind
from shared.domain.model.users import Delivery, User, superseded_by
from shared.domain.policy.changes import ChangeSet, DeliveryChange
from shared.domain.policy.journal import delivery_entry
from shared.domain.policy.mails import mail_to_inviter
from shared.domain.policy.snapshot import OperationContext

_NOT_JOURNALED = {"queued", "sent"}  # Every invitation goes through these.


def apply_delivery_event(user: User, delivery: Delivery, *, mail: Mail, context: OperationContext) -> ChangeSet:
    """Set the delivery status of the invitation that the mail brought; a bounce keeps the seat and tells the inviter.

    Nothing changes if the mail carried no link, if its link was replaced or accepted, or if the event is superseded.
    """
    is_current = mail.kind in WITH_LINK and mail.generation == user.invitation.generation and user.joined_at is None
    if not is_current or user.invitation.delivery not in superseded_by(delivery):
        return ChangeSet()
    after = user.model_copy(update={"invitation": user.invitation.model_copy(update={"delivery": delivery})})
    return ChangeSet(
        delivery=DeliveryChange(after, mail.generation, delivery),
        entries=() if delivery in _NOT_JOURNALED else (delivery_entry(before=user, after=after, context=context),),
        mails=mail_to_inviter(MailKind.BOUNCED, after, context=context) if delivery == "bounced" else (),
    )

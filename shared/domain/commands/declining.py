"""What needs the link alone: declining, and asking for a new link (rules 12 and 16)."""

from shared.domain.commands.acceptance import dead_reason, inviter_is_entitled, require_usable
from shared.domain.model import errors
from shared.domain.model.invitation_tokens import InvitationToken
from shared.domain.model.mails import Mail, MailKind
from shared.domain.model.users import Status, User
from shared.domain.policy import rate_limits, state_machine
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.journal import invitation_entry, user_entry
from shared.domain.policy.mails import mail_to_inviter, mail_to_staff, mail_to_user, mails_to_administrators
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.domain.policy.state_machine import UserAction


def decline(invited: InvitationSnapshot, link: InvitationToken) -> ChangeSet:
    """Reject the invitation, free its seat and tell the inviter (rule 16). Raises what `require_usable` raises."""
    user, snapshot = invited.user, invited.snapshot
    if (
        state_machine.already_applied(user, UserAction.DECLINE, snapshot=snapshot)
        and link.generation == user.invitation.generation
    ):
        return ChangeSet.unchanged(user)
    require_usable(invited, link)
    status = state_machine.next_status(user, UserAction.DECLINE, snapshot=snapshot)
    after = user.without_teams().with_changes(now=snapshot.now, status=status, holds_seat=False)
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry("invitation.declined", before=user, after=after, context=snapshot.context),),
        mails=mail_to_inviter(MailKind.DECLINED, after, context=snapshot.context),
    )


def entitled_inviter(invited: InvitationSnapshot) -> str | None:
    """Return the inviter's user_id; None if they are gone, may not invite any more, or were an operator."""
    inviter = invited.snapshot.authorizing_user
    return inviter.user_id if inviter and inviter_is_entitled(invited) else None


def request_new_link(invited: InvitationSnapshot, link: InvitationToken) -> ChangeSet:
    """Ask the inviter, or who stands in for them, for a new link in place of an expired one (rule 12).

    Raises why another link is dead, WrongState for one that still works, and RateLimited after one request a UTC day.
    """
    _require_expired(invited, link)
    user, snapshot = invited.user, invited.snapshot
    rate_limits.require_first_request_today(user.invitation, now=snapshot.now)
    invitation = user.invitation.model_copy(update={"new_link_requested_at": snapshot.now})
    after = user.with_changes(now=snapshot.now, invitation=invitation)
    return ChangeSet.of_user(
        user,
        after,
        entries=(invitation_entry("invitation.new_link_requested", after, context=snapshot.context),),
        mails=_new_link_mails(invited, after),
    )


def _require_expired(invited: InvitationSnapshot, link: InvitationToken) -> None:
    """Raises why another link is dead, or WrongState for one that still works."""
    if dead_reason(invited, link) is not errors.InvitationExpired:
        require_usable(invited, link)
        raise errors.WrongState(
            "This link still works. Open it to join.", user_status=Status.INVITED, allowed_actions=[]
        )


def _new_link_mails(invited: InvitationSnapshot, user: User) -> tuple[Mail, ...]:
    """Return the mails that ask for a new link: to the inviter, else to administrators, else to the staff."""
    kind, context = MailKind.NEW_LINK_REQUESTED, invited.snapshot.context
    inviter = entitled_inviter(invited)
    if inviter:
        return (mail_to_user(kind, user, to=inviter, context=context),)
    to_administrators = mails_to_administrators(kind, user, account=invited.snapshot.account, context=context)
    return to_administrators or (mail_to_staff(kind, user, context=context),)

"""What a link is worth, and what its holder does with it: join, decline, ask for a new one (rules 1 and 12-17)."""

from collections.abc import Iterable
from datetime import datetime

from shared.domain.model import errors
from shared.domain.model.fields import Phone
from shared.domain.model.identities import Identity
from shared.domain.model.invitation_tokens import Link
from shared.domain.model.users import JOINED, Status, status_at
from shared.domain.policy import authorization, rate_limits, state_machine
from shared.domain.policy.changes import Change
from shared.domain.policy.journal import entry, noted
from shared.domain.policy.mails import mail, mail_to_inviter
from shared.domain.policy.principals import Caller, require_signed_in
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.domain.policy.state_machine import UserAction


def was_accepted_with(invited: InvitationSnapshot, link: Link) -> bool:
    """Whether this very link was accepted, by somebody who is still active."""
    user = invited.user
    return user.status is Status.ACTIVE and user.invitation.generation == link.generation


def require_accepting_person(invited: InvitationSnapshot, *, is_signed_in: bool) -> None:
    """Raises InvitationAccepted for anybody but the one who accepted, who knows the password."""
    if not is_signed_in:
        raise errors.InvitationAccepted(locale=invited.user.locale)


def require_usable(invited: InvitationSnapshot, link: Link, *, now: datetime) -> None:
    """Raises why a genuine link is dead, with the language to say it in (rule 12)."""
    reason = _why_dead(invited, link, now=now)
    if reason:
        raise reason(locale=invited.user.locale)


def _why_dead(invited: InvitationSnapshot, link: Link, *, now: datetime) -> type[errors.Refusal] | None:
    user, status = invited.user, status_at(invited.user, now)
    if status in JOINED or user.joined_at is not None:
        return errors.InvitationAccepted
    if link.generation != user.invitation.generation:
        return errors.InvitationReplaced
    if status is not Status.INVITED:
        return _DEAD[status]
    return None if _is_warranted(invited) else errors.InvitationRevoked


def _is_warranted(invited: InvitationSnapshot) -> bool:
    """Whether whoever invited may still do so: checked again whenever the link is used (rule 1)."""
    return authorization.can_still_invite(
        invited.snapshot.authorizing_user, invited=invited.user, groups=invited.snapshot.groups
    )


_DEAD = {
    Status.EXPIRED: errors.InvitationExpired,
    Status.DECLINED: errors.InvitationDeclined,
    Status.REMOVED: errors.InvitationRevoked,
}


def require_can_create_identity(invited: InvitationSnapshot, link: Link) -> None:
    """Raises unless an ID may be created: there is none, or an unproven one gives way to the mailbox's owner (rule 15).

    Raises IdentityExists or MailboxNotProven.
    """
    identity = invited.identity
    if identity is None or identity.sub is None:
        return
    if identity.proven or identity.blocked or (not link.is_mailed and identity.works_in(invited.user.account_id)):
        raise errors.IdentityExists
    if not link.is_mailed:
        raise errors.MailboxNotProven


def require_invited_identity(invited: InvitationSnapshot, caller: Caller) -> Identity:
    """The identity that joins; raises WrongIdentity for another address, MailboxNotProven (rules 14 and 15).

    Raises Unauthorized if it has been taken over since the caller was known by their token.
    """
    if caller.username != invited.user.email:
        raise errors.WrongIdentity
    identity = require_signed_in(caller, invited.identity)
    if not identity.works_in(invited.user.account_id):
        raise errors.MailboxNotProven
    return identity


def join(
    invited: InvitationSnapshot, link: Link, *, identity: Identity, phone: Phone | None = None, now: datetime
) -> Change:
    """The invitee is an active user, under the names of their identity; raises what `require_usable` raises.

    `now` is when the registration is completed: a link that has expired meanwhile is dead.
    """
    require_usable(invited, link, now=now)
    user, context = invited.user, invited.snapshot.context(now)
    after = user.changed(
        now=now,
        status=state_machine.next_status(user, UserAction.JOIN, snapshot=invited.snapshot, now=now),
        first_name=identity.first_name,
        last_name=identity.last_name,
        phone=phone or user.phone,
        joined_at=now,
        last_seen_at=now,
        has_invitations_to_revoke=False,
    )
    return Change(
        before=user,
        after=after,
        entries=(entry("user.joined", before=user, after=after, context=context),),
        mails=(
            mail("account_information", after, context=context, to_user=user.user_id),
            *mail_to_inviter("joined", after, context=context),
        ),
    )


def decline(invited: InvitationSnapshot, link: Link, *, now: datetime) -> Change:
    """The invitee does not want to join: the seat is free, the inviter is told; raises what `require_usable` raises."""
    user, context = invited.user, invited.snapshot.context(now)
    if state_machine.already_applied(user, UserAction.DECLINE) and link.generation == user.invitation.generation:
        return Change(before=user, after=user)
    require_usable(invited, link, now=now)
    status = state_machine.next_status(user, UserAction.DECLINE, snapshot=invited.snapshot, now=now)
    after = user.changed(now=now, status=status, holds_seat=False)
    return Change(
        before=user,
        after=after,
        entries=(entry("invitation.declined", before=user, after=after, context=context),),
        mails=mail_to_inviter("declined", after, context=context),
    )


def require_expired(invited: InvitationSnapshot, link: Link, *, now: datetime) -> None:
    """Raises why another link is dead, or WrongState for one that still works."""
    if _why_dead(invited, link, now=now) is not errors.InvitationExpired:
        require_usable(invited, link, now=now)
        raise errors.WrongState(
            "This link still works; open it to join.", user_status=Status.INVITED, allowed_actions=[]
        )


def asked(invited: InvitationSnapshot) -> list[str]:
    """Who is asked for a new link: the inviter, unless they are gone, cannot invite any more, or were an operator."""
    inviter = invited.snapshot.authorizing_user
    return [inviter.user_id] if inviter and _is_warranted(invited) else []


def request_new(invited: InvitationSnapshot, *, of: Iterable[str], now: datetime) -> Change:
    """The holder of an expired link asks these users for a new one; raises RateLimited."""
    user, context = invited.user, invited.snapshot.context(now)
    rate_limits.require_first_request_today(user.invitation, now=now)
    invitation = user.invitation.model_copy(update={"new_link_requested_at": now})
    after = user.changed(now=now, invitation=invitation)
    return Change(
        before=user,
        after=after,
        entries=(noted("invitation.new_link_requested", after, context=context),),
        mails=tuple(mail("new_link_requested", after, context=context, to_user=user_id) for user_id in of),
    )

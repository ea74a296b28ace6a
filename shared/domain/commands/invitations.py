"""The account's side of an invitation: invite, resend, copy, revoke (rules 1-9)."""

from datetime import datetime
from typing import Any

from shared.domain.commands import access_ends, rights
from shared.domain.commands.editing import require_last_name
from shared.domain.commands.generations import next_invitation
from shared.domain.commands.rights import InviteeRights
from shared.domain.model import accounts, errors, partners
from shared.domain.model.accounts import Account
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.invitees import Invitee
from shared.domain.model.mails import MailKind
from shared.domain.model.partners import Certification
from shared.domain.model.users import (
    Invitation,
    Status,
    User,
)
from shared.domain.policy import authorization, rate_limits, state_machine
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.journal import EntryType, invitation_entry, user_entry
from shared.domain.policy.mails import mail_to_address, mail_to_user
from shared.domain.policy.snapshot import OperationContext, Snapshot
from shared.domain.policy.state_machine import UserAction


def invite(
    snapshot: Snapshot,
    invitee: Invitee,
    *,
    action: UserAction = UserAction.INVITE,
    batch_id: str | None = None,
    other_mails: int = 0,
) -> ChangeSet:
    """Invite a person: take a seat, unless they are a partner, and queue the mail with their link (rules 1-6).

    `batch_id` is that of a request that invites many, which a repeat of it looks for; `other_mails` are counted with
    this invitation, and queued by the caller.
    Raises NotAllowed, AccountSuspended, NotACertifiedPartner, InvalidRequest, AdminHasAllPermissions, NoSeatAvailable,
    RateLimited, and the conflict with a user of this address.
    """
    account, existing, context = snapshot.account, snapshot.user, snapshot.context
    resent = _user_to_resend(snapshot) if action is UserAction.INVITE_AGAIN else None
    invitee = _same_as_before(invitee, resent, snapshot) if resent else invitee
    certification = _require_can_invite(snapshot, invitee)
    given = rights.of_invitee(invitee, snapshot)
    status = state_machine.status_after_invite(existing, action, snapshot=snapshot)
    invitation = next_invitation(
        existing.invitation if existing else None,
        sent_before=resent.invitation.sent_count if resent else 0,
        message=invitee.message,
        access_until=_access_until(invitee, resent, now=snapshot.now),
        from_account=given.from_account,
        return_path=resent.invitation.return_path if resent else invitee.return_path,
        batch_id=batch_id,
        snapshot=snapshot,
    )
    after = _invited_user(snapshot, invitee, certification, given, resent=resent, status=status, invitation=invitation)
    _require_seat_for(existing, after, account)
    kind: EntryType = "invitation.resent" if resent else "user.invited"
    notified = tuple(dict.fromkeys(invitee.notify))
    return ChangeSet.of_user(
        existing,
        after,
        entries=(user_entry(kind, before=existing, after=after, context=context),),
        mails=(
            mail_to_user(MailKind.INVITATION, after, to=after.user_id, context=context),
            *(mail_to_address(MailKind.NOTIFY, after, to=address, context=context) for address in notified),
        ),
        mail_quota=rate_limits.use_mail_quota(
            account,
            mails=1 + len(notified) + other_mails,
            by_operator=snapshot.actor.is_operator_or_host,
            now=snapshot.now,
        ),
    )


def _user_to_resend(snapshot: Snapshot) -> User | None:
    """Return the user of this address whose invitation waits or has expired."""
    user = snapshot.user
    return user if user and user.status in {Status.INVITED, Status.EXPIRED} else None


def _same_as_before(invitee: Invitee, resent: User, snapshot: Snapshot) -> Invitee:
    """Return the invitee as what they were invited before, with the last name unless another one is given.

    They are in those of their groups that are left.
    """
    groups = tuple(group.group_id for group in snapshot.groups.existing(resent.groups))
    last_name = invitee.last_name or resent.last_name or None
    return invitee.model_copy(update={"kind": resent.kind, "groups": groups, "last_name": last_name})


def _require_can_invite(snapshot: Snapshot, invitee: Invitee) -> Certification | None:
    """Return the certification of a partner; raises NotAllowed, AccountSuspended, NotACertifiedPartner, InvalidRequest.

    What the invitee gets is checked with their rights.
    """
    authorization.require_permission(snapshot.actor, "users.invite")
    if snapshot.account.is_suspended:  # Only staff get here: the link would refuse.
        raise errors.AccountSuspended("This account is suspended. Resume it first.")
    certification = partners.require_certified(snapshot.certification) if invitee.kind == "partner" else None
    require_last_name((certification or invitee).last_name, snapshot.account)
    access_ends.require_ahead(invitee.access_until, now=snapshot.now)
    return certification


def _invited_user(
    snapshot: Snapshot,
    invitee: Invitee,
    certification: Certification | None,
    given: InviteeRights,
    *,
    resent: User | None,
    status: Status,
    invitation: Invitation,
) -> User:
    """Return the invited user; a partner has the names of the registry, someone `resent` keeps what they were given."""
    existing, named = snapshot.user, certification or invitee
    access_until = _access_until(invitee, resent, now=snapshot.now)
    return User(
        account_id=snapshot.account.account_id,
        user_id=snapshot.user_id,
        identity_id=snapshot.identity_id,
        kind=invitee.kind,
        partner_type=certification.partner_type if certification else None,
        status=status,
        holds_seat=certification is None,
        first_name=named.first_name,
        last_name=named.last_name or "",
        email=invitee.email,
        phone=resent.phone if resent else invitee.phone,
        locale=resent.locale if resent else invitee.locale or snapshot.account.settings.locale,
        admin=given.admin,
        groups=given.groups,
        allow=given.allow,
        deny=invitee.deny,
        reference=resent.reference if resent else invitee.reference,
        access_until=access_until,
        access_end_told=access_ends.is_told_already(access_until, now=snapshot.now),
        **(_teams_of(resent) if resent else {}),
        **(_unfinished(existing) if existing else {}),
        invitation=invitation,
        created_at=existing.created_at if existing else snapshot.now,
        updated_at=snapshot.now,
        version=existing.version + 1 if existing else 1,
    )


def _access_until(invitee: Invitee, resent: User | None, *, now: datetime) -> datetime | None:
    """Return the end of access: someone who is to be an administrator where they were none has none, like a new one."""
    return resent.end_ahead(now) if resent and resent.admin else invitee.access_until


def resend(snapshot: Snapshot) -> ChangeSet:
    """Make a new link, valid for seven days; older ones are dead, and the one who resends becomes the inviter.

    The message stays if it is theirs, since the mail says that it is. A partner gets the type of the certification that
    is in force (rule 6).
    Raises NotFound, NotAllowed, WrongState, NotACertifiedPartner, InvalidRequest, NoSeatAvailable, RateLimited.
    """
    user, context = snapshot.require_user(), snapshot.context
    state_machine.require_allowed(user, UserAction.RESEND, snapshot=snapshot)
    status = state_machine.next_status(user, UserAction.RESEND, snapshot=snapshot)
    partner_type = snapshot.require_partner_type()
    access_until, groups_left = user.end_ahead(snapshot.now), _groups_left(user, snapshot)
    invitation = next_invitation(
        user.invitation,
        sent_before=user.invitation.sent_count,
        message=user.invitation.sent_by(snapshot.actor.actor_id).message,
        access_until=access_until,
        from_account=rights.still_given_by_account(user, groups_left, snapshot.account),
        return_path=user.invitation.return_path,
        snapshot=snapshot,
    )
    after = user.with_changes(
        now=snapshot.now,
        status=status,
        holds_seat=user.takes_seat,
        partner_type=partner_type,
        groups=groups_left,
        access_until=access_until,
        invitation=invitation,
    )
    _require_seat_for(user, after, snapshot.account)
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry("invitation.resent", before=user, after=after, context=context),),
        mails=(mail_to_user(MailKind.INVITATION, after, to=after.user_id, context=context),),
        mail_quota=rate_limits.use_mail_quota(snapshot.account, mails=1, now=snapshot.now),
    )


def copy_link(snapshot: Snapshot) -> tuple[InvitationToken, ChangeSet]:
    """Return the token that an administrator may share, and its journal entry; generation and expiry stay (rule 8).

    Raises NotFound, NotAllowed, WrongState, RateLimited.
    """
    user = snapshot.require_user()
    state_machine.require_allowed(user, UserAction.COPY_LINK, snapshot=snapshot)
    state_machine.require_possible(user, UserAction.COPY_LINK, snapshot=snapshot)
    snapshot.require_partner_type()
    copied_by = snapshot.actor.actor_id
    token = InvitationToken(user.account_id, user.user_id, user.invitation.generation, Channel.COPIED, copied_by)
    if snapshot.is_repeat and user.invitation.copies:  # A link that was sent since then is another one.
        return token, ChangeSet.unchanged(user)
    copies = rate_limits.count_copy(user.invitation, now=snapshot.now)
    counted = user.model_copy(update={"invitation": user.invitation.model_copy(update={"copies": copies})})
    entry = invitation_entry("invitation.link_copied", user, context=snapshot.context)
    return token, ChangeSet.of_user(user, counted, entries=(entry,))


def revoke(snapshot: Snapshot) -> ChangeSet:
    """Revoke the invitation: the link is dead and the seat is free. Raises NotFound, NotAllowed, WrongState."""
    user = snapshot.require_user()
    if state_machine.status_after(user, UserAction.REVOKE, snapshot=snapshot) is None:
        return ChangeSet.unchanged(user)
    return end_invitation(user, context=snapshot.context)


def end_invitation(user: User, *, context: OperationContext) -> ChangeSet:
    """Return the change that revokes a waiting invitation."""
    after = user.without_teams().with_changes(now=context.now, status=Status.REMOVED, holds_seat=False)
    return ChangeSet.of_user(
        user, after, entries=(user_entry("invitation.revoked", before=user, after=after, context=context),)
    )


def finish_revoking(inviter: User) -> ChangeSet:
    """Return the change that a former user has no pending invitations left; they keep their version."""
    return ChangeSet.of_user(inviter, inviter.model_copy(update={"has_invitations_to_revoke": False}))


def _groups_left(user: User, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the user's groups that still exist, else the account's starting group: an expired user holds none.

    Raises InvalidRequest if there is neither.
    """
    groups = snapshot.groups
    left = [group.group_id for group in groups.existing(user.groups)]
    return groups.membership(left, admin=user.admin, default_group=snapshot.account.settings.default_group)[1]


def _teams_of(user: User) -> dict[str, Any]:
    return user.model_dump(include={"manages_teams", "member_of_teams", "teams_version"})


def _unfinished(user: User) -> dict[str, Any]:
    """Return the marks of someone who was here before: invitations to revoke and records that wait."""
    marks = {"has_invitations_to_revoke", "has_records_waiting", "move_job_id", "last_move_job_id"}
    return user.model_dump(include=marks)


def _require_seat_for(before: User | None, after: User, account: Account) -> None:
    if after.holds_seat and (before is None or not before.holds_seat):
        accounts.require_seat(account)

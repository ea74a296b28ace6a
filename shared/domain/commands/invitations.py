"""The administrator's side of an invitation: invite, resend, copy the link, revoke, edit (rules 1-5 and 8-9)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.domain.model import accounts, errors
from shared.domain.model.accounts import Account
from shared.domain.model.base import Model
from shared.domain.model.fields import Phone
from shared.domain.model.invitation_tokens import Channel, Link
from shared.domain.model.users import Invitation, Locale, Status, User, require_found
from shared.domain.policy import authorization, rate_limits, state_machine
from shared.domain.policy.changes import Change
from shared.domain.policy.journal import EntryType, edited, entry, noted
from shared.domain.policy.mails import mail
from shared.domain.policy.operation_context import OperationContext
from shared.domain.policy.snapshot import Snapshot
from shared.domain.policy.state_machine import UserAction

VALID_FOR = timedelta(hours=168)


class Invitee(Model):
    """Who is to be invited, as what, and who is told of it."""

    email: str
    first_name: str
    last_name: str | None = None
    phone: Phone | None = None
    locale: Locale | None = None
    admin: bool = False
    groups: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    message: str | None = None
    notify: tuple[str, ...] = ()


def invite(invitee: Invitee, *, snapshot: Snapshot, now: datetime, verb: UserAction = UserAction.INVITE) -> Change:
    """A user who is invited: a seat is held, and the mail with their link is queued.

    Raises NotAllowed, InvalidRequest, NoSeatAvailable, and what stands in the way of the address.
    """
    account, existing, context = snapshot.account, snapshot.user, snapshot.context(now)
    authorization.require_permission(snapshot.actor, "users.invite")
    _require_last_name(invitee.last_name, account)
    admin, group_ids = snapshot.groups.membership(
        invitee.groups, admin=invitee.admin, default_group=account.settings.default_group
    )
    rights = snapshot.groups.permissions(admin=admin, group_ids=group_ids, allow=invitee.allow)
    authorization.require_can_grant(snapshot.actor, admin=admin, rights=rights)
    status = state_machine.invited(existing, verb, now=now)
    _require_seat_for(existing, account)
    is_resent = existing is not None and existing.status in {Status.INVITED, Status.EXPIRED}
    after = User(
        account_id=account.account_id,
        user_id=snapshot.user_id,
        status=status,
        holds_seat=True,
        first_name=invitee.first_name,
        last_name=invitee.last_name or "",
        email=invitee.email,
        phone=invitee.phone,
        locale=invitee.locale or account.settings.locale,
        admin=admin,
        groups=group_ids,
        allow=invitee.allow,
        deny=invitee.deny,
        invitation=_next_link(
            existing.invitation if existing else None, is_resent=is_resent, message=invitee.message, context=context
        ),
        has_invitations_to_revoke=existing.has_invitations_to_revoke if existing else False,
        created_at=existing.created_at if existing else now,
        updated_at=now,
        version=existing.version + 1 if existing else 1,
    )
    kind: EntryType = "invitation.resent" if is_resent else "user.invited"
    notified = tuple(dict.fromkeys(invitee.notify))
    return Change(
        before=existing,
        after=after,
        entries=(entry(kind, before=existing, after=after, context=context),),
        mails=(
            mail("invitation", after, context=context, to_user=after.user_id),
            *(mail("notify", after, context=context, to_address=address) for address in notified),
        ),
        postage=rate_limits.postage(account, mails=1 + len(notified), now=now),
    )


def resend(snapshot: Snapshot, *, now: datetime) -> Change:
    """A new link, for another seven days; every older one is dead, and whoever resends becomes the inviter.

    Raises NotFound, NotAllowed, WrongState, NoSeatAvailable, RateLimited.
    """
    user, context = require_found(snapshot.user), snapshot.context(now)
    state_machine.require_allowed(user, UserAction.RESEND, snapshot=snapshot)
    status = state_machine.next_status(user, UserAction.RESEND, snapshot=snapshot, now=now)
    _require_seat_for(user, snapshot.account)
    invitation = _next_link(user.invitation, is_resent=True, message=user.invitation.message, context=context)
    after = user.changed(now=now, status=status, holds_seat=True, invitation=invitation)
    return Change(
        before=user,
        after=after,
        entries=(entry("invitation.resent", before=user, after=after, context=context),),
        mails=(mail("invitation", after, context=context, to_user=after.user_id),),
        postage=rate_limits.postage(snapshot.account, mails=1, now=now),
    )


def copy_link(snapshot: Snapshot, *, now: datetime) -> tuple[Link, Change]:
    """The link that an administrator may share by hand, and that this was done; it changes nothing of the invitation.

    Raises NotFound, NotAllowed, WrongState.
    """
    user, context = require_found(snapshot.user), snapshot.context(now)
    state_machine.require_allowed(user, UserAction.COPY_LINK, snapshot=snapshot)
    state_machine.next_status(user, UserAction.COPY_LINK, snapshot=snapshot, now=now)
    link = Link(user.account_id, user.user_id, user.invitation.generation, Channel.COPIED)
    copied = noted("invitation.link_copied", user, context=context)
    return link, Change(before=user, after=user, entries=() if snapshot.is_repeat else (copied,))


def revoke(snapshot: Snapshot, *, now: datetime) -> Change:
    """The link is dead, and the seat is free; raises NotFound, NotAllowed, WrongState."""
    user, context = require_found(snapshot.user), snapshot.context(now)
    state_machine.require_allowed(user, UserAction.REVOKE, snapshot=snapshot)
    if state_machine.already_applied(user, UserAction.REVOKE):
        return Change(before=user, after=user)
    state_machine.next_status(user, UserAction.REVOKE, snapshot=snapshot, now=now)
    return revoked(user, context=context)


def revoked(user: User, *, context: OperationContext) -> Change:
    """A waiting invitation that is no more."""
    after = user.changed(now=context.now, status=Status.REMOVED, holds_seat=False)
    return Change(
        before=user, after=after, entries=(entry("invitation.revoked", before=user, after=after, context=context),)
    )


def edit(snapshot: Snapshot, *, changes: Mapping[str, object], seen: int | None, now: datetime) -> Change:
    """The names and the phone of somebody who has not joined; `seen` is the version that the editor saw.

    Raises NotFound, NotAllowed, Outdated, WrongState, InvalidRequest.
    """
    user, context = require_found(snapshot.user), snapshot.context(now)
    state_machine.require_allowed(user, UserAction.EDIT, snapshot=snapshot)
    if seen not in {None, user.version}:
        raise errors.Outdated
    state_machine.next_status(user, UserAction.EDIT, snapshot=snapshot, now=now)
    if "last_name" in changes:
        _require_last_name(changes["last_name"], snapshot.account)
        changes = {**changes, "last_name": changes["last_name"] or ""}
    if user.model_copy(update=dict(changes)) == user:
        return Change(before=user, after=user)
    after = user.changed(now=now, **changes)
    return Change(before=user, after=after, entries=(edited(before=user, after=after, context=context),))


def _require_last_name(last_name: object, account: Account) -> None:
    if last_name is None and account.settings.invite_profile == "full":
        raise errors.InvalidRequest([("last_name", "A last name is needed.")])


def _require_seat_for(user: User | None, account: Account) -> None:
    if user is None or not user.holds_seat:
        accounts.require_seat(account)


def _next_link(
    before: Invitation | None, *, is_resent: bool, message: str | None, context: OperationContext
) -> Invitation:
    """The next generation, from the one who gives the command; raises RateLimited."""
    return Invitation(
        generation=before.generation + 1 if before else 1,
        sent_at=context.now,
        expires_at=context.now + VALID_FOR,
        sent_count=before.sent_count + 1 if before and is_resent else 1,
        delivery="queued",
        invited_by=context.actor.actor_id,
        message=message,
        resent_that_day=rate_limits.resent_today(before, now=context.now),
    )

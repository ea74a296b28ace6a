"""The administrator's side of an invitation: invite, resend, copy the link, revoke, edit (rules 1-5 and 8-9)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.domain import accounts, actors, errors, limits, moves
from shared.domain.accounts import Account
from shared.domain.changes import Change
from shared.domain.commands import Command
from shared.domain.journal import EntryType, edited, entry, noted
from shared.domain.links import Channel, Link
from shared.domain.mails import mail
from shared.domain.models import Model
from shared.domain.moves import Verb
from shared.domain.people import Phone
from shared.domain.scenes import Scene
from shared.domain.users import Invitation, Locale, Status, User, require_found

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


def invite(invitee: Invitee, *, scene: Scene, now: datetime, verb: Verb = Verb.INVITE) -> Change:
    """A user who is invited: a seat is held, and the mail with their link is queued.

    Raises NotAllowed, InvalidRequest, NoSeatAvailable, and what stands in the way of the address.
    """
    account, existing, command = scene.account, scene.user, scene.command(now)
    actors.require_permission(scene.actor, "users.invite")
    _require_last_name(invitee.last_name, account)
    admin, group_ids = scene.groups.membership(
        invitee.groups, admin=invitee.admin, default_group=account.settings.default_group
    )
    rights = scene.groups.permissions(admin=admin, group_ids=group_ids, allow=invitee.allow)
    actors.require_holds(scene.actor, admin=admin, rights=rights)
    status = moves.invited(existing, verb, now=now)
    _require_seat_for(existing, account)
    is_resent = existing is not None and existing.status in {Status.INVITED, Status.EXPIRED}
    after = User(
        account_id=account.account_id,
        user_id=scene.user_id,
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
            existing.invitation if existing else None, is_resent=is_resent, message=invitee.message, command=command
        ),
        withdraws=existing.withdraws if existing else False,
        created_at=existing.created_at if existing else now,
        updated_at=now,
        version=existing.version + 1 if existing else 1,
    )
    kind: EntryType = "invitation.resent" if is_resent else "user.invited"
    notified = tuple(dict.fromkeys(invitee.notify))
    return Change(
        before=existing,
        after=after,
        entries=(entry(kind, before=existing, after=after, command=command),),
        mails=(
            mail("invitation", after, command=command, to_user=after.user_id),
            *(mail("notify", after, command=command, to_address=address) for address in notified),
        ),
        postage=limits.postage(account, mails=1 + len(notified), now=now),
    )


def resend(scene: Scene, *, now: datetime) -> Change:
    """A new link, for another seven days; every older one is dead, and whoever resends becomes the inviter.

    Raises NotFound, NotAllowed, WrongState, NoSeatAvailable, RateLimited.
    """
    user, command = require_found(scene.user), scene.command(now)
    moves.require_allowed(user, Verb.RESEND, scene=scene)
    status = moves.moved(user, Verb.RESEND, scene=scene, now=now)
    _require_seat_for(user, scene.account)
    invitation = _next_link(user.invitation, is_resent=True, message=user.invitation.message, command=command)
    after = user.changed(now=now, status=status, holds_seat=True, invitation=invitation)
    return Change(
        before=user,
        after=after,
        entries=(entry("invitation.resent", before=user, after=after, command=command),),
        mails=(mail("invitation", after, command=command, to_user=after.user_id),),
        postage=limits.postage(scene.account, mails=1, now=now),
    )


def copy_link(scene: Scene, *, now: datetime) -> tuple[Link, Change]:
    """The link that an administrator may share by hand, and that this was done; it changes nothing of the invitation.

    Raises NotFound, NotAllowed, WrongState.
    """
    user, command = require_found(scene.user), scene.command(now)
    moves.require_allowed(user, Verb.COPY_LINK, scene=scene)
    moves.moved(user, Verb.COPY_LINK, scene=scene, now=now)
    link = Link(user.account_id, user.user_id, user.invitation.generation, Channel.COPIED)
    copied = noted("invitation.link_copied", user, command=command)
    return link, Change(before=user, after=user, entries=() if scene.is_repeat else (copied,))


def revoke(scene: Scene, *, now: datetime) -> Change:
    """The link is dead, and the seat is free; raises NotFound, NotAllowed, WrongState."""
    user, command = require_found(scene.user), scene.command(now)
    moves.require_allowed(user, Verb.REVOKE, scene=scene)
    if moves.is_in_effect(user, Verb.REVOKE):
        return Change(before=user, after=user)
    moves.moved(user, Verb.REVOKE, scene=scene, now=now)
    return revoked(user, command=command)


def revoked(user: User, *, command: Command) -> Change:
    """A waiting invitation that is no more."""
    after = user.changed(now=command.now, status=Status.REMOVED, holds_seat=False)
    return Change(
        before=user, after=after, entries=(entry("invitation.revoked", before=user, after=after, command=command),)
    )


def edit(scene: Scene, *, changes: Mapping[str, object], seen: int | None, now: datetime) -> Change:
    """The names and the phone of somebody who has not joined; `seen` is the version that the editor saw.

    Raises NotFound, NotAllowed, Outdated, WrongState, InvalidRequest.
    """
    user, command = require_found(scene.user), scene.command(now)
    moves.require_allowed(user, Verb.EDIT, scene=scene)
    if seen not in {None, user.version}:
        raise errors.Outdated
    moves.moved(user, Verb.EDIT, scene=scene, now=now)
    if "last_name" in changes:
        _require_last_name(changes["last_name"], scene.account)
        changes = {**changes, "last_name": changes["last_name"] or ""}
    if user.model_copy(update=dict(changes)) == user:
        return Change(before=user, after=user)
    after = user.changed(now=now, **changes)
    return Change(before=user, after=after, entries=(edited(before=user, after=after, command=command),))


def _require_last_name(last_name: object, account: Account) -> None:
    if last_name is None and account.settings.invite_profile == "full":
        raise errors.InvalidRequest([("last_name", "A last name is needed.")])


def _require_seat_for(user: User | None, account: Account) -> None:
    if user is None or not user.holds_seat:
        accounts.require_seat(account)


def _next_link(before: Invitation | None, *, is_resent: bool, message: str | None, command: Command) -> Invitation:
    """The next generation, from the one who gives the command; raises RateLimited."""
    return Invitation(
        generation=before.generation + 1 if before else 1,
        sent_at=command.now,
        expires_at=command.now + VALID_FOR,
        sent_count=before.sent_count + 1 if before and is_resent else 1,
        delivery="queued",
        invited_by=command.by.actor_id,
        message=message,
        resent_that_day=limits.resent_today(before, now=command.now),
    )

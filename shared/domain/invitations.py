"""From the invitation to the active user: invite, what a link is worth, join, expire (rules 1-5 and 10-16)."""

from datetime import datetime, timedelta

from shared.domain import accounts, actors, errors, groups, moves
from shared.domain.accounts import Account
from shared.domain.callers import Caller
from shared.domain.changes import Change
from shared.domain.commands import Command
from shared.domain.identities import Identity
from shared.domain.journal import EntryType, entry
from shared.domain.links import Link
from shared.domain.mails import mail, to_inviter
from shared.domain.models import Model
from shared.domain.moves import Verb
from shared.domain.people import Phone
from shared.domain.scenes import Invited, Scene
from shared.domain.users import JOINED, Invitation, Locale, Status, User, status_at

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
    if invitee.last_name is None and account.settings.invite_profile == "full":
        raise errors.InvalidRequest([("last_name", "A last name is needed.")])
    admin, group_ids = _membership(invitee, account)
    scene.groups.require_known(group_ids)
    rights = scene.groups.permissions(admin=admin, group_ids=group_ids, allow=invitee.allow)
    actors.require_holds(scene.actor, admin=admin, rights=rights)
    status = moves.invited(existing, verb, now=now)
    if existing is None or not existing.holds_seat:
        accounts.require_seat(account)
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
        invitation=Invitation(
            generation=existing.invitation.generation + 1 if existing else 1,
            sent_at=now,
            expires_at=now + VALID_FOR,
            sent_count=existing.invitation.sent_count + 1 if existing and is_resent else 1,
            delivery="queued",
            invited_by=scene.actor.actor_id,
            message=invitee.message,
        ),
        created_at=existing.created_at if existing else now,
        updated_at=now,
        version=existing.version + 1 if existing else 1,
    )
    kind: EntryType = "invitation.resent" if is_resent else "user.invited"
    return Change(
        before=existing,
        after=after,
        entries=(entry(kind, before=existing, after=after, command=command),),
        mails=(
            mail("invitation", after, command=command, to_user=after.user_id),
            *(mail("notify", after, command=command, to_address=address) for address in dict.fromkeys(invitee.notify)),
        ),
    )


def _membership(invitee: Invitee, account: Account) -> tuple[bool, tuple[str, ...]]:
    """`admin` and membership of the default group are the same; at least one group is needed (rule 3)."""
    chosen = dict.fromkeys(invitee.groups)
    admin = invitee.admin or groups.ADMINISTRATORS in chosen
    if admin:
        chosen |= {groups.ADMINISTRATORS: None}
    if not chosen and account.settings.default_group is not None:
        chosen = {account.settings.default_group: None}
    if not chosen:
        raise errors.InvalidRequest([("groups", "Choose at least one group.")])
    return admin, tuple(chosen)


def is_accepted(invited: Invited, link: Link) -> bool:
    """Whether this very link was accepted, by somebody who is still active."""
    user = invited.user
    return user.status is Status.ACTIVE and user.invitation.generation == link.generation


def require_open(invited: Invited, link: Link, *, now: datetime) -> None:
    """Raises why a genuine link is dead (rule 12), or that its inviter could not invite any more (rule 1)."""
    user, status = invited.user, status_at(invited.user, now)
    if status in JOINED or user.joined_at is not None:
        raise errors.InvitationAccepted
    if link.generation != user.invitation.generation:
        raise errors.InvitationReplaced
    if status is not Status.INVITED:
        raise _DEAD[status]
    if not actors.may_have_invited(invited.scene.warrantor, invited=user, groups=invited.scene.groups):
        raise errors.InvitationRevoked


_DEAD = {
    Status.EXPIRED: errors.InvitationExpired,
    Status.DECLINED: errors.InvitationDeclined,
    Status.REMOVED: errors.InvitationRevoked,
}


def require_room(invited: Invited, link: Link) -> None:
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


def require_invited_identity(invited: Invited, caller: Caller) -> Identity:
    """The identity that joins; raises WrongIdentity for another address, MailboxNotProven (rules 14 and 15)."""
    identity = invited.identity
    if identity is None or caller.username != invited.user.email:
        raise errors.WrongIdentity
    if not identity.works_in(invited.user.account_id):
        raise errors.MailboxNotProven
    return identity


def join(invited: Invited, link: Link, *, identity: Identity, phone: Phone | None = None, now: datetime) -> Change:
    """The invitee is an active user, under the names of their identity; raises what `require_open` raises.

    `now` is when the registration is completed: a link that has expired meanwhile is dead.
    """
    require_open(invited, link, now=now)
    user, command = invited.user, invited.scene.command(now)
    after = user.changed(
        now=now,
        status=moves.moved(user, Verb.JOIN, by=invited.scene.actor, now=now),
        first_name=identity.first_name,
        last_name=identity.last_name,
        phone=phone or user.phone,
        joined_at=now,
        last_seen_at=now,
    )
    return Change(
        before=user,
        after=after,
        entries=(entry("user.joined", before=user, after=after, command=command),),
        mails=(
            mail("account_information", after, command=command, to_user=user.user_id),
            *to_inviter("joined", after, command=command),
        ),
    )


def is_due(user: User, *, now: datetime) -> bool:
    """Whether the clock has decided what is not yet written."""
    return user.status is Status.INVITED and status_at(user, now) is Status.EXPIRED


def expire(user: User, *, command: Command) -> Change:
    """What the clock has decided is written: the seat is free, and the inviter is told."""
    after = user.changed(now=command.now, status=moves.MOVES[Verb.EXPIRE][user.status], holds_seat=False)
    return Change(
        before=user,
        after=after,
        entries=(entry("invitation.expired", before=user, after=after, command=command),),
        mails=to_inviter("expired", after, command=command),
    )

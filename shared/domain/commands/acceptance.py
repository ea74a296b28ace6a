"""Accept an invitation with a new ID, or join with the one that there is (rules 1 and 12-17)."""

import functools

from shared.domain.commands.editing import require_last_name
from shared.domain.commands.profiles import propagate_names
from shared.domain.model import errors, identities, partners, passwords
from shared.domain.model.fields import Phone
from shared.domain.model.id_rules import IdRules
from shared.domain.model.identities import Identity, Registration
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.mails import MailKind
from shared.domain.model.names import require_not_posing_as_product
from shared.domain.model.users import JOINED, Status, User, has_access, status_at
from shared.domain.model.values import iso
from shared.domain.policy import authorization, state_machine
from shared.domain.policy.changes import ChangeSet, IdentityChange
from shared.domain.policy.journal import user_entry
from shared.domain.policy.mails import mail_to_inviter, mail_to_user
from shared.domain.policy.principals import REMEMBERED_FOR, Person
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.domain.policy.state_machine import UserAction

_REASON_BY_STATUS = {
    Status.EXPIRED: errors.InvitationExpired,
    Status.DECLINED: errors.InvitationDeclined,
    Status.REMOVED: errors.InvitationRevoked,
}
_RENEWABLE = frozenset({Status.INVITED, Status.EXPIRED})  # With a link that works, or for which another can be asked.


def can_repeat_accept(invited: InvitationSnapshot, link: InvitationToken) -> bool:
    """Return whether `accept` answers again: within a day, like any repeated request; its password is a guess later."""
    joined_at = invited.user.joined_at
    is_recent = joined_at is not None and invited.snapshot.now < joined_at + REMEMBERED_FOR
    return is_recent and was_accepted_with(invited, link)


def was_accepted_with(invited: InvitationSnapshot, link: InvitationToken) -> bool:
    """Return whether this very link was accepted, by a user who is still active."""
    is_active = has_access(invited.user, invited.snapshot.now)
    return is_active and invited.user.invitation.generation == link.generation


def require_accepting_person(invited: InvitationSnapshot, *, is_signed_in: bool) -> None:
    """Raises InvitationAccepted for anyone but the person who accepted, who knows the password."""
    if not is_signed_in:
        raise errors.InvitationAccepted(locale=invited.user.locale)


def require_usable(invited: InvitationSnapshot, link: InvitationToken) -> None:
    """Raises why a genuine link is dead, with the language to say it in (rule 12)."""
    reason = dead_reason(invited, link)
    if reason is errors.InvitationReplaced:
        raise reason(locale=invited.user.locale, sent_at=iso(invited.user.invitation.sent_at))
    if reason:
        raise reason(locale=invited.user.locale)


def dead_reason(invited: InvitationSnapshot, link: InvitationToken) -> type[errors.Refusal] | None:
    """Return why a genuine link is dead, None for one that works; the first reason of several (rule 12)."""
    user, status = invited.user, status_at(invited.user, invited.snapshot.now)
    if status in JOINED or user.joined_at is not None:
        return errors.InvitationAccepted
    if link.generation != user.invitation.generation:
        return errors.InvitationReplaced
    if invited.snapshot.account.is_suspended and status in _RENEWABLE:
        return errors.InvitationRevoked
    if status is not Status.INVITED:
        return _REASON_BY_STATUS[status]
    is_wanted = inviter_is_entitled(invited) and _copier_is_entitled(invited, link) and _may_be_of_kind(invited)
    return None if is_wanted else errors.InvitationRevoked


def own_link(invited: InvitationSnapshot) -> InvitationToken | None:
    """Return the link with which the signed-in person can join; None if the invitation is dead (rule 14).

    Also None for an identity that is not proven: nobody has shown that the address is theirs (rule 15). The link is
    one that proves no mailbox.
    """
    user = invited.user
    link = InvitationToken(user.account_id, user.user_id, user.invitation.generation, Channel.COPIED)
    is_proven = invited.identity is not None and invited.identity.proven
    return link if is_proven and dead_reason(invited, link) is None else None


def inviter_is_entitled(invited: InvitationSnapshot) -> bool:
    """Return whether the inviter may still invite this user: checked at each use of the link (rule 1)."""
    snapshot = invited.snapshot
    return authorization.can_still_invite(
        snapshot.authorizing_user, invited.operator, invited=invited.user, groups=snapshot.groups, now=snapshot.now
    )


def _copier_is_entitled(invited: InvitationSnapshot, link: InvitationToken) -> bool:
    """Return whether who copied the link, if it was copied, may still do so: checked at each use (rule 8)."""
    snapshot = invited.snapshot
    return link.copied_by is None or authorization.can_still_copy(
        snapshot.copier, invited=invited.user, groups=snapshot.groups, now=snapshot.now
    )


def _may_be_of_kind(invited: InvitationSnapshot) -> bool:
    """Return whether the invitee is no partner, or one whose certification is in force: at each use (rule 6)."""
    certification = invited.identity.certification if invited.identity else None
    return invited.user.kind != "partner" or partners.in_force(certification) is not None


def require_can_accept(
    invited: InvitationSnapshot,
    link: InvitationToken,
    registration: Registration,
    *,
    password: str,
    rules: IdRules,
    current_terms: str,
) -> None:
    """Check everything that `accept` needs of a usable link, in the order in which it may be told (rules 12, 13, 15).

    Whether the address has an ID is told only to someone who could join. The security question comes last, since it is
    for a new ID alone; for a copied link it comes before, so that a request tells whether there is an ID only if it
    joins where there is none. Raises InvalidRequest, IdentityExists, MailboxNotProven.
    """
    account, first_name, last_name = invited.snapshot.account, registration.first_name, registration.last_name
    known = (first_name, last_name, invited.user.email, rules.product_name, account.name, account.account_id)
    passwords.require_new_password(password, rules.password_policy, known=known)
    require_last_name(last_name or None, account)
    require_not_posing_as_product(first_name, last_name, product_name=rules.product_name)
    identities.require_terms(registration.terms_version, current=current_terms)
    require_answer = functools.partial(
        identities.require_security_answer,
        registration.security_question,
        registration.security_answer,
        asked=rules.asks_question,
    )
    if not link.is_mailed:
        require_answer()
    require_can_create_identity(invited, link)
    require_answer()


def require_can_create_identity(invited: InvitationSnapshot, link: InvitationToken) -> None:
    """Raises IdentityExists unless there is no ID, or an unproven one that gives way to a mailed link (rule 15).

    For a copied link it is the same whichever ID there is, so that its holder learns as little as can be. Raises
    MailboxNotProven for one to a partner, whose certified mailbox stands for the seat (rule 6), with or without an ID.
    """
    identity = invited.existing_identity
    if invited.user.kind == "partner" and not link.is_mailed:
        raise errors.MailboxNotProven
    if identity and (identity.proven or identity.blocked or not link.is_mailed):
        raise errors.IdentityExists


def accept(
    invited: InvitationSnapshot,
    link: InvitationToken,
    registration: Registration,
    *,
    replacing: Identity,
    sub: str,
    salt: bytes,
    phone: Phone | None,
    at_home: User | None,
) -> ChangeSet:
    """Create the identity for the Cognito user `sub`, and make the invitee an active user under its names.

    `replacing` is the identity that is locked; `salt` hashes the security answer. `at_home` is the user whom someone
    unproven became in another account: nothing that they said of themselves stays there (rule 15). Raises what
    `require_usable` raises: the registration must be completed before the expiry.
    """
    identity = identities.create_identity(
        registration,
        replacing=replacing,
        sub=sub,
        mailed=link.is_mailed,
        account_id=link.account_id,
        salt=salt,
        now=invited.snapshot.now,
    )
    changes, context = _activate(invited, link, identity, phone=phone), invited.snapshot.context
    users, entries = propagate_names(
        identity, [at_home] if at_home else [], operation_id=context.operation_id, now=context.now, phone=phone
    )
    return changes._replace(
        users=(*changes.users, *users),
        entries=(*changes.entries, *entries),
        identity=IdentityChange(invited.identity, identity, "accepted"),
    )


def require_invited_identity(invited: InvitationSnapshot, link: InvitationToken, person: Person) -> Identity:
    """Return the identity that joins; raises WrongIdentity for another address, MailboxNotProven (rules 14 and 15).

    It is the certified mailbox of a partner that needs no seat, so it must be proven, at home, too (rule 6).
    Raises Unauthorized if it was taken over since the token was issued.
    """
    if person.address != invited.user.email:
        raise errors.WrongIdentity
    identity = authorization.require_signed_in(person, invited.identity)
    is_enough = identity.proven or link.is_mailed or invited.user.kind != "partner"
    if not (is_enough and identity.works_in(invited.user.account_id)):
        raise errors.MailboxNotProven
    return identity


def join(
    invited: InvitationSnapshot, link: InvitationToken, person: Person, *, terms_version: str | None, current_terms: str
) -> ChangeSet:
    """Make the invitee an active user with the identity that they are signed in with (rule 14).

    A repeat by the same person changes nothing. Raises what `require_usable` raises, also for any other person; then
    what `require_invited_identity` raises, and InvalidRequest unless the current terms are agreed to, now or before.
    """
    if was_accepted_with(invited, link) and person.address == invited.user.email:
        require_invited_identity(invited, link, person)
        return ChangeSet.unchanged(invited.user)
    require_usable(invited, link)
    identity = require_invited_identity(invited, link, person)
    identities.require_terms(terms_version or identity.terms_version, current=current_terms)
    joined = identities.add_account(
        identity,
        account_id=link.account_id,
        terms_version=current_terms,
        mailed=link.is_mailed,
        now=invited.snapshot.now,
    )
    changes = _activate(invited, link, joined, phone=None)
    return changes._replace(identity=IdentityChange(identity, joined, "joined"))


def _activate(
    invited: InvitationSnapshot, link: InvitationToken, identity: Identity, *, phone: Phone | None
) -> ChangeSet:
    require_usable(invited, link)
    user, snapshot = invited.user, invited.snapshot
    after = user.with_changes(
        now=snapshot.now,
        status=state_machine.next_status(user, UserAction.JOIN, snapshot=snapshot),
        first_name=identity.first_name,
        last_name=identity.last_name,
        locale=identity.locale,
        phone=phone or user.phone,
        joined_at=snapshot.now,
        last_seen_at=snapshot.now,
    )
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry("user.joined", before=user, after=after, context=snapshot.context),),
        mails=(
            mail_to_user(MailKind.ACCOUNT_INFORMATION, after, to=user.user_id, context=snapshot.context),
            *mail_to_inviter(MailKind.JOINED, after, context=snapshot.context),
        ),
    )

"""Make users, accounts, snapshots, identities and mails of the domain: values alone, without AWS."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.domain.commands import acceptance, membership
from shared.domain.model.accounts import Account, AccountSettings
from shared.domain.model.fields import Phone
from shared.domain.model.groups import ADMINISTRATORS, EVERYONE, Group, Groups, first_groups
from shared.domain.model.identities import Identity, Registration
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.mails import Mail
from shared.domain.model.partners import Certification
from shared.domain.model.users import Invitation, Status, User
from shared.domain.policy.authorization import Actor, is_operator
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.principals import Person, Request
from shared.domain.policy.snapshot import InvitationSnapshot, OperationContext, Snapshot

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
WEEK = timedelta(hours=168)
ACCOUNT_ID = "ab123"
TERMS = "2026-11-01"
LEE_ID, ANN_ID, BEA_ID = "l" * 26, "a" * 26, "b" * 26
SEATED = {Status.INVITED, Status.ACTIVE, Status.BLOCKED}
JOINED = {Status.ACTIVE, Status.BLOCKED, Status.INACTIVE}


def a_member(status: Status = Status.ACTIVE, *, user_id: str = LEE_ID, **changes: Any) -> User:
    """A user in this status, as the commands that lead there would have left them."""
    invitation = Invitation(
        generation=1,
        sent_at=NOW - timedelta(days=1),
        expires_at=NOW - timedelta(hours=1) if status is Status.EXPIRED else NOW + timedelta(days=6),
        sent_count=1,
        delivery="sent",
        invited_by=ANN_ID,
    )
    values: dict[str, Any] = {
        "account_id": ACCOUNT_ID,
        "user_id": user_id,
        "identity_id": "i" * 26,
        "status": status,
        "holds_seat": status in SEATED,
        "first_name": "Lee",
        "last_name": "Sherron",
        "email": "lee@example.org",
        "locale": "en",
        "admin": False,
        "groups": (EVERYONE,),
        "invitation": invitation,
        "joined_at": NOW - timedelta(hours=2) if status in JOINED else None,
        "created_at": NOW - timedelta(days=1),
        "updated_at": NOW - timedelta(days=1),
        "version": 3,
    }
    changed_invitation = {name: changes.pop(name) for name in list(changes) if name in Invitation.model_fields}
    values["invitation"] = invitation.model_copy(update=changed_invitation)
    return User(**(values | changes))


def an_admin(user_id: str = ANN_ID, **changes: Any) -> User:
    """An active administrator."""
    values: dict[str, Any] = {"user_id": user_id, "admin": True, "groups": (ADMINISTRATORS,), "email": "ann@a.org"}
    return a_member(**(values | changes))


def some_groups(*more: Group) -> Groups:
    """The first groups of an account, and more."""
    groups = first_groups(ACCOUNT_ID)
    return groups.model_copy(update={"groups": {**groups.groups, **{group.group_id: group for group in more}}})


def the_account(*, seats: int = 10, used: int = 1, admins: int = 1, **settings: Any) -> Account:
    return Account(
        account_id=ACCOUNT_ID,
        name="Northwind",
        seats_purchased=seats,
        seats_used=used,
        seats_available=seats - used,
        admins=admins,
        settings=AccountSettings(**settings),
        created_at=NOW,
    )


def a_snapshot(
    user: User | None = None,
    *,
    by: User | Actor | None = None,
    account: Account | None = None,
    groups: Groups | None = None,
    authorizing_user: User | None = None,
    now: datetime = NOW,
) -> Snapshot:
    """Return what a command about `user` sees; an administrator acts unless `by` says otherwise."""
    groups = groups or some_groups()
    acting = by or an_admin()
    actor = acting if isinstance(acting, Actor) else Actor.of(acting, groups)
    return Snapshot(
        account=account or the_account(),
        groups=groups,
        actor=actor,
        user_id=user.user_id if user else LEE_ID,
        users={user.user_id: user} if user else {},
        authorizing_user=authorizing_user or (acting if isinstance(acting, User) else None),
        request=Request("operation-1"),
        now=now,
        address_identity_id="i" * 26,
    )


def an_invited(
    user: User | None = None,
    *,
    inviter: User | None = None,
    identity: Identity | None = None,
    groups: Groups | None = None,
    now: datetime = NOW,
) -> InvitationSnapshot:
    """Return what a link's holder meets; the inviter is an active administrator unless one is given."""
    user = user or a_member(Status.INVITED)
    snapshot = a_snapshot(user, by=user, groups=groups, authorizing_user=inviter or an_admin(), now=now)
    operator = an_identity() if is_operator(user.invitation.invited_by) else None
    return InvitationSnapshot(snapshot, user, identity_id="i" * 26, identity=identity, operator=operator)


def a_link(channel: Channel = Channel.MAILED, *, generation: int = 1) -> InvitationToken:
    return InvitationToken(ACCOUNT_ID, LEE_ID, generation, channel)


def an_identity(**changes: Any) -> Identity:
    """A person's proven sign-in."""
    values: dict[str, Any] = {"identity_id": "i" * 26, "address": "lee@example.org", "sub": "sub-1", "proven": True}
    return Identity(**(values | {"first_name": "Lee", "last_name": "Chosen"} | changes))


def a_certification(partner_type: str = "certified_partner") -> Certification:
    return Certification(partner_type=partner_type, first_name="Pat", last_name="Porter", certified_at=NOW)


def joining(invited: InvitationSnapshot) -> ChangeSet:
    """Return the change of an invitee who joins with an identity of the invited address."""
    known = an_identity(address=invited.user.email)
    person = Person(known.address, known.sub or "")
    return acceptance.join(invited._replace(identity=known), a_link(), person, terms_version=TERMS, current_terms=TERMS)


def accepting(invited: InvitationSnapshot, *, phone: Phone | None = None, **given: Any) -> ChangeSet:
    """Return the change of an invitee who creates an ID."""
    values = {
        "first_name": "Lee",
        "last_name": "Chosen",
        "locale": "en",
        "terms_version": TERMS,
        "security_question": "First pet?",
        "security_answer": "Rex",
    }
    return acceptance.accept(
        invited,
        a_link(),
        Registration(**(values | given)),
        replacing=Identity(identity_id=invited.identity_id, address=invited.user.email),
        sub="sub-1",
        salt=b"salt of the test",
        phone=phone,
        at_home=None,
    )


def coming_back(user: User, *groups: str, by: User | Actor | None = None, account: Account | None = None) -> ChangeSet:
    """Return the change of an inactive user who gets access again; `groups` are those that the request names."""
    return membership.reactivate(a_snapshot(user, by=by, account=account), group_ids=groups)


def a_context(by: Actor | None = None, *, operation: str = "operation-1", now: datetime = NOW) -> OperationContext:
    return OperationContext(actor=by or Actor.of(an_admin(), some_groups()), operation_id=operation, now=now)


def a_mail(**changes: Any) -> Mail:
    """A mail about Lee, to Lee; attributes of its subject and its recipient are given as its item has them."""
    values: dict[str, Any] = {
        "mail_id": "m",
        "kind": "invitation",
        "account_id": ACCOUNT_ID,
        "user_id": LEE_ID,
        "generation": 1,
        "to_user": LEE_ID,
        "payload": {"inviter_id": ANN_ID},
        "queued_at": NOW,
    }
    given = values | changes
    return Mail.model_validate({name: value for name, value in given.items() if value is not None})

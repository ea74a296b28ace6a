"""Values of the domain, and tables with a past: what tests need besides `tests.factories`."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute
from shared.domain.commands import acceptance, membership
from shared.domain.model.accounts import Account, AccountSettings
from shared.domain.model.base import iso
from shared.domain.model.fields import Phone
from shared.domain.model.groups import ADMINISTRATORS, EVERYONE, Group, Groups, first_groups
from shared.domain.model.identities import Identity, Registration
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.mails import Mail
from shared.domain.model.partners import Certification
from shared.domain.model.users import Invitation, Status, User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.principals import Person, Request
from shared.domain.policy.snapshot import InvitationSnapshot, OperationContext, Snapshot
from shared.storage_schema import DIRECTORY, Table
from tests import aws_fixture

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
WEEK = timedelta(hours=168)
ACCOUNT_ID = "ab123"
TERMS = "2026-11-01"
LEE, ANN, BEA = "l" * 26, "a" * 26, "b" * 26
SEATED = {Status.INVITED, Status.ACTIVE, Status.BLOCKED}
JOINED = {Status.ACTIVE, Status.BLOCKED, Status.INACTIVE}


# ---- values of the domain ----


def a_member(status: Status = Status.ACTIVE, *, user_id: str = LEE, **changes: Any) -> User:
    """A user in this status, as the commands that lead there would have left them."""
    invitation = Invitation(
        generation=1,
        sent_at=NOW - timedelta(days=1),
        expires_at=NOW - timedelta(hours=1) if status is Status.EXPIRED else NOW + timedelta(days=6),
        sent_count=1,
        delivery="sent",
        invited_by=ANN,
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


def an_admin(user_id: str = ANN, **changes: Any) -> User:
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
        user_id=user.user_id if user else LEE,
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
    return InvitationSnapshot(snapshot=snapshot, user=user, identity_id="i" * 26, identity=identity)


def a_link(channel: Channel = Channel.MAILED, *, generation: int = 1) -> InvitationToken:
    return InvitationToken(ACCOUNT_ID, LEE, generation, channel)


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
        "user_id": LEE,
        "generation": 1,
        "to_user": LEE,
        "payload": {"inviter_id": ANN},
        "queued_at": NOW,
    }
    given = values | changes
    return Mail.model_validate({name: value for name, value in given.items() if value is not None})


# ---- tables with a past ----


def set_in(table: Table, key: dict[str, str], **values: Any) -> None:
    """Write attributes past the product; `a__b` is attribute `b` of attribute `a`, None removes."""
    kept = {name: value for name, value in values.items() if value is not None}
    gone = [name for name, value in values.items() if value is None]
    paths = {name: ".".join(f"#{part}" for part in name.split("__")) for name in values}
    update = "SET " + ", ".join(f"{paths[name]} = :{name}" for name in kept) if kept else ""
    update += " REMOVE " + ", ".join(paths[name] for name in gone) if gone else ""
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(table),
        Key={name: {"S": value} for name, value in key.items()},
        UpdateExpression=update.strip(),
        ExpressionAttributeNames={f"#{part}": part for name in values for part in name.split("__")},
        **({"ExpressionAttributeValues": {f":{n}": to_attribute(v) for n, v in kept.items()}} if kept else {}),
    )


def user_row(user_id: str) -> dict[str, Any]:
    """A user as stored."""
    [row] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == f"user#{user_id}"]
    return row


def set_user(user: dict[str, Any], **values: Any) -> None:
    """Write attributes of a user past the product."""
    set_in(DIRECTORY, {"pk": user["account_id"], "sk": f"user#{user['user_id']}"}, **values)


def expire_at(user: dict[str, Any], moment: datetime) -> None:
    """Moves an invitation's end, for the clock and for the sweep."""
    due_at = f"{iso(moment)}\t{user['user_id']}"
    set_user(user, invitation__expires_at=iso(moment), due_at=due_at)


def sent_before(user: dict[str, Any]) -> dict[str, Any]:
    """The same user, whose link was sent so long ago that another may follow."""
    set_user(user, invitation__sent_at=iso(datetime.now(UTC) - timedelta(minutes=2)))
    return user


def overdue(user: dict[str, Any], *, by: timedelta = timedelta(minutes=1)) -> dict[str, Any]:
    """The same user, whose invitation has expired and is still to be swept."""
    expire_at(user, datetime.now(UTC) - by)
    return user


def remind_now(user: dict[str, Any]) -> dict[str, Any]:
    """The same user, whose invitation ends in a little less than two days."""
    ends = datetime.now(UTC) + timedelta(days=2) - timedelta(minutes=1)
    set_user(user, invitation__expires_at=iso(ends), due_at=f"{iso(ends - timedelta(days=2))}\t{user['user_id']}")
    return user


def put_users(users: Iterable[User]) -> None:
    """Stores users as the product would, without its commands: for lists of many."""
    from shared.adapters.dynamodb.user_items import user_row as row_of  # noqa: PLC0415 (the environment had to be made first)

    for user in users:
        row = {"pk": user.account_id, "sk": f"user#{user.user_id}"} | row_of(user)
        item = {name: to_attribute(value) for name, value in row.items()}
        aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(DIRECTORY), Item=item)
    indexed()


def indexed(account_id: str = ACCOUNT_ID) -> None:
    """Make the search index what the directory's stream would have made it by now."""
    from shared.adapters.dynamodb.search_index import open_search_index  # noqa: PLC0415 (needs the environment)

    open_search_index().rebuild(account_id)

"""Public JSON shapes; what is not listed here cannot leave."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shared.domain import actors, journal, moves, users
from shared.domain import groups as account_groups
from shared.domain.accounts import Account
from shared.domain.actors import Actor
from shared.domain.groups import Groups
from shared.domain.identities import Identity, PasswordPolicy, identity_exists
from shared.domain.links import Link
from shared.domain.models import Moment
from shared.domain.people import Phone
from shared.domain.scenes import Invited, Scene
from shared.domain.users import Delivery, Status, User, status_at


class View(BaseModel):
    """A closed shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class GroupName(View):
    group_id: str
    name: str


class ExceptionsView(View):
    """What a user may or may not do apart from their groups."""

    allow: Sequence[str]
    deny: Sequence[str]


class InvitationView(View):
    generation: int
    sent_at: Moment
    expires_at: Moment
    sent_count: int
    delivery: Delivery
    invited_by: str


class UserView(View):
    """A user as those see them who may; `invitation` is null once they have joined."""

    user_id: str
    account_id: str
    kind: Literal["user"]
    partner_type: None = None
    status: Status
    first_name: str
    last_name: str
    email: str
    phone: Phone | None
    admin: bool
    groups: Sequence[GroupName]
    permissions: ExceptionsView
    invitation: InvitationView | None
    joined_at: Moment | None
    last_seen_at: Moment | None
    created_at: Moment
    updated_at: Moment
    version: int
    allowed_actions: Sequence[str]

    @classmethod
    def of(cls, user: User, *, groups: Groups, seen_by: Actor, now: datetime) -> "UserView":
        """The user at this moment: whether an invitation has expired is the clock's word, not the table's."""
        invitation = InvitationView(**user.invitation.model_dump(exclude={"message"}))
        return cls(
            user_id=user.user_id,
            account_id=user.account_id,
            kind=user.kind,
            status=status_at(user, now),
            first_name=user.first_name,
            last_name=user.last_name,
            email=user.email,
            phone=user.phone,
            admin=user.admin,
            groups=[GroupName(group_id=group.group_id, name=group.name) for group in groups.chosen(user.groups)],
            permissions=ExceptionsView(allow=user.allow, deny=user.deny),
            invitation=None if user.joined_at else invitation,
            joined_at=user.joined_at,
            last_seen_at=user.last_seen_at,
            created_at=user.created_at,
            updated_at=user.updated_at,
            version=user.version,
            allowed_actions=moves.allowed_actions(user, seen_by=seen_by, now=now),
        )

    @classmethod
    def seen_in(cls, scene: Scene, user: User, *, now: datetime) -> "UserView":
        """The user as the one who acts in the scene sees them."""
        return cls.of(user, groups=scene.groups, seen_by=scene.actor, now=now)


class UserPage(View):
    """`total` counts all that the filter lets through; null with a search."""

    data: Sequence[UserView]
    next_cursor: str | None
    total: int | None


class GroupView(View):
    group_id: str
    name: str
    description: str
    default: bool
    permissions: Sequence[str]
    version: int

    @classmethod
    def of(cls, group: account_groups.Group) -> "GroupView":
        """One group."""
        return cls(**group.model_dump())


class GroupPage(View):
    data: Sequence[GroupView]
    next_cursor: str | None = None


class SeatsView(View):
    limit: int
    used: int
    available: int


class SettingsView(View):
    invite_profile: Literal["full", "simple"]
    default_group: str | None
    locale: users.Locale
    help_url: str | None


class AccountView(View):
    account_id: str
    name: str
    seats: SeatsView
    counts: Mapping[Status, int]
    settings: SettingsView

    @classmethod
    def of(cls, account: Account) -> "AccountView":
        """The account as its users see it."""
        seats = account.seats
        return cls(
            account_id=account.account_id,
            name=account.name,
            seats=SeatsView(limit=seats.limit, used=seats.used, available=seats.available),
            counts=account.counts,
            settings=SettingsView(**account.settings.model_dump()),
        )


class OpenedAccountView(View):
    account: AccountView
    user: UserView


class AccountName(View):
    account_id: str
    name: str

    @classmethod
    def of(cls, account: Account) -> "AccountName":
        """What an invitee may know of the account."""
        return cls(account_id=account.account_id, name=account.name)


class AccessView(View):
    """What the caller may do in the account."""

    status: Status
    admin: bool
    groups: Sequence[GroupName]
    permissions: Sequence[str]

    @classmethod
    def of(cls, user: User, groups: Groups) -> "AccessView":
        """The user's effective permissions."""
        return cls(
            status=user.status,
            admin=user.admin,
            groups=[GroupName(group_id=group.group_id, name=group.name) for group in groups.chosen(user.groups)],
            permissions=sorted(actors.rights_of(user, groups)),
        )


class EntryView(View):
    """One line of the journal; people are named by user_id, operators as `operator:...`, the sweep as `clock`."""

    entry_id: str
    at: Moment
    type: journal.EntryType
    actor: str
    user_id: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @classmethod
    def of(cls, entry: journal.Entry) -> "EntryView":
        """One entry."""
        return cls(**entry.model_dump(exclude={"account_id"}))


class EntryPage(View):
    data: Sequence[EntryView]
    next_cursor: str | None


class MembershipView(View):
    """An account that the identity came into, and how it stands there."""

    account_id: str
    name: str
    status: Status
    admin: bool


class MeView(View):
    identity_id: str
    email: str
    first_name: str
    last_name: str
    locale: users.Locale
    accounts: Sequence[MembershipView]

    @classmethod
    def of(cls, identity: Identity, memberships: Sequence[tuple[Account, User]]) -> "MeView":
        """The identity and the accounts that it may enter."""
        return cls(
            identity_id=identity.identity_id,
            email=identity.address,
            first_name=identity.first_name,
            last_name=identity.last_name,
            locale=identity.locale,
            accounts=[
                MembershipView(account_id=account.account_id, name=account.name, status=user.status, admin=user.admin)
                for account, user in memberships
                if user.status is Status.ACTIVE
            ],
        )


class Terms(View):
    """What is agreed to: its version, and where the text is (a path on the console's own origin)."""

    version: str
    url: str


class PreviewView(View):
    """What the invite page shows; `identity_exists` is null for a link that does not prove the mailbox."""

    account: AccountName
    inviter: str
    email: str
    first_name: str
    expires_at: Moment
    identity_exists: bool | None
    password_policy: PasswordPolicy = PasswordPolicy()
    terms: Terms

    @classmethod
    def of(cls, invited: Invited, link: Link, *, product_name: str, terms: Terms) -> "PreviewView":
        """An open invitation; an operator invites in the product's name."""
        user, inviter = invited.user, invited.scene.warrantor
        return cls(
            account=AccountName.of(invited.scene.account),
            inviter=inviter.name if inviter else product_name,
            email=user.email,
            first_name=user.first_name,
            expires_at=user.invitation.expires_at,
            identity_exists=identity_exists(invited.identity, mailed=link.is_mailed),
            terms=terms,
        )


class SessionView(View):
    """Tokens; `expires_in` in seconds."""

    access_token: str
    id_token: str
    refresh_token: str
    expires_in: int


class JoinedView(View):
    user: UserView
    account: AccountName

    @classmethod
    def of(cls, scene: Scene, user: User, *, now: datetime) -> "JoinedView":
        """The user in their new account."""
        return cls(user=UserView.seen_in(scene, user, now=now), account=AccountName.of(scene.account))


class AcceptedView(View):
    """`session` is null if only the signing-in failed."""

    user: UserView
    account: AccountName
    session: SessionView | None

    @classmethod
    def of(cls, scene: Scene, user: User, *, session: BaseModel | None, now: datetime) -> "AcceptedView":
        """The user in their new account, signed in."""
        return cls(
            user=UserView.seen_in(scene, user, now=now),
            account=AccountName.of(scene.account),
            session=SessionView(**session.model_dump()) if session else None,
        )

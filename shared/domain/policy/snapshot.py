"""What one strongly consistent read saw: the input of a command, and the scope of its optimistic lock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.model import errors, partners
from shared.domain.model.accounts import Account
from shared.domain.model.erasures import Erasure
from shared.domain.model.groups import Groups
from shared.domain.model.identities import Identity
from shared.domain.model.partners import Certification
from shared.domain.model.records import OwnedRecords, Record, RecordKey
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.teams import Team
from shared.domain.model.users import User, require_user
from shared.domain.policy.authorization import Actor
from shared.domain.policy.principals import IdempotencyKey, Request


class OperationContext(NamedTuple):
    """Actor, operation id and time of a command; what it writes bears the id, which tells a lost answer from a race."""

    actor: Actor
    operation_id: str
    now: datetime

    @property
    def basis(self) -> "CommitBasis":
        """Return the basis of changes that carry all their conditions themselves."""
        return CommitBasis(self.operation_id, self.now)


class Addressee(NamedTuple):
    """Whom an address names: the ids derive from it, and the identity exists or not."""

    user_id: str
    identity_id: str
    identity: Identity | None = None


class Snapshot(NamedTuple):
    """One account, who acts in it, and any number of its users; `user_id` names the one whom the command is about.

    `address_identity_id` derives from the address that the request names, if it names the user so.
    `identity` is that of the user whom the command is about: read for an address, for a partner, and where it is asked
    for.
    `authorizing_user` is the acting user, or the inviter when an invitee joins, `copier` who copied the link;
    the commit fails if they changed since the read. `is_repeat`: this request succeeded before and its answer is not
    stored, so that it is made again, with no second effect. `team` is the one that the command is about, if it is about
    one. `addressees` are those of a request that names many addresses. `records` are those that the request names, as
    far as they exist; `owned` is what some of the users own, by user_id, where a command or an answer asks for it.
    """

    account: Account
    groups: Groups
    actor: Actor
    user_id: str
    users: Mapping[str, User]
    authorizing_user: User | None
    request: Request
    now: datetime
    is_repeat: bool = False
    seat_request: SeatRequest | None = None
    team: Team | None = None
    address_identity_id: str | None = None
    identity: Identity | None = None
    addressees: Mapping[str, Addressee] = {}
    records: Mapping[RecordKey, Record] = {}
    owned: Mapping[str, OwnedRecords] = {}
    copier: User | None = None

    def for_address(self, address: str, *, account: Account) -> "Snapshot":
        """Return the snapshot for one of the addresses, with the account as earlier decisions leave it."""
        addressee = self.addressees[address]
        return self._replace(
            account=account,
            user_id=addressee.user_id,
            address_identity_id=addressee.identity_id,
            identity=addressee.identity,
        )

    @property
    def identity_id(self) -> str:
        """Return the identity of the user whom the command is about, known or new; raises NotFound."""
        found = self.user.identity_id if self.user else self.address_identity_id
        if found is None:
            raise errors.NotFound
        return found

    @property
    def user(self) -> User | None:
        """Return the user whom the command is about, if there is one."""
        return self.users.get(self.user_id)

    @property
    def is_suppressed(self) -> bool:
        """Return whether the user's mailbox has complained of our mail."""
        return self.identity is not None and self.identity.complained_at is not None

    @property
    def certification(self) -> Certification | None:
        """Return the user's entry in the registry of partners, also one that was withdrawn."""
        return self.identity.certification if self.identity else None

    def require_user(self) -> User:
        """Return the user whom the command is about; raises NotFound."""
        return require_user(self.user)

    def seen_after(self, user: User) -> "Snapshot":
        """Return the snapshot as the actor sees it once this user is stored: themselves with their new rights."""
        is_own = user.user_id == self.actor.actor_id
        return self._replace(actor=Actor.of(user, self.groups)) if is_own else self

    def require_partner_type(self) -> str | None:
        """Return the user's type in the registry as it is now; None if they are no partner.

        Raises NotFound without a user, NotACertifiedPartner for a partner whose certification was withdrawn.
        """
        if self.require_user().kind != "partner":
            return None
        return partners.require_certified(self.certification).partner_type

    @property
    def context(self) -> OperationContext:
        """Return actor, operation id and time of what is decided on this snapshot."""
        return OperationContext(self.actor, self.request.operation_id, self.now)

    @property
    def basis(self) -> "CommitBasis":
        """Return the basis of the commit."""
        return CommitBasis(
            operation_id=self.request.operation_id,
            now=self.now,
            unchanged_users=tuple(user for user in (self.authorizing_user, self.copier) if user),
            groups_version=self.groups.version,
            must_be_active=not self.actor.is_operator_or_host and not self.account.is_suspended,
            idempotency_key=None if self.is_repeat else self.request.idempotency_key,
        )


class CommitBasis(NamedTuple):
    """What must still hold when a decision is committed, and the request to remember.

    `unchanged_users` have the version that was read; `groups_version` is None where no right was weighed.
    `must_be_active`: the account may not have been suspended meanwhile, as far as a write looks at it anyway.
    `may_end_last_admin`: erasing does not stop halfway because another administrator left at the same time.
    """

    operation_id: str
    now: datetime
    unchanged_users: tuple[User, ...] = ()
    groups_version: int | None = None
    must_be_active: bool = False
    idempotency_key: IdempotencyKey | None = None
    may_end_last_admin: bool = False

    @classmethod
    def of_request(cls, request: Request, *, now: datetime) -> "CommitBasis":
        """Return the basis of changes that carry all their conditions themselves, with the request to remember."""
        return cls(request.operation_id, now, idempotency_key=request.idempotency_key)


class IdentitySnapshot(NamedTuple):
    """An identity that an operator acts on, if there is one, with the person's user ids by account."""

    operator_id: str
    identity: Identity | None
    user_ids: Mapping[str, str]
    context: OperationContext
    basis: CommitBasis


class ErasureSnapshot(NamedTuple):
    """What is known of an address whose person an operator erases.

    `users` are those of the identity, whether or not they have joined, each with the account. `erasures` counts earlier
    persons of the address who were erased, `first_identity_id` is the first one's. `is_done`: the latest one was
    erased, and the request was made before or nothing is known of another. Then `unfinished` is that erasing, if
    something of it may be left.
    """

    operator_id: str
    address: str
    identity_id: str
    first_identity_id: str
    erasures: int
    identity: Identity | None
    users: Sequence[tuple[Account, User]]
    is_done: bool
    unfinished: Erasure | None
    context: OperationContext
    basis: CommitBasis


class PartnerSnapshot(NamedTuple):
    """What is known of an address, for an operator who keeps the registry of partners; None: nothing yet."""

    identity_id: str
    address: str
    identity: Identity | None
    context: OperationContext

    @property
    def certification(self) -> Certification | None:
        """Return the address's entry in the registry, also one that was withdrawn."""
        return self.identity.certification if self.identity else None

    @property
    def basis(self) -> "CommitBasis":
        """Return the basis of the commit: the change itself is conditioned on the entry that was read."""
        return self.context.basis


class DueUserSnapshot(NamedTuple):
    """A user whose deadline has come, with the account, the groups and what they own, on which what follows rests."""

    user: User
    account: Account
    groups: Groups
    owned: OwnedRecords = OwnedRecords()


class InvitationSnapshot(NamedTuple):
    """The snapshot of a genuine link: the invited user acts in it; with their identity, if any.

    The snapshot's authorizing user is the inviter; where an operator invited, there is none, and `operator` is their
    identity. `sign_in_is_gone`: the owner of the identity deleted its sign-in through the user pool's own API.
    """

    snapshot: Snapshot
    user: User
    identity_id: str
    identity: Identity | None
    operator: Identity | None = None
    sign_in_is_gone: bool = False

    @classmethod
    def of(
        cls,
        user: User,
        *,
        account: Account,
        groups: Groups,
        inviter: User | None,
        operator: Identity | None,
        identity: Identity | None,
        request: Request,
        now: datetime,
        copier: User | None = None,
        is_repeat: bool = False,
    ) -> "InvitationSnapshot":
        """Return the snapshot of an invited user; `inviter` or `operator` is None, both if the inviter is gone."""
        snapshot = Snapshot(
            account=account,
            groups=groups,
            actor=Actor.of(user, groups),
            user_id=user.user_id,
            users={user.user_id: user},
            authorizing_user=inviter,
            copier=copier,
            request=request,
            now=now,
            is_repeat=is_repeat,
        )
        return cls(snapshot, user, user.identity_id, identity, operator)

    @property
    def existing_identity(self) -> Identity | None:
        """Return the identity, if anyone can sign in with it; a blocked one exists in any case."""
        identity = self.identity
        if identity is None or identity.sub is None:
            return None
        return None if self.sign_in_is_gone and not identity.blocked else identity

    def at(self, now: datetime) -> "InvitationSnapshot":
        """Return the same snapshot at a later moment: registration must be completed before the expiry."""
        return self._replace(snapshot=self.snapshot._replace(now=now))

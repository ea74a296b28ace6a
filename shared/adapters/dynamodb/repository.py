"""Accounts, users and identities: one consistent read before a decision, one transaction after it."""

import functools
from collections.abc import Collection, Mapping

from shared.adapters import clients
from shared.adapters.dynamodb.account_read import AccountRead
from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.item_batch import ItemBatch, read_as_operator, read_as_person, read_of_addresses
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import Key
from shared.clock import utc_now
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.identities import Identity
from shared.domain.model.ids import USER_ID
from shared.domain.model.invitation_tokens import InvitationToken
from shared.domain.model.records import Record, RecordKey
from shared.domain.model.teams import Team
from shared.domain.model.users import User
from shared.domain.policy import authorization
from shared.domain.policy.authorization import Actor
from shared.domain.policy.principals import Caller, Host, Person, Request
from shared.domain.policy.snapshot import (
    Addressee,
    IdentitySnapshot,
    InvitationSnapshot,
    PartnerSnapshot,
    Snapshot,
)
from shared.settings import settings


class Repository:
    """Loads what a command sees, and commits what it decided."""

    def __init__(self) -> None:
        self._directory = settings().tables.directory_table
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")
        self.commit = open_committer().commit

    def load(
        self,
        account_id: str,
        caller: Caller,
        *,
        user_id: str | None = None,
        address: str | None = None,
        reads_identity: bool = False,
        others: Collection[str] = (),
        identity_ids: Collection[str] = (),
        addresses: Collection[str] = (),
        team_id: str | None = None,
        new_account: Account | None = None,
        seat_request_id: str | None = None,
        leaves: bool = False,
        records: Collection[RecordKey] = (),
        reads_owned: bool = False,
    ) -> Snapshot:
        """Load the account for its active user, an operator or the host, with what the request names.

        A user is named by id or by address, else it is the caller; `others` and `addresses` name further ones.
        `records` are read as they are stored, and with `reads_owned` how many the named user owns. `new_account` is the
        one that an operator creates. For the host one more read finds the users of `identity_ids`; a person knows their
        own alone. Who `leaves` gets the answer to the same request again, though they are no user any more.

        For a user named by id a second read finds the identity, of a partner and with `reads_identity`; for an address
        the first read does. One more finds the people of a team, and for a partner
        the owners of the records.
        Raises Unauthorized, NotFound, AccountExists, and what the request's idempotency key raises.
        """
        principal, request, now = caller.principal, caller.request, utc_now()
        known = self._users_of_identities(account_id, identity_ids) if isinstance(principal, Host) else []
        first = AccountRead(
            account_id,
            caller,
            user_id=user_id,
            address=address,
            others=[*filter(USER_ID.fullmatch, others), *known],
            addresses=addresses,
            team_id=team_id,
            seat_request_id=seat_request_id,
            records=records,
            reads_owned=reads_owned,
        )
        keys, read = read_of_addresses(self._dynamodb, self._keys, first.all_addresses, first.wanted)
        users, about_id = read.users(account_id, first.user_ids(keys)), first.about_id(keys)
        account, groups, member = read.account(account_id), read.groups(account_id), users.get(first.caller_id(keys))
        identity = None if isinstance(principal, Host) else read.identity(principal.address)
        if leaves:
            authorization.require_signed_in(authorization.require_person(principal), identity)
            read.check_repeat(request, now=now)
        actor = authorization.require_actor(
            principal, identity=identity, account=account, member=member, groups=groups, now=now
        )
        is_repeat = read.check_repeat(request, now=now)
        team, stored = read.team(account_id, team_id) if team_id else None, read.records(account_id, records)
        users |= self._further_users(account_id, keys, _people_of(team, stored, member) - users.keys())
        named = self._identity_of(users.get(user_id or ""), reads_identity=reads_identity)
        named = read.identity(address) if address else named
        return Snapshot(
            account=_require_account(account, new_account),
            groups=groups,
            actor=actor,
            user_id=about_id,
            users=users,
            authorizing_user=member,
            request=request,
            now=now,
            is_repeat=is_repeat,
            seat_request=read.seat_request(account_id, seat_request_id) if seat_request_id else None,
            team=team,
            identity=named,
            address_identity_id=keys.ids.identity_id(address) if address else None,
            records=stored,
            owned=read.owned(account_id, [about_id] if reads_owned else []),
            addressees={each: _addressee(account_id, each, keys, read) for each in addresses},
        )

    def load_invitation(
        self, link: InvitationToken, request: Request, *, person: Person | None = None
    ) -> InvitationSnapshot:
        """Load the user whom a genuine link invites; a second read finds their identity and the inviter.

        Raises InvitationNotFound, Unauthorized, StaleRead, and what the request's idempotency key raises.
        """
        account_id, now = link.account_id, utc_now()
        own_address = [person.address] if person else []
        _, read = read_of_addresses(
            self._dynamodb,
            self._keys,
            own_address,
            lambda keys: [
                keys.account(account_id),
                keys.groups(account_id),
                *keys.stored_responses(request),
                keys.user(account_id, link.user_id),
                *map(keys.identity, own_address),
            ],
        )
        if person:
            authorization.require_signed_in(person, read.identity(person.address))
        account, user = read.account(account_id), read.user(account_id, link.user_id)
        if account is None or user is None:
            raise errors.InvitationNotFound
        is_repeat = read.check_repeat(request, now=now)
        groups = read.groups(account_id)
        read = self._read(
            self._keys.identity_of_id(user.identity_id),
            self._keys.user(account_id, user.user_id),
            self._keys.inviter(user),
            *([self._keys.user(account_id, link.copied_by)] if link.copied_by else []),
        )
        if read.user(account_id, user.user_id) != user:
            raise errors.StaleRead  # Changed between the two reads, which must tell of one moment.
        return InvitationSnapshot.of(
            user,
            account=account,
            groups=groups,
            inviter=read.inviter(user),
            operator=read.inviting_operator(user),
            copier=read.user(account_id, link.copied_by) if link.copied_by else None,
            identity=read.identity_of_id(user.identity_id),
            request=request,
            now=now,
            is_repeat=is_repeat,
        )

    def load_user_at_home(self, identity: Identity, *, besides: str) -> User | None:
        """Return the user whom an unproven identity has in its home account, unless that is the account `besides`."""
        home = identity.home_account
        if home is None or home == besides:
            return None
        user_id = self._keys.user_ids_of(identity)[home]
        return self._read(self._keys.user(home, user_id)).user(home, user_id)

    def load_identity(self, caller: Caller) -> tuple[Identity, list[tuple[Account, User]]]:
        """Load the caller's identity, and each account that it came into with its user there. Raises Unauthorized."""
        identity = read_as_person(self._dynamodb, self._keys, caller)
        users = self._keys.user_ids_of(identity)
        read = self._read(
            *map(self._keys.account, users), *(self._keys.user(account_id, users[account_id]) for account_id in users)
        )
        pairs = [(read.account(account_id), read.user(account_id, user_id)) for account_id, user_id in users.items()]
        return identity, [(account, user) for account, user in pairs if account and user]

    def load_operator(self, operator: Caller) -> Actor:
        """Return the operator, who acts in no account. Raises NotAllowed, Unauthorized."""
        return read_as_operator(self._dynamodb, self._keys, operator).context.actor

    def load_operated_identity(self, operator: Caller, address: str) -> IdentitySnapshot:
        """Load the identity of an address for an operator. Raises what `read_as_operator` raises."""
        read = read_as_operator(self._dynamodb, self._keys, operator, address)
        identity = read.items.identity(address)
        user_ids = read.keys.user_ids_of(identity) if identity else {}
        return IdentitySnapshot(read.operator_id, identity, user_ids, read.context, read.basis)

    def load_partner(self, operator: Caller, address: str) -> PartnerSnapshot:
        """Load what is known of an address, for an operator. Raises NotAllowed, Unauthorized."""
        read = read_as_operator(self._dynamodb, self._keys, operator, address)
        return PartnerSnapshot(read.keys.ids.identity_id(address), address, read.items.identity(address), read.context)

    def _users_of_identities(self, account_id: str, identity_ids: Collection[str]) -> list[str]:
        """Return the ids that these identities have in the account, if they came into it."""
        keys = [self._keys.identity_of_id(each) for each in identity_ids if USER_ID.fullmatch(each)]
        identities = self._read(*keys).identities(keys)
        users = map(self._keys.user_ids_of, identities)
        return [user_ids[account_id] for user_ids in users if account_id in user_ids]

    def _further_users(self, account_id: str, keys: Keys, user_ids: Collection[str]) -> dict[str, User]:
        if not user_ids:
            return {}
        return self._read(*(keys.user(account_id, each) for each in user_ids)).users(account_id, user_ids)

    def _identity_of(self, user: User | None, *, reads_identity: bool) -> Identity | None:
        """Return the identity of a user where a command needs to know it: a partner's always, and where it says so."""
        if user is None or not (reads_identity or user.kind == "partner"):
            return None
        return self._read(self._keys.identity_of_id(user.identity_id)).identity_of_id(user.identity_id)

    def _read(self, *keys: Key) -> ItemBatch:
        return ItemBatch(self._dynamodb, self._keys, keys)


def _addressee(account_id: str, address: str, keys: Keys, read: ItemBatch) -> Addressee:
    ids = keys.ids
    return Addressee(ids.user_id(account_id, address), ids.identity_id(address), read.identity(address))


def _people_of(team: Team | None, records: Mapping[RecordKey, Record], member: User | None) -> frozenset[str]:
    """Return the people of a team and, where a partner acts, the owners of records, not all of whom they may act on."""
    is_partner = member is not None and member.kind == "partner"
    owners = [record.owner_id for record in records.values() if is_partner and record.owner_id]
    return (team.people if team else frozenset()).union(owners)


def _require_account(account: Account | None, new_account: Account | None) -> Account:
    """Return the account that exists, or the one to be created; raises AccountExists, NotFound."""
    if account and new_account:
        raise errors.AccountExists
    found = account or new_account
    if found is None:
        raise errors.NotFound
    return found


@functools.cache
def open_repository() -> Repository:
    """Return the instance of this process, made on first use."""
    return Repository()

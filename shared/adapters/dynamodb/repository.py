"""Accounts, users and identities: one consistent read before a decision, one transaction after it."""

import functools
from datetime import datetime, timedelta

from pydantic import BaseModel

from shared.adapters import clients
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import Key, transact, update
from shared.adapters.dynamodb.transaction_items import TransactionItems, Write
from shared.adapters.dynamodb.user_items import user_key, write_user
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.base import iso
from shared.domain.model.identities import Identity
from shared.domain.model.invitation_tokens import Link
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import Actor, is_operator
from shared.domain.policy.changes import Change, SettingsChange
from shared.domain.policy.journal import Entry
from shared.domain.policy.principals import Caller, Request
from shared.domain.policy.snapshot import InvitationSnapshot, Snapshot
from shared.settings import settings

_SEEN_AT_MOST_EVERY = timedelta(minutes=15)


class Repository:
    """Loads what a command sees, and saves what it decided."""

    def __init__(self) -> None:
        self._directory = settings().directory_table
        self._keys = Keys(settings())
        self._writes = TransactionItems(settings())
        self._dynamodb = clients.client("dynamodb")

    def load(
        self, account_id: str, caller: Caller, *, now: datetime, user_id: str | None = None, address: str | None = None
    ) -> Snapshot:
        """The account as its active user sees it, and whom the request names: by id, by address, or the caller.

        Raises Unauthorized, NotFound (also for an account that the caller is no active user of), and what
        `Idempotency-Key` demands: Repeated or IdempotencyKeyReused.
        """
        actor_id = self._keys.ids.user_id(account_id, caller.username)
        about = user_id or (self._keys.ids.user_id(account_id, address) if address else actor_id)
        read = self._read(
            *self._keys.account_and_request(account_id, caller.request),
            self._keys.user(account_id, actor_id),
            self._keys.user(account_id, about),
            self._keys.identity(caller.username),
        )
        read.signed_in(caller)
        account, user = read.account(account_id), read.user(account_id, actor_id)
        if account is None or user is None or user.status is not Status.ACTIVE:
            raise errors.NotFound
        is_repeat = read.is_repeat(caller.request, now=now)
        groups = read.groups(account_id)
        return Snapshot(
            account=account,
            groups=groups,
            actor=Actor.of(user, groups),
            user_id=about,
            user=read.user(account_id, about),
            authorizing_user=user,
            request=caller.request,
            is_repeat=is_repeat,
        )

    def load_for_operator(
        self, account_id: str, caller: Caller, *, now: datetime, address: str, opening: Account | None = None
    ) -> Snapshot:
        """The account as staff sees it; with `opening`, the account that is to be opened.

        Raises NotAllowed, Unauthorized, NotFound or AccountExists, Repeated, IdempotencyKeyReused.
        """
        caller.require_operator()
        about = self._keys.ids.user_id(account_id, address)
        read = self._read(
            *self._keys.account_and_request(account_id, caller.request),
            self._keys.user(account_id, about),
            self._keys.identity(caller.username),
        )
        identity = read.signed_in(caller)
        is_repeat = read.is_repeat(caller.request, now=now)
        account = read.account(account_id)
        if opening and account:
            raise errors.AccountExists
        account = account or opening
        if account is None:
            raise errors.NotFound
        return Snapshot(
            account=account,
            groups=read.groups(account_id),
            actor=Actor.operator(identity.identity_id),
            user_id=about,
            user=read.user(account_id, about),
            authorizing_user=None,
            request=caller.request,
            is_repeat=is_repeat,
        )

    def load_invited(
        self, link: Link, request: Request, *, now: datetime, caller: Caller | None = None
    ) -> InvitationSnapshot:
        """Whom a genuine link invites; a second read finds, by what the first has told, the identity and the inviter.

        Raises InvitationNotFound, Unauthorized, Repeated, IdempotencyKeyReused, Conflict.
        """
        account_id = link.account_id
        read = self._read(
            *self._keys.account_and_request(account_id, request),
            self._keys.user(account_id, link.user_id),
            *([self._keys.identity(caller.username)] if caller else []),
        )
        if caller:
            read.signed_in(caller)
        account, user = read.account(account_id), read.user(account_id, link.user_id)
        if account is None or user is None:
            raise errors.InvitationNotFound
        is_repeat = read.is_repeat(request, now=now)
        groups, inviter = read.groups(account_id), user.invitation.invited_by
        by_operator = is_operator(inviter)
        read = self._read(
            self._keys.identity(user.email),
            self._keys.user(account_id, user.user_id),
            *([] if by_operator else [self._keys.user(account_id, inviter)]),
        )
        if read.user(account_id, user.user_id) != user:
            raise errors.Conflict  # Somebody was faster between the two reads, which must tell of one moment.
        snapshot = Snapshot(
            account=account,
            groups=groups,
            actor=Actor.of(user, groups),
            user_id=user.user_id,
            user=user,
            authorizing_user=None if by_operator else read.user(account_id, inviter),
            request=request,
            is_repeat=is_repeat,
        )
        identity_id = self._keys.ids.identity_id(user.email)
        return InvitationSnapshot(
            snapshot=snapshot, user=user, identity_id=identity_id, identity=read.identity(user.email)
        )

    def load_identity(self, caller: Caller) -> tuple[Identity, list[tuple[Account, User]]]:
        """The caller's identity, and each account that it came into, with the user that it is there.

        Raises Unauthorized.
        """
        identity = self._read(self._keys.identity(caller.username)).signed_in(caller)
        users = {
            account_id: self._keys.ids.user_id(account_id, identity.address) for account_id in sorted(identity.accounts)
        }
        read = self._read(
            *map(self._keys.account, users), *(self._keys.user(account_id, users[account_id]) for account_id in users)
        )
        pairs = [(read.account(account_id), read.user(account_id, user_id)) for account_id, user_id in users.items()]
        return identity, [(account, user) for account, user in pairs if account and user]

    def save(self, change: Change, snapshot: Snapshot, answer: BaseModel | None, *, now: datetime) -> None:
        """What a command has decided, or nothing; raises Conflict if the snapshot has changed meanwhile."""
        self._transact(self._parts(change, snapshot, answer, now=now), snapshot.request)

    def save_opening(
        self, change: Change, snapshot: Snapshot, opened: Entry, answer: BaseModel, *, now: datetime
    ) -> None:
        """A new account, with its first administrator in it; raises Conflict if somebody was faster."""
        parts = [
            *self._writes.open(snapshot.account.counted(change.tally), snapshot.groups),
            self._writes.journal(opened),
            *self._parts(change, snapshot, answer, now=now, counted=True),
        ]
        self._transact(parts, snapshot.request)

    def save_acceptance(
        self, change: Change, invited: InvitationSnapshot, identity: Identity, *, now: datetime
    ) -> None:
        """A user who has joined with the identity that was made under this request's claim."""
        snapshot = invited.snapshot
        made = self._writes.store_accepted_identity(identity, operation=snapshot.request.operation)
        self._transact([*self._parts(change, snapshot, None, now=now), made], snapshot.request)

    def save_joining(
        self, change: Change, invited: InvitationSnapshot, identity: Identity, answer: BaseModel, *, now: datetime
    ) -> None:
        """A user who has joined with the identity that signed in."""
        parts = [*self._parts(change, invited.snapshot, answer, now=now), self._writes.store_joined_identity(identity)]
        self._transact(parts, invited.snapshot.request)

    def save_settings(self, change: SettingsChange, snapshot: Snapshot) -> None:
        """The account's settings, or nothing; raises Conflict if they, the groups or the administrator have changed."""
        if change.entry is None or snapshot.authorizing_user is None:
            return
        parts = [
            self._writes.settings(change.before, change.after, groups_version=snapshot.groups.version),
            self._writes.still(snapshot.authorizing_user),
            self._writes.journal(change.entry),
        ]
        self._transact(parts, snapshot.request)

    def note_seen(self, user: User, *, now: datetime) -> None:
        """Remembers, at most every 15 minutes, that the user was here; the user's version stays."""
        if user.last_seen_at and now - user.last_seen_at < _SEEN_AT_MOST_EVERY:
            return
        try:
            update(
                self._dynamodb,
                TableName=self._directory,
                Key={"pk": {"S": user.account_id}, "sk": {"S": user_key(user.user_id)}},
                UpdateExpression="SET last_seen_at = :now",
                ConditionExpression="#status = :active",
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues={":now": {"S": iso(now)}, ":active": {"S": Status.ACTIVE}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return  # Deactivated a moment ago: there is nobody to be seen any more.

    def _parts(
        self, change: Change, snapshot: Snapshot, answer: BaseModel | None, *, now: datetime, counted: bool = False
    ) -> list[Write]:
        account_id, key = snapshot.account.account_id, snapshot.request.idempotency_key
        parts: list[Write] = []
        if change.before != change.after:
            user = write_user(self._directory, change.before, change.after, operation=snapshot.request.operation)
            parts.append(user)
            if not counted:
                parts.append(self._writes.count(account_id, change.tally, groups_version=snapshot.groups.version))
        elif change.entries:
            parts.append(self._writes.still(change.after))
        if parts and snapshot.authorizing_user:
            parts.append(self._writes.still(snapshot.authorizing_user))
        parts += map(self._writes.journal, change.entries)
        parts += map(self._writes.mail, change.mails)
        if key and not snapshot.is_repeat:
            remembered = answer.model_dump_json() if answer else None
            parts.append(self._writes.remember(key, remembered, now=now))
        return parts

    def _transact(self, parts: list[Write], request: Request) -> None:
        if parts:
            transact(self._dynamodb, parts, operation=request.operation)

    def _read(self, *keys: Key) -> ItemBatch:
        return ItemBatch(self._dynamodb, self._keys, keys)


@functools.cache
def open_repository() -> Repository:
    """One for a process."""
    return Repository()

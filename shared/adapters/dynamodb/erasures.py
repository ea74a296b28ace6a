"""Erasing a person: what is known of their address, and the steps that follow the tombstone (rule 25)."""

import functools
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.erasure_items import DUE_ERASURES, ERASURE, erasure_key, forget_outside
from shared.adapters.dynamodb.index_reads import due_items, indexed_keys, readable
from shared.adapters.dynamodb.item_batch import ItemBatch, OperatorRead, read_as_operator
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import Key, batch_get, transact, update
from shared.adapters.dynamodb.response_items import forget_answer, indexed_answers, response_key
from shared.adapters.dynamodb.user_items import user_key
from shared.adapters.logo_bucket import open_logo_bucket
from shared.clock import utc_now
from shared.domain.commands import erasures
from shared.domain.model.accounts import Account
from shared.domain.model.erasures import Erasure
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import User
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.principals import Caller
from shared.domain.policy.snapshot import CommitBasis, ErasureSnapshot
from shared.settings import settings

_USER = user_key("")


class Erasures:
    """Finds a person's users and remembered answers by the index by identity, and puts tombstones in their place."""

    def __init__(self) -> None:
        self._tables = settings().tables
        self._table = self._tables.directory_table
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")
        self._commit = open_committer().commit
        self._user_pool = open_cognito()
        self._logos = open_logo_bucket()

    def load(self, operator: Caller, address: str) -> ErasureSnapshot:
        """Load the identity of an address and its users. Raises NotAllowed, Unauthorized, and what the key raises.

        Users who joined are read consistently; those who are only invited are found by an index, which lags.
        """
        read = read_as_operator(self._dynamodb, self._keys, operator, address)
        keys, identity = read.keys, read.items.identity(address)
        identity_id, number = keys.ids.identity_id(address), keys.ids.erasures(address)
        known = {keys.user(*each) for each in keys.user_ids_of(identity).items()} if identity else set()
        users = list(self._users(known | {key for key in self._found(identity_id) if _is_user(key)}))
        restored = self._restored(keys, address, number, read)
        is_done = bool(restored) or (number > 0 and (read.is_repeat or (identity is None and not users)))
        previous_id = self._earlier(keys, address, number - 1) if is_done else identity_id
        return ErasureSnapshot(
            operator_id=read.operator_id,
            address=address,
            identity_id=restored.identity_id if restored else previous_id,
            first_identity_id=self._earlier(keys, address, 0),
            erasures=number,
            identity=identity,
            users=users,
            is_done=is_done,
            unfinished=restored or (self._unfinished(previous_id) if is_done else None),
            context=read.context,
            basis=read.basis,
        )

    def due(self, *, now: datetime) -> Iterator[Erasure | ValidationError]:
        """Yield what was begun a minute ago or earlier: no request is left that could have read the address before."""
        return readable(due_items(self._table, self._dynamodb, DUE_ERASURES, now=now), _erasure)

    def erase(self, found: ErasureSnapshot) -> None:
        """Begin the erasing, or take up what an earlier request left, and carry it out.

        The request's idempotency key is remembered with the tombstone: a repeat finishes what it finds, and does not
        take someone who was invited since for the person. Raises StaleRead where the person changed meanwhile, or is
        just accepting an invitation.
        """
        if not found.is_done:
            self.carry_out(self._begin(found), known=[user for _, user in found.users])
            return
        if found.unfinished:
            self.carry_out(found.unfinished)
        self._commit(ChangeSet(), found.basis, answer=None)

    def _begin(self, found: ErasureSnapshot) -> Erasure:
        """Put the tombstone in the place of the identity, and return what is left to do."""
        changes = erasures.begin(found, sub=self._user_pool.sub_of(found.address))
        self._commit(changes, found.basis, answer=None)
        return changes.begun_erasure

    def carry_out(self, erasure: Erasure, *, known: Iterable[User] = ()) -> None:
        """Erase sign-in and logo, what the index shows, and the users who are known without it.

        Raises StaleRead for a user who was changed meanwhile; repeating it finds what is left.
        """
        self._delete_outside(erasure)
        found = list(self._found(erasure.identity_id))
        for _, pk, _ in self._found(indexed_answers(erasure.identity_id)):
            self._forget_answer(pk, is_made_again=False)
        keys = {key for key in found if _is_user(key)}
        keys |= {(self._table, user.account_id, user_key(user.user_id)) for user in known}
        for _, user in self._users(keys):
            for batch in user.invitation.batches:  # Also of one who is erased: the answer may have been stored since.
                self._forget_answer(response_key(batch.batch_id), is_made_again=True)
            if user.erased_at:
                continue
            now = utc_now()
            basis = CommitBasis(erasure.operation, now, may_end_last_admin=True)
            self._commit(erasures.erase_user(user, self._owned(user), erasure, now=now), basis, answer=None)

    def _delete_outside(self, erasure: Erasure) -> None:
        key = self._keys.identity_of_id(erasure.identity_id)
        outside = ItemBatch(self._dynamodb, self._keys, [key]).outside(erasure.identity_id)
        if outside:
            self._user_pool.delete(outside.address, sub=outside.sub)
            self._logos.delete(outside.logo)
            self._update(forget_outside(self._tables, erasure))

    def forget(self, erasure: Erasure) -> None:
        """Delete an erasing of which nothing is left to do."""
        key = {"pk": {"S": erasure_key(erasure.identity_id)}, "sk": {"S": ERASURE}}
        transact(self._dynamodb, [{"Delete": {"TableName": self._table, "Key": key}}], operation_id=erasure.operation)

    def _earlier(self, keys: Keys, address: str, number: int) -> str:
        """Return the identity of the person whom the address had after so many others."""
        return keys.with_erasures({address: number}).ids.identity_id(address)

    def _unfinished(self, identity_id: str) -> Erasure | None:
        found = batch_get(self._dynamodb, [(self._table, erasure_key(identity_id), ERASURE)])
        return next((_erasure(from_item(item)) for item in found.values()), None)

    def _restored(self, keys: Keys, address: str, number: int, read: OperatorRead) -> Erasure | None:
        """Return an erasing of someone who was erased before, and whom a restored table has brought back."""
        for earlier in range(number):
            identity_id = self._earlier(keys, address, earlier)
            users = self._users(key for key in self._found(identity_id) if _is_user(key))
            if any(user.erased_at is None for _, user in users) and self._unfinished(identity_id) is None:
                return Erasure(
                    operation=read.context.operation_id,
                    identity_id=identity_id,
                    first_identity_id=self._earlier(keys, address, 0),
                    number=earlier + 1,
                    actor=read.context.actor.actor_id,
                    erased_at=read.context.now,
                )
        return None

    def _found(self, identity_id: str) -> Iterator[Key]:
        values = {":identity": identity_id}
        pages = indexed_keys(self._table, self._dynamodb, "by_identity", "identity_id = :identity", values)
        return (key for keys in pages for key in keys)

    def _users(self, keys: Iterable[Key]) -> Iterator[tuple[Account, User]]:
        """Yield the users that exist, in the order of their accounts, each with the account."""
        users = sorted(keys)
        accounts = {account_id: self._keys.account(account_id) for _, account_id, _ in users}
        read = ItemBatch(self._dynamodb, self._keys, [*users, *accounts.values()])
        for _, account_id, sort_key in users:
            account = read.account(account_id)
            user = read.user(account_id, str(sort_key).removeprefix(_USER))
            if account and user:
                yield account, user

    def _owned(self, user: User) -> OwnedRecords:
        read = ItemBatch(self._dynamodb, self._keys, [self._keys.owned(user.account_id, user.user_id)])
        return read.owned(user.account_id, [user.user_id])[user.user_id]

    def _forget_answer(self, pk: str, *, is_made_again: bool) -> None:
        self._update({"TableName": self._table, **forget_answer(pk, is_made_again=is_made_again)})

    def _update(self, request: dict[str, Any]) -> None:
        try:
            update(self._dynamodb, **request)
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return  # Forgotten already, or never stored.


def _is_user(key: Key) -> bool:
    return str(key[2]).startswith(_USER)


def _erasure(row: dict[str, Any]) -> Erasure:
    return Erasure.model_validate(row | {"identity_id": row.get("erased_identity_id")})


@functools.cache
def open_erasures() -> Erasures:
    """Return the instance of this process, made on first use."""
    return Erasures()

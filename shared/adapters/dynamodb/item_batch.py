"""What one consistent read has found, as values of the domain."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import Key, batch_get
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.groups import Groups, first_groups
from shared.domain.model.identities import Identity
from shared.domain.model.users import User
from shared.domain.policy import principals
from shared.domain.policy.principals import Caller, Repeated, Request


class ItemBatch:
    """Items by key; what is not there is None."""

    def __init__(self, dynamodb: Any, keys: Keys, wanted: Iterable[Key]) -> None:
        self._keys = keys
        self._found = batch_get(dynamodb, wanted)

    def account(self, account_id: str) -> Account | None:
        """The account."""
        row = self._row(self._keys.account(account_id))
        return Account.model_validate(row) if row else None

    def groups(self, account_id: str) -> Groups:
        """Its groups; an account that is still to be opened has the first ones."""
        row = self._row(self._keys.groups(account_id))
        return Groups.model_validate(row) if row else first_groups(account_id)

    def user(self, account_id: str, user_id: str) -> User | None:
        """One user."""
        row = self._row(self._keys.user(account_id, user_id))
        return User.model_validate(row) if row else None

    def identity(self, address: str) -> Identity | None:
        """One identity."""
        row = self._row(self._keys.identity(address))
        return Identity.model_validate(row) if row else None

    def signed_in(self, caller: Caller) -> Identity:
        """The caller's own identity; raises Unauthorized."""
        return principals.require_signed_in(caller, self.identity(caller.username))

    def is_repeat(self, request: Request, *, now: datetime) -> bool:
        """Whether the request has succeeded before, of an answer that is not kept.

        Raises Repeated where it is kept, IdempotencyKeyReused if the key was another request's.
        """
        key = request.idempotency_key
        row = self._row(self._keys.remembered(key)) if key else None
        if key is None or row is None or row["forget_at"] <= now.timestamp():
            return False
        if row["fingerprint"] != key.fingerprint:
            raise errors.IdempotencyKeyReused
        if "answer" in row:
            raise Repeated(row["answer"])
        return True

    def _row(self, key: Key) -> dict[str, Any] | None:
        item = self._found.get(key)
        return from_item(item) if item else None

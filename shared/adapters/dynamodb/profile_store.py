"""ProfileStore as their owners read and change them: names and language, and the profile."""

import functools
from collections.abc import Sequence
from typing import Any

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item, to_attribute
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import transact, update
from shared.adapters.dynamodb.transaction_items import TransactionItems
from shared.adapters.dynamodb.user_items import write_user
from shared.domain.model import errors
from shared.domain.model.identities import Identity, Profile
from shared.domain.policy.changes import Change
from shared.domain.policy.principals import Caller
from shared.settings import settings

_USERS_AT_ONCE = 49  # A transaction takes a hundred writes: two for each user, and one for the identity.


class ProfileStore:
    """Whatever is written is written for the very sign-in that was read."""

    def __init__(self) -> None:
        self._tables = settings()
        self._keys = Keys(settings())
        self._writes = TransactionItems(settings())
        self._dynamodb = clients.client("dynamodb")

    def load(self, caller: Caller) -> Identity:
        """The caller's own; raises Unauthorized."""
        return ItemBatch(self._dynamodb, self._keys, [self._keys.identity(caller.username)]).signed_in(caller)

    def save_names(self, before: Identity, after: Identity, users: Sequence[Change], *, operation: str) -> None:
        """The identity and its users in one transaction; raises Conflict if any of them has changed meanwhile.

        More users than a transaction takes follow in further ones: were these lost, the same request would find them.
        """
        if before == after and not users:
            return
        for start in range(0, max(len(users), 1), _USERS_AT_ONCE):
            parts = [self._writes.names_update(after if start else before, after)]
            for change in users[start : start + _USERS_AT_ONCE]:
                parts.append(write_user(self._tables.directory_table, change.before, change.after, operation=operation))
                parts += map(self._writes.journal, change.entries)
            transact(self._dynamodb, parts, operation=operation)

    def save_profile(self, identity: Identity, profile: Profile) -> None:
        """Raises Conflict if it was saved meanwhile."""
        if profile == identity.profile:
            return
        values: dict[str, Any] = {":sub": identity.sub, ":no": False, ":profile": profile.model_dump(mode="json")}
        unchanged = "attribute_not_exists(profile)"
        if identity.profile:
            unchanged, values[":read"] = "profile.version = :read", identity.profile.version
        try:
            update(
                self._dynamodb,
                TableName=self._tables.identities_table,
                Key={"pk": {"S": identity.identity_id}},
                UpdateExpression="SET profile = :profile",
                ConditionExpression=f"#sub = :sub AND blocked = :no AND {unchanged}",
                ExpressionAttributeNames={"#sub": "sub"},
                ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()},
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            met = from_item(error.response.get("Item", {}))
            if met.get("sub") != identity.sub or Profile.model_validate(met.get("profile", {})) != profile:
                raise errors.Conflict from error  # Else an answer was lost, and the repeat has met its own work.


@functools.cache
def open_profile_store() -> ProfileStore:
    """One for a process."""
    return ProfileStore()

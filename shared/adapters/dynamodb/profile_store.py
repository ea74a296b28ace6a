"""Identities as their owners read them, and the profile as they change it."""

import functools

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.identity_items import save_profile
from shared.adapters.dynamodb.item_batch import read_as_person
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import item_met, update
from shared.domain.model import errors
from shared.domain.model.identities import Identity, Profile
from shared.domain.policy.principals import Caller
from shared.settings import settings


class ProfileStore:
    """Writes only while the identity has the holder that was read."""

    def __init__(self) -> None:
        self._tables = settings().tables
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")

    def load(self, caller: Caller) -> Identity:
        """Return the caller's own identity; raises Unauthorized."""
        return read_as_person(self._dynamodb, self._keys, caller)

    def save_profile(self, identity: Identity, profile: Profile) -> None:
        """Store the profile; raises StaleRead if it was changed since it was read."""
        if profile == identity.profile:
            return
        try:
            update(self._dynamodb, **save_profile(self._tables.identities_table, identity, profile))
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            met = from_item(item_met(error))
            if met.get("sub") != identity.sub or Profile.model_validate(met.get("profile", {})) != profile:
                raise errors.StaleRead from error  # Otherwise an answer was lost, and this repeat met its own write.


@functools.cache
def open_profile_store() -> ProfileStore:
    """Return the instance of this process, made on first use."""
    return ProfileStore()

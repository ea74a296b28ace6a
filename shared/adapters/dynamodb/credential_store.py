"""Reads of what a person signs in with: their own identity, and the recovery of an address (rule 18)."""

import functools
from collections.abc import Mapping
from typing import NamedTuple

from shared.adapters import clients
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.keys import Keys
from shared.clock import utc_now
from shared.domain.model import errors
from shared.domain.model.identities import Identity
from shared.domain.model.recoveries import Recovery
from shared.domain.policy import authorization
from shared.domain.policy.principals import Caller, Operator, Person, Request
from shared.settings import settings


class Credentials(NamedTuple):
    """What one consistent read saw. `is_repeat`: the request succeeded before, under its Idempotency-Key.

    `user_ids` are the person's, by account.
    """

    identity_id: str
    identity: Identity | None
    recovery: Recovery | None
    is_repeat: bool
    user_ids: Mapping[str, str] = {}


class CredentialStore:
    """Each method is one read, also where the address is unknown; they raise what the request's key raises."""

    def __init__(self) -> None:
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")

    def of_address(self, address: str, request: Request) -> Credentials:
        """Return the recovery of an address, and nothing that tells whether anybody has it."""
        identity_id = self._keys.ids.identity_id(address)
        read = ItemBatch(self._dynamodb, self._keys, [self._keys.recovery(identity_id), *self._stored(request)])
        return Credentials(identity_id, None, read.recovery(identity_id), read.check_repeat(request, now=utc_now()))

    def of_link(self, identity_id: str, request: Request) -> Credentials:
        """Return identity and recovery."""
        keys = [self._keys.recovery(identity_id), self._keys.identity_of_id(identity_id), *self._stored(request)]
        read = ItemBatch(self._dynamodb, self._keys, keys)
        is_repeat = read.check_repeat(request, now=utc_now())
        return Credentials(identity_id, read.identity_of_id(identity_id), read.recovery(identity_id), is_repeat)

    def own(self, caller: Caller) -> tuple[Person, Credentials]:
        """Return the caller and their identity, also for a session that has ended; raises Unauthorized."""
        person = authorization.require_person(caller.principal)
        read = ItemBatch(
            self._dynamodb, self._keys, [self._keys.identity(person.address), *self._stored(caller.request)]
        )
        identity = authorization.require_known(person, read.identity(person.address))
        is_repeat = read.check_repeat(caller.request, now=utc_now())
        return person, Credentials(identity.identity_id, identity, None, is_repeat)

    def for_operator(self, operator: Caller, address: str) -> tuple[Identity, Credentials]:
        """Return the operator's identity, and that of the address with its recovery; raises Unauthorized."""
        principal = operator.principal
        if not isinstance(principal, Operator):
            raise errors.NotAllowed
        identity_id = self._keys.ids.identity_id(address)
        keys = [self._keys.identity(principal.address), self._keys.identity(address), self._keys.recovery(identity_id)]
        read = ItemBatch(self._dynamodb, self._keys, [*keys, *self._stored(operator.request)])
        acting = authorization.require_signed_in(principal, read.identity(principal.address))
        is_repeat = read.check_repeat(operator.request, now=utc_now())
        found = read.identity(address)
        user_ids = {each: self._keys.ids.user_id(each, address) for each in (found.accounts if found else ())}
        return acting, Credentials(identity_id, found, read.recovery(identity_id), is_repeat, user_ids)

    def _stored(self, request: Request) -> list[tuple[str, str, str | None]]:
        return [self._keys.stored_response(request.idempotency_key)] if request.idempotency_key else []


@functools.cache
def open_credential_store() -> CredentialStore:
    """Return the one of this process."""
    return CredentialStore()

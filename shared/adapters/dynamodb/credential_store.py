"""Reads of what a person signs in with: their own identity, and the recovery of an address (rule 18)."""

import functools
from collections.abc import Mapping
from typing import NamedTuple

from shared.adapters import clients
from shared.adapters.dynamodb.item_batch import ItemBatch, OperatorRead, read_as_operator, read_of_addresses
from shared.adapters.dynamodb.keys import Keys
from shared.clock import utc_now
from shared.domain.model.identities import Identity
from shared.domain.model.recoveries import Recovery
from shared.domain.policy import authorization
from shared.domain.policy.principals import Caller, Person, Request
from shared.settings import settings

_ERASURES_READ = 3  # The persons of one address who were erased; after more of them a second read is needed.


class Credentials(NamedTuple):
    """What one consistent read saw; `user_ids` are the person's, by account."""

    identity_id: str
    identity: Identity | None
    recovery: Recovery | None
    user_ids: Mapping[str, str] = {}


class OwnCredentials(NamedTuple):
    """A caller and their identity, whether or not the session has ended.

    `is_repeat`: the request succeeded before, under its Idempotency-Key.
    """

    person: Person
    identity: Identity
    is_repeat: bool


class CredentialStore:
    """Each method is one read, also where the address is unknown; they raise what the request's key raises."""

    def __init__(self) -> None:
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")

    def of_address(self, address: str, request: Request) -> Credentials:
        """Return the recovery of an address, and nothing that tells whether anybody has it.

        The one read is the same for each address, also for one of which a person was erased: `identities` is not asked.
        """
        ids = [
            self._keys.with_erasures({address: number}).ids.identity_id(address) for number in range(_ERASURES_READ + 1)
        ]
        keys = [*map(self._keys.recovery, ids), *self._keys.stored_responses(request)]
        read = ItemBatch(self._dynamodb, self._keys, keys)
        read.check_repeat(request, now=utc_now())
        number = read.erasures_before_recovery(ids[0])
        if number <= _ERASURES_READ:
            return Credentials(ids[number], None, read.recovery(ids[number]))
        identity_id = self._keys.with_erasures({address: number}).ids.identity_id(address)
        read = ItemBatch(self._dynamodb, self._keys, [self._keys.recovery(identity_id)])
        return Credentials(identity_id, None, read.recovery(identity_id))

    def of_link(self, identity_id: str, request: Request) -> Credentials:
        """Return identity and recovery."""
        keys = [self._keys.recovery(identity_id), self._keys.identity_of_id(identity_id)]
        read = ItemBatch(self._dynamodb, self._keys, [*keys, *self._keys.stored_responses(request)])
        read.check_repeat(request, now=utc_now())
        return Credentials(identity_id, read.identity_of_id(identity_id), read.recovery(identity_id))

    def own(self, caller: Caller) -> OwnCredentials:
        """Return the caller and their identity, also for a session that has ended; raises Unauthorized."""
        person = authorization.require_person(caller.principal)
        _, read = read_of_addresses(
            self._dynamodb,
            self._keys,
            [person.address],
            lambda keys: [keys.identity(person.address), *keys.stored_responses(caller.request)],
        )
        identity = authorization.require_own_identity(person, read.identity(person.address))
        return OwnCredentials(person, identity, read.check_repeat(caller.request, now=utc_now()))

    def for_operator(self, operator: Caller, address: str) -> tuple[Credentials, OperatorRead]:
        """Return identity and recovery of an address, with what an operator reads; raises NotAllowed, Unauthorized."""
        read = read_as_operator(
            self._dynamodb,
            self._keys,
            operator,
            address,
            wanted=lambda keys: [keys.recovery(keys.ids.identity_id(address))],
        )
        identity_id, found = read.keys.ids.identity_id(address), read.items.identity(address)
        user_ids = read.keys.user_ids_of(found) if found else {}
        return Credentials(identity_id, found, read.items.recovery(identity_id), user_ids), read


@functools.cache
def open_credential_store() -> CredentialStore:
    """Return the instance of this process, made on first use."""
    return CredentialStore()

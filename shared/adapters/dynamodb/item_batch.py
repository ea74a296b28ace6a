"""The items of one strongly consistent read, as values of the domain."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.record_items import owned_of, record_of
from shared.adapters.dynamodb.requests import Key, batch_get
from shared.adapters.dynamodb.response_items import decode_answer
from shared.clock import utc_now
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.erasures import OutsideTables
from shared.domain.model.groups import Groups, first_groups
from shared.domain.model.identities import Identity
from shared.domain.model.records import OwnedRecords, Record, RecordKey
from shared.domain.model.recoveries import Recovery
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.teams import Team
from shared.domain.model.users import User
from shared.domain.policy import authorization
from shared.domain.policy.authorization import Actor
from shared.domain.policy.principals import Caller, Request, StoredResponse
from shared.domain.policy.snapshot import CommitBasis, OperationContext

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class ItemBatch:
    """Items by key; None for one that does not exist."""

    def __init__(self, dynamodb: "DynamoDBClient", keys: Keys, wanted: Iterable[Key]) -> None:
        self._keys = keys
        self._found = batch_get(dynamodb, wanted)

    def account(self, account_id: str) -> Account | None:
        """Return the account."""
        row = self._row(self._keys.account(account_id))
        return Account.model_validate(row) if row else None

    def groups(self, account_id: str) -> Groups:
        """Return the account's groups; an account that is still to be created has the first ones."""
        row = self._row(self._keys.groups(account_id))
        return Groups.model_validate(row) if row else first_groups(account_id)

    def user(self, account_id: str, user_id: str) -> User | None:
        """Return one user."""
        row = self._row(self._keys.user(account_id, user_id))
        return User.model_validate(row) if row else None

    def users(self, account_id: str, user_ids: Iterable[str]) -> dict[str, User]:
        """Return the users that exist, by id."""
        found = {user_id: self.user(account_id, user_id) for user_id in user_ids}
        return {user_id: user for user_id, user in found.items() if user}

    def inviter(self, invited: User) -> User | None:
        """Return the user who invited this one; None for an operator."""
        invited_by = invited.invitation.invited_by
        return None if authorization.is_operator(invited_by) else self.user(invited.account_id, invited_by)

    def inviting_operator(self, invited: User) -> Identity | None:
        """Return the identity of the operator who invited this user; None for a user who did."""
        operator_id = authorization.identity_id_of_operator(invited.invitation.invited_by)
        return self.identity_of_id(operator_id) if operator_id else None

    def seat_request(self, account_id: str, request_id: str) -> SeatRequest | None:
        """Return one request for seats."""
        row = self._row(self._keys.seat_request(account_id, request_id))
        return SeatRequest.model_validate(row) if row else None

    def team(self, account_id: str, team_id: str) -> Team | None:
        """Return one team."""
        row = self._row(self._keys.team(account_id, team_id))
        return Team.model_validate(row) if row else None

    def records(self, account_id: str, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
        """Return the records that exist, by key."""
        found = {key: self._row(self._keys.record(account_id, key)) for key in keys}
        return {key: record_of(row) for key, row in found.items() if row}

    def owned(self, account_id: str, user_ids: Iterable[str]) -> dict[str, OwnedRecords]:
        """Return how many records users own."""
        return {user_id: owned_of(self._row(self._keys.owned(account_id, user_id))) for user_id in user_ids}

    def identity(self, address: str) -> Identity | None:
        """Return one identity; None where its person was erased."""
        return identity_of(self._row(self._keys.identity(address)))

    def identity_of_id(self, identity_id: str) -> Identity | None:
        """Return one identity, by its id; None where its person was erased."""
        return identity_of(self._row(self._keys.identity_of_id(identity_id)))

    def erasures(self, addresses: Iterable[str]) -> dict[str, int]:
        """Return how many persons were erased of each address whose keys are an erased person's."""
        found = {address: self._row(self._keys.identity(address)) for address in addresses}
        return {address: row["erasures"] for address, row in found.items() if row and "erased_at" in row}

    def outside(self, identity_id: str) -> OutsideTables | None:
        """Return the sign-in and logo of an erased person that are still to be deleted."""
        row = self._row(self._keys.identity_of_id(identity_id)) or {}
        return OutsideTables.model_validate(row["outside"]) if "outside" in row else None

    def recovery(self, identity_id: str) -> Recovery | None:
        """Return the recovery that is kept for an address."""
        row = self._row(self._keys.recovery(identity_id))
        return Recovery.model_validate(row) if row and "erasures" not in row else None

    def erasures_before_recovery(self, first_identity_id: str) -> int:
        """Return how many persons of an address were erased, as the place of the first one's recovery tells."""
        row = self._row(self._keys.recovery(first_identity_id)) or {}
        return int(row.get("erasures", 0))

    def identities(self, keys: Iterable[Key]) -> list[Identity]:
        """Return the identities that exist."""
        found = [identity_of(self._row(key)) for key in keys]
        return [identity for identity in found if identity]

    def check_repeat(self, request: Request, *, now: datetime) -> bool:
        """Return whether the request succeeded before with an answer that is not stored; the request's key may raise.

        A record older than it is kept for does not count: TTL deletes late. Raises NotFound where the answer was about
        someone who was erased since (rule 25).
        """
        key = request.idempotency_key
        row = self._row(self._keys.stored_response(key)) if key else None
        if key is None or row is None or row["forget_at"] <= now.timestamp():
            return False
        if "erased" in row:
            raise errors.NotFound
        key.require_new(StoredResponse(row["fingerprint"], decode_answer(row.get("answer"))))
        return "is_begun" not in row  # An interrupted request goes on.

    def _row(self, key: Key) -> dict[str, Any] | None:
        item = self._found.get(key)
        return from_item(item) if item else None


def identity_of(row: Mapping[str, Any] | None) -> Identity | None:
    """Return the identity of an item; None for the tombstone of an erased person."""
    return Identity.model_validate(row) if row and "erased_at" not in row else None


def read_of_addresses(
    dynamodb: "DynamoDBClient", keys: Keys, addresses: Iterable[str], wanted: Callable[[Keys], Iterable[Key]]
) -> tuple[Keys, ItemBatch]:
    """Read what is wanted, with the keys of those who have the addresses now, and return both.

    The first read tells of which addresses a person was erased (rule 25); these take one more read. `wanted` must
    include the identity of each address.
    """
    addresses = tuple(addresses)
    while True:
        read = ItemBatch(dynamodb, keys, wanted(keys))
        erasures = read.erasures(addresses)
        if not erasures:
            return keys, read
        keys = keys.with_erasures(erasures)


def read_as_person(dynamodb: "DynamoDBClient", keys: Keys, caller: Caller) -> Identity:
    """Read the identity of a signed-in person; raises NotAllowed for others, and Unauthorized."""
    person = authorization.require_person(caller.principal)
    _, items = read_of_addresses(dynamodb, keys, [person.address], lambda keys: [keys.identity(person.address)])
    return authorization.require_signed_in(person, items.identity(person.address))


class OperatorRead(NamedTuple):
    """What was read for an operator, with the keys of those who have the addresses now, and what a command rests on.

    `is_repeat`: the request succeeded before and its answer is not stored, so that nothing is to be remembered again.
    """

    operator_id: str
    keys: Keys
    items: ItemBatch
    is_repeat: bool
    context: OperationContext
    basis: CommitBasis


def read_as_operator(
    dynamodb: "DynamoDBClient",
    keys: Keys,
    operator: Caller,
    *addresses: str,
    wanted: Callable[[Keys], Iterable[Key]] = lambda _: (),
) -> OperatorRead:
    """Read the identities of an operator and of these addresses, and what else is wanted.

    Raises NotAllowed for others, Unauthorized, and what the request's idempotency key raises.
    """
    principal, request, now = authorization.require_operator(operator.principal), operator.request, utc_now()
    asked = (principal.address, *addresses)
    known, items = read_of_addresses(
        dynamodb,
        keys,
        asked,
        lambda keys: [*map(keys.identity, asked), *keys.stored_responses(request), *wanted(keys)],
    )
    acting = authorization.require_signed_in(principal, items.identity(principal.address))
    is_repeat = items.check_repeat(request, now=now)
    return OperatorRead(
        operator_id=acting.identity_id,
        keys=known,
        items=items,
        is_repeat=is_repeat,
        context=OperationContext(Actor.operator(acting.identity_id), request.operation_id, now),
        basis=CommitBasis(request.operation_id, now, idempotency_key=None if is_repeat else request.idempotency_key),
    )

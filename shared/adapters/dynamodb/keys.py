"""Keys of items, known from the request and the token before anything has been read."""

from collections.abc import Mapping

from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.group_items import GROUPS
from shared.adapters.dynamodb.record_items import owner_key, record_key
from shared.adapters.dynamodb.recovery_items import RECOVERY, recovery_key
from shared.adapters.dynamodb.requests import Key
from shared.adapters.dynamodb.response_items import STORED_RESPONSE, response_key
from shared.adapters.dynamodb.seat_request_items import seat_request_key
from shared.adapters.dynamodb.team_items import team_key
from shared.adapters.dynamodb.user_items import user_key
from shared.domain.model.identities import Identity
from shared.domain.model.ids import Ids
from shared.domain.model.records import RecordKey
from shared.domain.model.users import User
from shared.domain.policy.authorization import identity_id_of_operator
from shared.domain.policy.principals import IdempotencyKey, Request
from shared.settings import Settings


class Keys:
    """The keys of this stage's tables; users and identities are found by their addresses, too."""

    def __init__(self, settings: Settings, ids: Ids | None = None) -> None:
        self._settings = settings
        tables = settings.tables
        self._directory = tables.directory_table
        self._identities = tables.identities_table
        self._records = tables.records_table
        self.ids = ids or Ids(settings.pepper)

    def with_erasures(self, erasures: Mapping[str, int]) -> "Keys":
        """Return the keys after so many persons of these addresses were erased (rule 25)."""
        return Keys(self._settings, self.ids.with_erasures(erasures))

    def user_ids_of(self, identity: Identity) -> dict[str, str]:
        """Return the ids of a person's users, by account that the identity came into."""
        ids = self.ids.of_identity(identity.identity_id, identity.address)
        return {account_id: ids.user_id(account_id, identity.address) for account_id in sorted(identity.accounts)}

    def account(self, account_id: str) -> Key:
        """Return the key of the account."""
        return self._directory, account_id, ACCOUNT

    def groups(self, account_id: str) -> Key:
        """Return the key of all groups of the account."""
        return self._directory, account_id, GROUPS

    def user(self, account_id: str, user_id: str) -> Key:
        """Return the key of one user."""
        return self._directory, account_id, user_key(user_id)

    def inviter(self, invited: User) -> Key:
        """Return the key of the user who invited this one, or of the identity of the operator who did."""
        invited_by = invited.invitation.invited_by
        operator_id = identity_id_of_operator(invited_by)
        return self.identity_of_id(operator_id) if operator_id else self.user(invited.account_id, invited_by)

    def seat_request(self, account_id: str, request_id: str) -> Key:
        """Return the key of one request for seats."""
        return self._directory, account_id, seat_request_key(request_id)

    def team(self, account_id: str, team_id: str) -> Key:
        """Return the key of one team."""
        return self._directory, account_id, team_key(team_id)

    def record(self, account_id: str, key: RecordKey) -> Key:
        """Return the key of one record."""
        return self._records, account_id, record_key(key)

    def owned(self, account_id: str, user_id: str) -> Key:
        """Return the key of the numbers of what a user owns."""
        return self._records, account_id, owner_key(user_id)

    def identity(self, address: str) -> Key:
        """Return the key of one identity, by its canonical address."""
        return self._identities, self.ids.identity_id(address), None

    def identity_of_id(self, identity_id: str) -> Key:
        """Return the key of one identity, by its id."""
        return self._identities, identity_id, None

    def recovery(self, identity_id: str) -> Key:
        """Return the key of the recovery of an address, by the id that derives from it."""
        return self._directory, recovery_key(identity_id), RECOVERY

    def stored_responses(self, request: Request) -> list[Key]:
        """Return the key of what is stored under the request's Idempotency-Key, none for a request without one."""
        return [self.stored_response(request.idempotency_key)] if request.idempotency_key else []

    def stored_response(self, key: IdempotencyKey) -> Key:
        """Return the key of the answer that was stored under an Idempotency-Key, whichever account the body named."""
        return self._directory, response_key(key.record_id), STORED_RESPONSE

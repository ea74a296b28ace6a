"""Keys of items, known from the request and the token before anything has been read."""

from shared.adapters.dynamodb.requests import Key
from shared.adapters.dynamodb.user_items import ACCOUNT, GROUPS, REMEMBERED, user_key
from shared.domain.model.ids import Ids
from shared.domain.policy.principals import IdempotencyKey, Request
from shared.settings import Settings


class Keys:
    """The keys of this stage's tables; users and identities are found by their addresses, too."""

    def __init__(self, settings: Settings) -> None:
        self._directory = settings.directory_table
        self._identities = settings.identities_table
        self.ids = Ids(settings.pepper)

    def account(self, account_id: str) -> Key:
        """The account itself."""
        return self._directory, account_id, ACCOUNT

    def groups(self, account_id: str) -> Key:
        """All groups of the account."""
        return self._directory, account_id, GROUPS

    def user(self, account_id: str, user_id: str) -> Key:
        """One user."""
        return self._directory, account_id, user_key(user_id)

    def identity(self, address: str) -> Key:
        """One identity, by its canonical address."""
        return self._identities, self.ids.identity_id(address), None

    def remembered(self, key: IdempotencyKey) -> Key:
        """The answer that was given under an Idempotency-Key, whichever account the body named."""
        return self._directory, f"idempotency#{key.digest}", REMEMBERED

    def account_and_request(self, account_id: str, request: Request) -> list[Key]:
        """What every command reads: account, groups, and whether the request was answered before."""
        key = request.idempotency_key
        remembered = [self.remembered(key)] if key else []
        return [self.account(account_id), self.groups(account_id), *remembered]

"""What a request about an account reads at once: the account, who acts, and what the request names."""

from collections.abc import Collection
from typing import NamedTuple

from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import Key
from shared.domain.model.records import RecordKey
from shared.domain.policy.principals import Caller, Host, Person


class AccountRead(NamedTuple):
    """The account and what is read with it; ids of users derive from addresses, whose keys are `keys`.

    `user_id` or `address` names the user whom the request is about, else that is the caller; `others` and `addresses`
    name further ones. With `reads_owned` the number of records that the user owns is read.
    """

    account_id: str
    caller: Caller
    user_id: str | None = None
    address: str | None = None
    others: Collection[str] = ()
    addresses: Collection[str] = ()
    team_id: str | None = None
    seat_request_id: str | None = None
    records: Collection[RecordKey] = ()
    reads_owned: bool = False

    @property
    def all_addresses(self) -> tuple[str, ...]:
        """Return the addresses whose identities are read: the caller's, unless that is the host, and those named."""
        principal = self.caller.principal
        own = () if isinstance(principal, Host) else (principal.address,)
        return (*own, *([self.address] if self.address else []), *self.addresses)

    def caller_id(self, keys: Keys) -> str:
        """Return the user as whom the caller acts; "" for staff, who are no users of the account."""
        principal = self.caller.principal
        return keys.ids.user_id(self.account_id, principal.address) if isinstance(principal, Person) else ""

    def about_id(self, keys: Keys) -> str:
        """Return the user whom the request is about; "" where it is about none."""
        by_address = keys.ids.user_id(self.account_id, self.address) if self.address else None
        return self.user_id or by_address or self.caller_id(keys)

    def user_ids(self, keys: Keys) -> list[str]:
        """Return all users who are read."""
        listed = (keys.ids.user_id(self.account_id, each) for each in self.addresses)
        named = (self.caller_id(keys), self.about_id(keys), *self.others, *listed)
        return [each for each in named if each]

    def wanted(self, keys: Keys) -> list[Key]:
        """Return the keys of all that is read."""
        account_id = self.account_id
        return [
            keys.account(account_id),
            keys.groups(account_id),
            *keys.stored_responses(self.caller.request),
            *(keys.user(account_id, each) for each in self.user_ids(keys)),
            *([keys.seat_request(account_id, self.seat_request_id)] if self.seat_request_id else []),
            *([keys.team(account_id, self.team_id)] if self.team_id else []),
            *(keys.record(account_id, each) for each in self.records),
            *([keys.owned(account_id, self.about_id(keys))] if self.reads_owned else []),
            *map(keys.identity, self.all_addresses),
        ]

"""Invitations that wait for a person who is signed in, over all accounts (rule 14)."""

import functools
from collections.abc import Iterator

from shared.adapters import clients
from shared.adapters.dynamodb.index_reads import indexed_keys
from shared.adapters.dynamodb.item_batch import ItemBatch, read_as_person
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.user_items import user_key
from shared.clock import utc_now
from shared.domain.model.users import Status, User, status_at
from shared.domain.policy.principals import Caller
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.settings import settings

_ENTRIES_READ = 1000  # Of the index, which shows the accounts that someone is in, too, and a recovery.
MAX_INVITATIONS = 20
_USER = user_key("")


class PendingInvitations:
    """Finds them by the index by identity, which lags a moment; what it names is read consistently."""

    def __init__(self) -> None:
        self._directory = settings().tables.directory_table
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")

    def load(self, caller: Caller) -> list[InvitationSnapshot]:
        """Load the newest 20 that have not expired, each as its link would find it. Raises NotAllowed, Unauthorized."""
        identity, now = read_as_person(self._dynamodb, self._keys, caller), utc_now()
        invited = [user for user in self._users(identity.identity_id) if status_at(user, now) is Status.INVITED]
        invited.sort(key=lambda user: user.invitation.sent_at, reverse=True)
        del invited[MAX_INVITATIONS:]
        read = ItemBatch(
            self._dynamodb,
            self._keys,
            [
                key
                for user in invited
                for key in (
                    self._keys.account(user.account_id),
                    self._keys.groups(user.account_id),
                    self._keys.inviter(user),
                )
            ],
        )
        return [
            InvitationSnapshot.of(
                user,
                account=account,
                groups=read.groups(user.account_id),
                inviter=read.inviter(user),
                operator=read.inviting_operator(user),
                identity=identity,
                request=caller.request,
                now=now,
            )
            for user in invited
            if (account := read.account(user.account_id))
        ]

    def _users(self, identity_id: str) -> Iterator[User]:
        """Yield the identity's users that one page of the index names."""
        condition, values = "identity_id = :identity", {":identity": identity_id}
        pages = indexed_keys(self._directory, self._dynamodb, "by_identity", condition, values, at_once=_ENTRIES_READ)
        keys = [key for key in next(pages, []) if str(key[2]).startswith(_USER)]
        read = ItemBatch(self._dynamodb, self._keys, keys)
        found = (read.user(account_id, str(sort_key).removeprefix(_USER)) for _, account_id, sort_key in keys)
        return (user for user in found if user)


@functools.cache
def open_pending_invitations() -> PendingInvitations:
    """Return the instance of this process, made on first use."""
    return PendingInvitations()

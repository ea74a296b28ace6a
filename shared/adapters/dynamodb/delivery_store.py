"""News of mails that SES has taken: written on the invitation; complaints are kept by address."""

import functools
from datetime import datetime

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import batch_get, transact, update
from shared.adapters.dynamodb.transaction_items import TransactionItems
from shared.domain.model.base import iso
from shared.domain.model.users import User
from shared.domain.policy.changes import Change
from shared.domain.policy.mails import Mail
from shared.settings import settings


class DeliveryStore:
    """Mails that have been sent, and whom they were about."""

    def __init__(self) -> None:
        self._mail, self._identities = settings().mail_table, settings().identities_table
        self._keys = Keys(settings())
        self._writes = TransactionItems(settings())
        self._dynamodb = clients.client("dynamodb")

    def mail(self, mail_id: str) -> Mail | None:
        """The mail, as long as it is kept."""
        found = batch_get(self._dynamodb, [(self._mail, mail_id, None)])
        return next((Mail.model_validate(from_item(item)) for item in found.values()), None)

    def user(self, account_id: str, user_id: str) -> User | None:
        """A user, as they are now."""
        return ItemBatch(self._dynamodb, self._keys, [self._keys.user(account_id, user_id)]).user(account_id, user_id)

    def save(self, change: Change, *, of: Mail, operation: str) -> None:
        """The news, or nothing; raises Conflict if there are later news, or a newer link."""
        writes = self._writes.news(change, of=of)
        if writes:
            transact(self._dynamodb, writes, operation=operation)

    def suppress(self, address: str, *, now: datetime) -> None:
        """From now on no mail goes to this address, in whatever account."""
        identity_id = self._keys.ids.identity_id(address)
        update(
            self._dynamodb,
            TableName=self._identities,
            Key={"pk": {"S": identity_id}},
            UpdateExpression="SET identity_id = :identity_id, address = :address, "
            "complained_at = if_not_exists(complained_at, :now)",
            ExpressionAttributeValues={
                ":identity_id": {"S": identity_id},
                ":address": {"S": address},
                ":now": {"S": iso(now)},
            },
        )


@functools.cache
def open_delivery_store() -> DeliveryStore:
    """One for a process."""
    return DeliveryStore()

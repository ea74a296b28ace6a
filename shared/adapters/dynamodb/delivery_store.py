"""Mails that SES has taken, and addresses that complained."""

import functools
from datetime import datetime

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.item_batch import ItemBatch
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import batch_get, update
from shared.domain.model.base import iso
from shared.domain.model.users import User
from shared.domain.policy.mails import AddressRecipient, IdentityRecipient, Mail, StaffRecipient, UserRecipient
from shared.settings import settings


class DeliveryStore:
    """Reads sent mails and their users; stores complaints by address."""

    def __init__(self) -> None:
        tables = settings().tables
        self._mail, self._identities = tables.mail_table, tables.identities_table
        self._keys = Keys(settings())
        self._dynamodb = clients.client("dynamodb")

    def mail(self, mail_id: str) -> Mail | None:
        """Return the mail, or None after its retention."""
        found = batch_get(self._dynamodb, [(self._mail, mail_id, None)])
        return next((Mail.model_validate(from_item(item)) for item in found.values()), None)

    def user(self, account_id: str, user_id: str) -> User | None:
        """Return a user as they are now."""
        return ItemBatch(self._dynamodb, self._keys, [self._keys.user(account_id, user_id)]).user(account_id, user_id)

    def recipient_address(self, mail: Mail) -> str | None:
        """Return the address that the mail went to; None for a recipient who no longer exists, and for the staff."""
        match mail.recipient:
            case UserRecipient(to_user=user_id):
                user = self.user(mail.account_id or "", user_id)
                return user.email if user else None
            case IdentityRecipient(to_identity=identity_id):
                found = batch_get(self._dynamodb, [(self._identities, identity_id, None)])
                return next((item["address"]["S"] for item in found.values()), None)
            case AddressRecipient(to_address=address):
                return address
            case StaffRecipient():
                return None

    def suppress(self, address: str, *, now: datetime) -> None:
        """Send no further mail to this address, in any account."""
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
    """Return the one of this process."""
    return DeliveryStore()

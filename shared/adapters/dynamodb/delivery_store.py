"""Mails that SES has taken, and addresses that complained."""

import functools
from datetime import datetime

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.identity_items import note_complaint
from shared.adapters.dynamodb.item_batch import ItemBatch, read_of_addresses
from shared.adapters.dynamodb.keys import Keys
from shared.adapters.dynamodb.requests import batch_get, update
from shared.domain.model.mails import AddressRecipient, IdentityRecipient, Mail, StaffRecipient, UserRecipient
from shared.domain.model.users import User
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

    def suppress_recipient(self, mail: Mail, *, complained: str, now: datetime) -> None:
        """Send no further mail to the mail's recipient, in any account; `complained` is the address that SES names.

        Nothing is stored for a recipient who no longer exists or was erased, and for the staff.
        """
        match mail.recipient:
            case UserRecipient(to_user=user_id):
                user = self.user(mail.account_id or "", user_id)
                if user and user.erased_at is None:
                    self._suppress(user.identity_id, user.email, now=now)
            case IdentityRecipient(to_identity=identity_id):
                read = ItemBatch(self._dynamodb, self._keys, [self._keys.identity_of_id(identity_id)])
                if identity := read.identity_of_id(identity_id):
                    self._suppress(identity_id, identity.address, now=now)
            case AddressRecipient(to_address=address):
                address = address or complained  # A settled mail has forgotten it.
                keys, _ = read_of_addresses(
                    self._dynamodb, self._keys, [address], lambda keys: [keys.identity(address)]
                )
                self._suppress(keys.ids.identity_id(address), address, now=now)
            case StaffRecipient():
                return

    def _suppress(self, identity_id: str, address: str, *, now: datetime) -> None:
        try:
            update(self._dynamodb, **note_complaint(self._identities, identity_id, address, now=now))
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return  # The person was erased meanwhile.


@functools.cache
def open_delivery_store() -> DeliveryStore:
    """Return the instance of this process, made on first use."""
    return DeliveryStore()

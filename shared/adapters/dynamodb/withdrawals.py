"""Withdrawn certifications that are still to be reported, and the accounts that they concern (rule 6)."""

import functools
from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.index_reads import due_items, indexed_keys, readable
from shared.adapters.dynamodb.requests import Key, batch_get, transact
from shared.adapters.dynamodb.withdrawal_items import DUE_WITHDRAWALS, WITHDRAWAL, partition
from shared.domain.model.accounts import Account
from shared.domain.model.partners import Withdrawal
from shared.domain.model.users import User
from shared.settings import settings

_AT_ONCE = 50  # Users that one read brings, each with their account.


class Withdrawals:
    """Reads what is due, and forgets what was reported."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[Withdrawal | ValidationError]:
        """Yield withdrawals that are due, longest overdue first."""
        return readable(due_items(self._table, self._dynamodb, DUE_WITHDRAWALS, now=now), Withdrawal.model_validate)

    def users_of(self, withdrawal: Withdrawal) -> Iterator[tuple[Account, User]]:
        """Yield the users whom this identity has, each with the account."""
        values = {":identity": withdrawal.partner_id}
        for keys in indexed_keys(
            self._table, self._dynamodb, "by_identity", "identity_id = :identity", values, at_once=_AT_ONCE
        ):
            accounts: list[Key] = [(table, account_id, ACCOUNT) for table, account_id, _ in keys]
            found = batch_get(self._dynamodb, keys + accounts)
            for key, account in zip(keys, accounts, strict=True):
                if key in found and account in found:
                    yield Account.model_validate(from_item(found[account])), User.model_validate(from_item(found[key]))

    def forget(self, withdrawal: Withdrawal) -> None:
        """Delete a withdrawal that was reported everywhere."""
        key = {"pk": {"S": partition(withdrawal)}, "sk": {"S": WITHDRAWAL}}
        transact(
            self._dynamodb, [{"Delete": {"TableName": self._table, "Key": key}}], operation_id=withdrawal.operation
        )


@functools.cache
def open_withdrawals() -> Withdrawals:
    """Return the instance of this process, made on first use."""
    return Withdrawals()

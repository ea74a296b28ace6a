"""Withdrawn certifications that are still to be reported, and the accounts that they concern (rule 6)."""

import functools
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.account_items import ACCOUNT
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.index_reads import due_items, indexed_keys, readable
from shared.adapters.dynamodb.requests import Key, batch_get, transact, update
from shared.adapters.dynamodb.withdrawal_items import DUE_WITHDRAWALS, WITHDRAWAL, note_reported, partition
from shared.domain.model.accounts import Account
from shared.domain.model.partners import Withdrawal
from shared.domain.model.users import User
from shared.settings import settings

_AT_ONCE = 50  # Users that one read brings, each with their account.
_BEFORE_ALL = " "  # A key of an index is never empty.


class PartnerPage(NamedTuple):
    """Some users of a partner, each with the account, up to an account."""

    users: list[tuple[Account, User]]
    last_account_id: str


class Withdrawals:
    """Reads what is due, and forgets what was reported."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[Withdrawal | ValidationError]:
        """Yield withdrawals that are due, longest overdue first."""
        return readable(due_items(self._table, self._dynamodb, DUE_WITHDRAWALS, now=now), Withdrawal.model_validate)

    def pages_of(self, withdrawal: Withdrawal) -> Iterator[PartnerPage]:
        """Yield the users whom this identity has, each with the account, in accounts after those reported so far."""
        values = {":identity": withdrawal.partner_id, ":through": withdrawal.reported_through or _BEFORE_ALL}
        for keys in indexed_keys(
            self._table,
            self._dynamodb,
            "by_identity",
            "identity_id = :identity AND pk > :through",
            values,
            at_once=_AT_ONCE,
        ):
            accounts: list[Key] = [(table, account_id, ACCOUNT) for table, account_id, _ in keys]
            found = batch_get(self._dynamodb, keys + accounts)
            users = [
                (Account.model_validate(from_item(found[account])), User.model_validate(from_item(found[key])))
                for key, account in zip(keys, accounts, strict=True)
                if key in found and account in found
            ]
            if keys:
                yield PartnerPage(users, last_account_id=keys[-1][1])

    def note_reported(self, withdrawal: Withdrawal, page: PartnerPage) -> None:
        """Store that a withdrawal was reported in the accounts up to the last of this page: a later run goes on there.

        Another run may have ended and forgotten it: then nothing is stored. Raises Contended.
        """
        with suppress(self._dynamodb.exceptions.ConditionalCheckFailedException):
            update(self._dynamodb, **note_reported(self._table, withdrawal, through=page.last_account_id))

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

"""The lock on an identity: Cognito is in no transaction, so one operation at a time creates a sign-in there."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import Item, to_attribute
from shared.adapters.dynamodb.requests import item_met, update
from shared.domain.model import errors
from shared.domain.model.base import iso
from shared.domain.model.identities import LOCK_LEASE, Identity, IdentityLock
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.settings import settings


class IdentityLocks:
    """Locks are attributes of identities; one that was not released ends with its lease."""

    def __init__(self) -> None:
        self._table = settings().tables.identities_table
        self._dynamodb = clients.client("dynamodb")

    @contextmanager
    def held(self, invited: InvitationSnapshot) -> Iterator[Identity]:
        """Lock the invitee's identity, as it was read or still to be created; raises Conflict if it is locked.

        The commit that creates the identity removes the lock; any failure before it releases the lock.
        """
        operation_id = invited.snapshot.request.operation_id
        self._take(invited, operation_id)
        try:
            yield invited.identity or Identity(identity_id=invited.identity_id, address=invited.user.email)
        except BaseException:
            with suppress(ClientError, BotoCoreError, errors.Conflict):
                self._release(invited, operation_id)
            raise

    def _take(self, invited: InvitationSnapshot, operation_id: str) -> None:
        now = invited.snapshot.now
        lock = IdentityLock(operation=operation_id, until=now + LOCK_LEASE)
        sub = invited.identity.sub if invited.identity else None
        values: dict[str, Any] = {":now": iso(now)} | ({":sub": sub} if sub else {})
        values |= {":unblocked": False}
        values |= {":identity_id": invited.identity_id, ":address": invited.user.email}
        values |= {":lock": lock.model_dump(mode="json")}
        unchanged = "#sub = :sub" if sub else "attribute_not_exists(#sub)"
        if sub and not invited.sign_in_is_gone:
            unchanged += " AND proven = :unproven"
            values[":unproven"] = False
        try:
            update(
                self._dynamodb,
                TableName=self._table,
                Key={"pk": {"S": invited.identity_id}},
                UpdateExpression="SET identity_id = :identity_id, address = :address, sign_in_lock = :lock",
                ConditionExpression="(attribute_not_exists(sign_in_lock) OR sign_in_lock.#until <= :now "
                "OR sign_in_lock.#until > :latest) "
                f"AND (attribute_not_exists(blocked) OR blocked = :unblocked) AND {unchanged}",
                ExpressionAttributeNames={"#sub": "sub", "#until": "until"},
                ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()}
                | {":latest": to_attribute(iso(now + 2 * LOCK_LEASE))},  # Later: a clock far ahead has written it.
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            if not _is_held_by(operation_id, item_met(error)):
                raise errors.Conflict from error

    def _release(self, invited: InvitationSnapshot, operation_id: str) -> None:
        update(
            self._dynamodb,
            TableName=self._table,
            Key={"pk": {"S": invited.identity_id}},
            UpdateExpression="REMOVE sign_in_lock",
            ConditionExpression="sign_in_lock.operation = :operation",
            ExpressionAttributeValues={":operation": {"S": operation_id}},
        )


def _is_held_by(operation_id: str, item: Item) -> bool:
    """Whether the repeat of a request whose answer was lost meets its own lock."""
    lock = item.get("sign_in_lock", {}).get("M", {})
    return bool(lock.get("operation") == {"S": operation_id})


@functools.cache
def open_identity_locks() -> IdentityLocks:
    """Return the one of this process."""
    return IdentityLocks()

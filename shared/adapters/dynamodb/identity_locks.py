"""The claim on an identity: Cognito is in no transaction, so one operation at a time makes a sign-in there."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import update
from shared.domain.model import errors
from shared.domain.model.base import iso
from shared.domain.model.identities import LEASE, Claim, Identity
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.settings import settings


class IdentityLocks:
    """Locks are kept with the identity; a claim that nobody released ends with its lease."""

    def __init__(self) -> None:
        self._table = settings().identities_table
        self._dynamodb = clients.client("dynamodb")

    @contextmanager
    def held(self, invited: InvitationSnapshot, *, now: datetime) -> Iterator[Identity]:
        """Holds the claim on the invitee's identity, as it was read or still to be made; raises Conflict if others do.

        What completes the work ends the claim; if it is not completed, the claim is released.
        """
        operation = invited.snapshot.request.operation
        self._take(invited, operation, now=now)
        try:
            yield invited.identity or Identity(identity_id=invited.identity_id, address=invited.user.email)
        except BaseException:
            with suppress(ClientError, BotoCoreError, errors.Conflict):
                self._release(invited, operation)
            raise

    def _take(self, invited: InvitationSnapshot, operation: str, *, now: datetime) -> None:
        claim = Claim(operation=operation, until=now + LEASE)
        sub = invited.identity.sub if invited.identity else None
        values: dict[str, Any] = {":now": iso(now)} | ({":sub": sub, ":unproven": False} if sub else {})
        values |= {":identity_id": invited.identity_id, ":address": invited.user.email}
        values |= {":claim": claim.model_dump(mode="json")}
        unchanged = "#sub = :sub AND proven = :unproven" if sub else "attribute_not_exists(#sub)"
        try:
            update(
                self._dynamodb,
                TableName=self._table,
                Key={"pk": {"S": invited.identity_id}},
                UpdateExpression="SET identity_id = :identity_id, address = :address, claim = :claim",
                ConditionExpression=f"(attribute_not_exists(claim) OR claim.#until <= :now) AND {unchanged}",
                ExpressionAttributeNames={"#sub": "sub", "#until": "until"},
                ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()},
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            if not _is_held_by(operation, error.response):
                raise errors.Conflict from error

    def _release(self, invited: InvitationSnapshot, operation: str) -> None:
        update(
            self._dynamodb,
            TableName=self._table,
            Key={"pk": {"S": invited.identity_id}},
            UpdateExpression="REMOVE claim",
            ConditionExpression="claim.operation = :operation",
            ExpressionAttributeValues={":operation": {"S": operation}},
        )


def _is_held_by(operation: str, response: dict[str, Any]) -> bool:
    """A lost answer makes the repeat meet its own claim."""
    claim = response.get("Item", {}).get("claim", {}).get("M", {})
    return bool(claim.get("operation") == {"S": operation})


@functools.cache
def open_identity_locks() -> IdentityLocks:
    """One for a process."""
    return IdentityLocks()

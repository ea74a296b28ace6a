"""The lock on an identity: Cognito is in no transaction, so one operation at a time changes a sign-in there."""

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import Item, to_attribute
from shared.adapters.dynamodb.identity_items import LOCK_IS_FREE, SAME_HOLDER, lock_is_free, same_holder
from shared.adapters.dynamodb.requests import item_met, update
from shared.domain.model import errors
from shared.domain.model.identities import LOCK_LEASE, Identity, IdentityLock
from shared.domain.model.users import DailyCount
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.settings import settings


@dataclass
class PasswordTry:
    """A try to change a password, which counts once the given one `is_wrong`."""

    is_wrong: bool = False


class IdentityLocks:
    """Locks are attributes of identities; one that was not released ends with its lease."""

    def __init__(self) -> None:
        self._table = settings().tables.identities_table
        self._dynamodb = clients.client("dynamodb")

    @contextmanager
    def held(self, invited: InvitationSnapshot) -> Iterator[Identity]:
        """Lock the invitee's identity, as it was read or still to be created; raises StaleRead if it is locked.

        The commit that creates the identity removes the lock; any failure before it releases the lock.
        """
        operation_id, now = invited.snapshot.request.operation_id, invited.snapshot.now
        sub = invited.identity.sub if invited.identity else None
        values: dict[str, Any] = {":sub": sub} if sub else {}
        unchanged = "#sub = :sub" if sub else "attribute_not_exists(#sub)"
        if sub and not invited.sign_in_is_gone:
            unchanged += " AND proven = :unproven"
            values[":unproven"] = False
        sets = {"identity_id": invited.identity_id, "address": invited.user.email}
        with self._locked(invited.identity_id, operation_id, now, sets=sets, unchanged=unchanged, values=values):
            yield invited.identity or Identity(identity_id=invited.identity_id, address=invited.user.email)

    @contextmanager
    def held_for_password(
        self, identity: Identity, *, operation_id: str, now: datetime, tries: DailyCount | None = None
    ) -> Iterator[PasswordTry]:
        """Lock an identity that can sign in, and count a try to change its password; raises StaleRead if it changed.

        The commit of the new password removes the lock; any failure before it releases the lock, and puts the count
        back unless the given password is wrong.
        """
        unchanged, values = SAME_HOLDER, same_holder(identity)
        for name in ("password_changes", *(["password_tries"] if tries else [])):
            count: DailyCount | None = getattr(identity, name)
            unchanged += f" AND {name} = :{name}" if count else f" AND attribute_not_exists({name})"
            values |= {f":{name}": count.model_dump()} if count else {}
        sets = {"password_tries": tries.model_dump()} if tries else {}
        before = {"password_tries": identity.password_tries and identity.password_tries.model_dump()} if tries else {}
        attempt = PasswordTry()
        with self._locked(
            identity.identity_id,
            operation_id,
            now,
            sets=sets,
            unchanged=unchanged,
            values=values,
            put_back=lambda: {} if attempt.is_wrong else before,
        ):
            yield attempt

    @contextmanager
    def _locked(
        self,
        identity_id: str,
        operation_id: str,
        now: datetime,
        *,
        sets: Mapping[str, Any],
        unchanged: str,
        values: Mapping[str, Any],
        put_back: Callable[[], Mapping[str, Any]] = dict,
    ) -> Iterator[None]:
        """Hold the lock, and set `sets` with it; where the work under it fails, set what is then to be `put_back`."""
        lock = IdentityLock(operation=operation_id, until=now + LOCK_LEASE)
        sets = {**sets, "sign_in_lock": lock.model_dump(mode="json")}
        given = {
            **{f":set_{name}": value for name, value in sets.items()},
            **values,
            ":unblocked": False,
            **lock_is_free(now),
        }
        try:
            update(
                self._dynamodb,
                TableName=self._table,
                Key={"pk": {"S": identity_id}},
                UpdateExpression="SET " + ", ".join(f"{name} = :set_{name}" for name in sets),
                ConditionExpression=f"{LOCK_IS_FREE} AND (attribute_not_exists(blocked) OR blocked = :unblocked) "
                f"AND attribute_not_exists(erased_at) AND {unchanged}",
                ExpressionAttributeNames={"#sub": "sub", "#until": "until"},
                ExpressionAttributeValues={name: to_attribute(value) for name, value in given.items()},
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            if not _is_held_by(operation_id, item_met(error)):
                raise errors.StaleRead from error
        try:
            yield
        except BaseException:
            with suppress(ClientError, BotoCoreError, errors.StaleRead, errors.Contended):
                self._release(identity_id, operation_id, put_back())
            raise

    def _release(self, identity_id: str, operation_id: str, restored: Mapping[str, Any]) -> None:
        """Remove the lock, and put back these attributes; None for one that was not there."""
        sets = {name: value for name, value in restored.items() if value is not None}
        gone = ["sign_in_lock", *(name for name in restored if name not in sets)]
        setting = f"SET {', '.join(f'{name} = :{name}' for name in sets)} " if sets else ""
        values = {":operation": operation_id} | {f":{name}": value for name, value in sets.items()}
        update(
            self._dynamodb,
            TableName=self._table,
            Key={"pk": {"S": identity_id}},
            UpdateExpression=f"{setting}REMOVE {', '.join(gone)}",
            ConditionExpression="sign_in_lock.operation = :operation",
            ExpressionAttributeValues={name: to_attribute(value) for name, value in values.items()},
        )


def _is_held_by(operation_id: str, item: Item) -> bool:
    """Return whether the repeat of a request whose answer was lost meets its own lock."""
    lock = item.get("sign_in_lock", {}).get("M", {})
    return bool(lock.get("operation") == {"S": operation_id})


@functools.cache
def open_identity_locks() -> IdentityLocks:
    """Return the instance of this process, made on first use."""
    return IdentityLocks()

"""Identities as items: conditions under which they are created, joined, renamed, blocked, secured and certified."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Arguments, Write
from shared.domain.model.identities import LOCK_LEASE, Identity, Profile
from shared.domain.model.values import iso
from shared.domain.policy.changes import IdentityChange

_SECURED = ("proven", "sessions_since", "kept_session", "security_question", "security_answer", "password_changes")
# What a person who takes an identity over does not get from the one before.
_LEFT_BEHIND = (
    "home_account",
    "profile",
    "security_question",
    "security_answer",
    "password_tries",
    "password_changes",
)
_NAMES = ("first_name", "last_name", "locale")  # What an identity's users take from it.
# The person who proves the mailbox takes an unproven identity over and keeps its `sub`: `proven` tells the two apart.
SAME_HOLDER = "#sub = :sub AND proven = :proven"
_UNBLOCKED_HOLDER = f"{SAME_HOLDER} AND blocked = :no"
# A lock holds until its lease ends; one that ends too late was written by a clock far ahead, and holds nobody up.
LOCK_IS_FREE = "(attribute_not_exists(sign_in_lock) OR sign_in_lock.#until <= :now OR sign_in_lock.#until > :latest)"


def lock_is_free(now: datetime) -> dict[str, str]:
    """Return the arguments of `LOCK_IS_FREE`."""
    return {":now": iso(now), ":latest": iso(now + 2 * LOCK_LEASE)}


class _Update(NamedTuple):
    """What an update sets and removes, and its condition.

    With `shows_item` a failed condition returns the item, which names the operation that was here.
    """

    values: Mapping[str, Any]
    condition: str
    arguments: Mapping[str, Any]
    names: Mapping[str, str] = {}
    remove: Sequence[str] = ()
    shows_item: bool = False


def update_identity(table: str, change: IdentityChange, *, operation_id: str, now: datetime) -> Write:
    """Write an identity for the reason of its change: under its lock, or while it has the holder that was read."""
    before, after, reason = change
    match reason:
        case "accepted":
            update = _accepted(after, operation_id)
        case "joined":
            update = _joined(before, after)
        case "blocked":
            update = _blocked(after, operation_id, now)
        case "certified":
            update = _certified(before, after)
        case "renamed":
            update = _renamed(before, after)
        case "secured":
            update = _secured(before, after, operation_id)
        case "signed_out":
            update = _signed_out(after)
    return _write(table, change, update)


def _accepted(after: Identity, operation_id: str) -> _Update:
    return _Update(
        after.model_dump(mode="json", exclude_none=True, exclude={"sign_in_lock", "accounts", "certification"}),
        condition="sign_in_lock.operation = :operation",
        arguments={":operation": operation_id},
        remove=[
            "sign_in_lock",
            *(name for name in _LEFT_BEHIND if getattr(after, name) is None),
            *(["complained_at"] if after.proven else []),  # Else one that comes in meanwhile stays.
        ],
    )


def _joined(before: Identity | None, after: Identity) -> _Update:
    return _Update(
        after.model_dump(mode="json", include={"terms_version", "terms_accepted_at"}),
        condition=" AND ".join([_UNBLOCKED_HOLDER, *(f"#{name} = :read_{name}" for name in _NAMES)]),
        arguments=_unblocked_holder(after) | {f":read_{name}": getattr(after, name) for name in _NAMES},
        names={"#sub": "sub"} | {f"#{name}": name for name in _NAMES},
        remove=_taken_back(before, after),
    )


def _blocked(after: Identity, operation_id: str, now: datetime) -> _Update:
    """Write the block while `accept` holds no lock: that writes the whole identity, and would take the block back."""
    return _Update(
        {"blocked": after.blocked, "operation": operation_id},
        condition=f"#sub = :sub AND blocked = :was AND {LOCK_IS_FREE}",
        arguments={":sub": after.sub, ":was": not after.blocked, **lock_is_free(now)},
        names={"#sub": "sub", "#until": "until"},
        shows_item=True,
    )


def _certified(before: Identity | None, after: Identity) -> _Update:
    certified = before.certification if before else None
    return _Update(
        after.model_dump(mode="json", include={"identity_id", "address", "certification"}, exclude_none=True),
        condition="certification.version = :read"
        if certified
        else "attribute_not_exists(certification) AND attribute_not_exists(erased_at)",
        arguments={":read": certified.version} if certified else {},
    )


def _renamed(before: Identity | None, after: Identity) -> _Update:
    """Write names and language, which the users of all its accounts take over, while it is in those that were read."""
    return _Update(
        {name: getattr(after, name) for name in _NAMES},
        condition=" AND ".join(
            [
                _UNBLOCKED_HOLDER,
                *(f"#{name} = :read_{name}" for name in _NAMES),
                "accounts = :accounts" if after.accounts else "attribute_not_exists(accounts)",
            ]
        ),
        arguments=_unblocked_holder(after)
        | {f":read_{name}": getattr(before, name) for name in _NAMES}
        | ({":accounts": after.accounts} if after.accounts else {}),
        names={"#sub": "sub"},
    )


def _secured(before: Identity | None, after: Identity, operation_id: str) -> _Update:
    return _Update(
        after.model_dump(mode="json", exclude_none=True, include=set(_SECURED)) | {"operation": operation_id},
        condition="sign_in_lock.operation = :operation",
        arguments={},
        remove=[
            "sign_in_lock",
            "password_tries",
            *_taken_back(before, after),
            *(name for name in ("home_account", *_SECURED) if getattr(after, name) is None),
        ],
        shows_item=True,
    )


def _signed_out(after: Identity) -> _Update:
    return _Update(
        after.model_dump(mode="json", include={"sessions_since"}),
        condition=f"{_UNBLOCKED_HOLDER} AND (attribute_not_exists(sessions_since) OR "
        "sessions_since <= :sessions_since)",
        arguments=_unblocked_holder(after),
        names={"#sub": "sub"},
        remove=["kept_session"],
    )


def same_holder(read: Identity) -> dict[str, Any]:
    """Return the arguments of `SAME_HOLDER`: the identity has the sign-in and the holder that were read."""
    return {":sub": read.sub, ":proven": read.proven}


def _unblocked_holder(read: Identity) -> dict[str, Any]:
    return {**same_holder(read), ":no": False}


def _taken_back(before: Identity | None, after: Identity) -> list[str]:
    """Return the note of a complaint, if the change takes it back; one that comes in meanwhile stays."""
    return ["complained_at"] if before and before.complained_at and not after.complained_at else []


def _write(table: str, change: IdentityChange, update: _Update) -> Write:
    """Return the update, which also adds the accounts that the identity came into."""
    before, after, _ = change
    values, condition, arguments, names, remove, shows_item = update
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
    given = {f":{name}": value for name, value in values.items()} | dict(arguments)
    if after.accounts and (before is None or before.accounts != after.accounts or remove):
        expression += " ADD accounts :accounts"
        given[":accounts"] = after.accounts
    if remove:
        expression += " REMOVE " + ", ".join(remove)
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": after.identity_id}},
            "UpdateExpression": expression,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {f"#{name}": name for name in values} | dict(names),
            "ExpressionAttributeValues": {name: to_attribute(value) for name, value in given.items()},
            **({"ReturnValuesOnConditionCheckFailure": "ALL_OLD"} if shows_item else {}),
        }
    }


def note_complaint(table: str, identity_id: str, address: str, *, now: datetime) -> Arguments:
    """Return the `update_item` that sets when an address first complained of mail, unless its person was erased."""
    return {
        "TableName": table,
        "Key": {"pk": {"S": identity_id}},
        "UpdateExpression": "SET identity_id = :identity_id, address = :address, "
        "complained_at = if_not_exists(complained_at, :now)",
        "ConditionExpression": "attribute_not_exists(erased_at)",
        "ExpressionAttributeValues": {
            ":identity_id": {"S": identity_id},
            ":address": {"S": address},
            ":now": {"S": iso(now)},
        },
    }


def save_profile(table: str, identity: Identity, profile: Profile) -> Arguments:
    """Return the `update_item` that sets the profile while holder and profile are those that were read."""
    values = {**_unblocked_holder(identity), ":profile": profile.model_dump(mode="json")}
    unchanged = "attribute_not_exists(profile)"
    if identity.profile:
        unchanged, values[":read"] = "profile.version = :read", identity.profile.version
    return {
        "TableName": table,
        "Key": {"pk": {"S": identity.identity_id}},
        "UpdateExpression": "SET profile = :profile",
        "ConditionExpression": f"{_UNBLOCKED_HOLDER} AND {unchanged}",
        "ExpressionAttributeNames": {"#sub": "sub"},
        "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }

"""Identities as items: conditions under which they are created, joined, renamed, blocked, secured and certified."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.requests import Write
from shared.domain.model.base import iso
from shared.domain.model.identities import Identity, Profile
from shared.domain.policy.changes import IdentityChange

_SECURED = ("proven", "sessions_since", "kept_session", "security_question", "security_answer")
# What a person who takes an identity over does not get from the one before.
_LEFT_BEHIND = ("home_account", "profile", "complained_at", "security_question", "security_answer")


def update_identity(  # noqa: PLR0911 (one for each reason)
    table: str, change: IdentityChange, *, operation_id: str, now: datetime
) -> Write:
    """Write an identity for the reason of its change: under its lock, or while it has the sign-in that was read."""
    before, after, reason = change
    match reason:
        case "accepted":
            return _update(
                table,
                change,
                after.model_dump(mode="json", exclude_none=True, exclude={"sign_in_lock", "accounts", "certification"}),
                condition="sign_in_lock.operation = :operation",
                arguments={":operation": operation_id},
                remove=[
                    "sign_in_lock",
                    *(name for name in _LEFT_BEHIND if getattr(after, name) is None),
                ],
            )
        case "joined":
            return _update(
                table,
                change,
                after.model_dump(mode="json", include={"terms_version", "terms_accepted_at"}),
                condition="#sub = :read AND blocked = :no",
                arguments={":read": after.sub, ":no": False},
                names={"#sub": "sub"},
                remove=_taken_back(before, after),
            )
        case "blocked":
            # Not while `accept` holds the lock: it writes the whole identity, and would take the block back.
            write = _update(
                table,
                change,
                {"blocked": after.blocked, "operation": operation_id},
                condition="#sub = :sub AND blocked = :was AND (attribute_not_exists(sign_in_lock) OR "
                "sign_in_lock.#until <= :now)",
                arguments={":sub": after.sub, ":was": not after.blocked, ":now": iso(now)},
                names={"#sub": "sub", "#until": "until"},
            )
            write["Update"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"  # Names the operation that was here.
            return write
        case "certified":
            certified = before.certification if before else None
            return _update(
                table,
                change,
                after.model_dump(mode="json", include={"identity_id", "address", "certification"}, exclude_none=True),
                condition="certification.version = :read"
                if certified
                else "attribute_not_exists(certification) AND attribute_not_exists(erased_at)",
                arguments={":read": certified.version} if certified else {},
            )
        case "renamed":
            fields = ("first_name", "last_name", "locale")
            return _update(
                table,
                change,
                {name: getattr(after, name) for name in fields},
                condition=" AND ".join(
                    ["#sub = :sub", "blocked = :no", *(f"#{name} = :read_{name}" for name in fields)]
                ),
                arguments={":sub": after.sub, ":no": False}
                | {f":read_{name}": getattr(before, name) for name in fields},
                names={"#sub": "sub"},
            )
        case "secured":
            write = _update(
                table,
                change,
                after.model_dump(mode="json", exclude_none=True, include=set(_SECURED)) | {"operation": operation_id},
                condition="sign_in_lock.operation = :operation",
                arguments={},
                remove=[
                    "sign_in_lock",
                    "password_tries",
                    *_taken_back(before, after),
                    *(name for name in ("home_account", *_SECURED) if getattr(after, name) is None),
                ],
            )
            write["Update"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"  # Names the operation that was here.
            return write
        case "signed_out":
            return _update(
                table,
                change,
                after.model_dump(mode="json", include={"sessions_since"}),
                condition="#sub = :sub AND blocked = :no",
                arguments={":sub": after.sub, ":no": False},
                names={"#sub": "sub"},
                remove=["kept_session"],
            )


def note_complaint(table: str, identity_id: str, address: str, *, now: datetime) -> Write:
    """Set when an address first complained of mail, unless its person was erased, in the words of `update_item`."""
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


def save_profile(table: str, identity: Identity, profile: Profile) -> Write:
    """Set the profile while sign-in and profile are those that were read, in the words of `update_item`."""
    values: dict[str, Any] = {":sub": identity.sub, ":no": False, ":profile": profile.model_dump(mode="json")}
    condition = "#sub = :sub AND blocked = :no AND attribute_not_exists(profile)"
    if identity.profile:
        condition = "#sub = :sub AND blocked = :no AND profile.version = :read"
        values[":read"] = identity.profile.version
    return {
        "TableName": table,
        "Key": {"pk": {"S": identity.identity_id}},
        "UpdateExpression": "SET profile = :profile",
        "ConditionExpression": condition,
        "ExpressionAttributeNames": {"#sub": "sub"},
        "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def _taken_back(before: Identity | None, after: Identity) -> list[str]:
    """Return the note of a complaint, if the change takes it back; one that comes in meanwhile stays."""
    return ["complained_at"] if before and before.complained_at and not after.complained_at else []


def _update(
    table: str,
    change: IdentityChange,
    values: dict[str, Any],
    *,
    condition: str,
    arguments: dict[str, Any],
    names: dict[str, str] | None = None,
    remove: Iterable[str] = (),
) -> Write:
    """Set the values under the condition, and add the accounts that the identity came into."""
    before, after, _ = change
    update = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
    given = {f":{name}": value for name, value in values.items()} | arguments
    if after.accounts and (before is None or before.accounts != after.accounts or remove):
        update += " ADD accounts :accounts"
        given[":accounts"] = after.accounts
    if remove:
        update += " REMOVE " + ", ".join(remove)
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": after.identity_id}},
            "UpdateExpression": update,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {f"#{name}": name for name in values} | (names or {}),
            "ExpressionAttributeValues": {name: to_attribute(value) for name, value in given.items()},
        }
    }

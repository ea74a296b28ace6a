"""Erased identities as items: the tombstone, and the erasing itself until nothing is left to do (rule 25)."""

from datetime import datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute, to_item
from shared.adapters.dynamodb.identity_items import LOCK_IS_FREE, lock_is_free
from shared.adapters.dynamodb.recovery_items import RECOVERY, recovery_key
from shared.adapters.dynamodb.requests import Arguments, Write, put_absent
from shared.domain.model.erasures import Erasure
from shared.domain.model.identities import Identity
from shared.domain.model.values import iso
from shared.domain.policy.changes import ErasureChange
from shared.settings import Tables

DUE_ERASURES = "erasures"
ERASURE = "erasure"

UNDER_WAY = timedelta(seconds=60)  # By then every request has ended that read the address before, and indexes show it.


def erasure_key(identity_id: str) -> str:
    """Return the partition key of an erasing."""
    return f"{ERASURE}#{identity_id}"


def write_erasure(tables: Tables, change: ErasureChange) -> list[Write]:
    """Put the tombstone in the place of the identity that was read, and the work that is left.

    Not while another operation holds the identity's lock, which may be creating a sign-in.

    The tombstone has no address once `outside` is gone: its key derives from that with the stage's pepper. `outside`
    stands there since this table has no stream, which would remember it for a day.

    The first tombstone of an address counts all of them, so that one read finds the ids of the address's present
    person. The place of the first recovery counts them, too: a request of someone who forgot their password reads no
    identities.
    """
    before, erasure, outside = change
    tombstone = {
        "pk": erasure.identity_id,
        "erased_at": iso(erasure.erased_at),
        "erasures": erasure.number,
        "operation": erasure.operation,
        "outside": outside.model_dump(mode="json", exclude_none=True),
    }
    put = put_absent(tables.identities_table, tombstone)["Put"]
    put |= _while_unchanged(before, now=erasure.erased_at)
    put["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"  # Names the operation that was here.
    row = erasure.model_dump(mode="json", exclude_none=True) | {
        "pk": erasure_key(erasure.identity_id),
        "sk": ERASURE,
        "due": DUE_ERASURES,
        "due_at": iso(erasure.erased_at + UNDER_WAY),
    }
    row["erased_identity_id"] = row.pop("identity_id")  # The index by identity shows what is to be erased.
    count = {"pk": recovery_key(erasure.first_identity_id), "sk": RECOVERY, "erasures": erasure.number}
    counted: Write = {"Put": {"TableName": tables.directory_table, "Item": to_item(count)}}
    writes: list[Write] = [{"Put": put}, put_absent(tables.directory_table, row), counted]
    if erasure.first_identity_id != erasure.identity_id:
        writes.append(_count(tables.identities_table, change))
    return writes


def forget_outside(tables: Tables, erasure: Erasure) -> Arguments:
    """Return the `update_item` that takes out of the tombstone what is deleted by now."""
    return {
        "TableName": tables.identities_table,
        "Key": {"pk": {"S": erasure.identity_id}},
        "UpdateExpression": "REMOVE outside",
        "ConditionExpression": "attribute_exists(erased_at)",
    }


def _while_unchanged(before: Identity | None, *, now: datetime) -> Arguments:
    """Return the condition: the sign-in that was read, no lock, and the profile that was read, which names the logo."""
    conditions = [
        "attribute_not_exists(erased_at)",
        LOCK_IS_FREE,
        "#sub = :sub" if before and before.sub else "attribute_not_exists(#sub)",
        "profile.version = :profile" if before and before.profile else "attribute_not_exists(profile)",
    ]
    values: dict[str, Any] = {**lock_is_free(now)}
    values |= {":sub": before.sub} if before and before.sub else {}
    values |= {":profile": before.profile.version} if before and before.profile else {}
    return {
        "ConditionExpression": " AND ".join(conditions),
        "ExpressionAttributeNames": {"#sub": "sub", "#until": "until"},
        "ExpressionAttributeValues": {name: to_attribute(value) for name, value in values.items()},
    }


def _count(table: str, change: ErasureChange) -> Write:
    erasure = change.erasure
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": erasure.first_identity_id}},
            "UpdateExpression": "SET erasures = :number",
            "ConditionExpression": "erasures = :before",
            "ExpressionAttributeValues": {
                ":number": to_attribute(erasure.number),
                ":before": to_attribute(erasure.number - 1),
            },
        }
    }

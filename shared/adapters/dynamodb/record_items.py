"""Records and the numbers of what each user owns as items: keys, index keys, conditional writes (rule 22)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute, to_item
from shared.adapters.dynamodb.requests import Key, Write, if_read_version
from shared.domain.model.record_types import RECORD_TYPES
from shared.domain.model.records import OwnedRecords, Record, RecordKey, owned
from shared.domain.model.users import User
from shared.domain.model.values import iso
from shared.domain.policy.changes import RecordChange

RECORD = "record#"
_SEPARATOR = "#"


def record_key(key: RecordKey) -> str:
    """Return the sort key of a record."""
    return f"{RECORD}{key.type}{_SEPARATOR}{key.record_id}"


def owner_key(user_id: str) -> str:
    """Return the sort key of the numbers of what a user owns."""
    return f"owner#{user_id}"


def ownership(account_id: str, user_id: str) -> str:
    """Return the partition of one owner in the index by owner."""
    return f"{account_id}#{user_id}"


def owned_prefix(record_type: str, on_leave: str = "") -> str:
    """Return the index key prefix of an owner's records of a type."""
    return f"{record_type}{_SEPARATOR}" + (f"{on_leave}{_SEPARATOR}" if on_leave else "")


def job_partition(account_id: str, job_id: str) -> str:
    """Return the partition of one job in the index by job."""
    return f"{account_id}#{job_id}"


def record_row(record: Record) -> dict[str, Any]:
    """Return a record with all keys, as JSON values."""
    row = record.model_dump(mode="json", exclude_none=True)
    row |= {"pk": record.account_id, "sk": record_key(record.key)}
    if record.owner_id:
        row |= {
            "owned_by": ownership(record.account_id, record.owner_id),
            "owned_key": owned_prefix(record.type, record.on_leave) + record.record_id,
        }
    if record.moved_by:
        row |= {"job_id": record.moved_by, "moved_by": job_partition(record.account_id, record.moved_by)}
    return row


def record_of(row: Mapping[str, Any]) -> Record:
    """Return the record of a row."""
    return Record.model_validate({**row, "moved_by": row.get("job_id")})


def write_record(table: str, change: RecordChange, *, operation_id: str) -> Write:
    """Put or delete a record, if it is still as it was read, or not there yet.

    The version alone does not tell: one that was deleted and stored again begins with the first.
    """
    before, after = change
    written = after or before
    if written is None:
        raise ValueError("no record")
    place = {"TableName": table, **if_read_version(before)}
    if before:
        place["ConditionExpression"] += " AND updated_at = :read_at"
        place["ExpressionAttributeValues"] |= {":read_at": to_attribute(iso(before.updated_at))}
    if after:
        return {"Put": {**place, "Item": to_item(record_row(after) | {"operation": operation_id})}}
    key = {"pk": written.account_id, "sk": record_key(written.key)}
    return {"Delete": {**place, "Key": to_item(key)}}


def count_owned(table: str, changes: Iterable[RecordChange]) -> Iterator[Write]:
    """Move the numbers of what each owner owns, by what happens when they leave and by type."""
    moved: dict[tuple[str, str], Counter[str]] = {}
    for before, after in changes:
        for record, number in ((before, -1), (after, 1)):
            if record and record.owner_id:
                of_owner = moved.setdefault((record.account_id, record.owner_id), Counter())
                of_owner[f"{record.on_leave}{_SEPARATOR}{record.type}"] += number
    for (account_id, owner_id), numbers in moved.items():
        differing = [(name, number) for name, number in numbers.items() if number]
        if differing:
            yield {
                "Update": {
                    "TableName": table,
                    "Key": to_item({"pk": account_id, "sk": owner_key(owner_id)}),
                    "UpdateExpression": "ADD " + ", ".join(f"#{place} :{place}" for place in range(len(differing))),
                    "ExpressionAttributeNames": {f"#{place}": name for place, (name, _) in enumerate(differing)},
                    "ExpressionAttributeValues": {
                        f":{place}": to_attribute(number) for place, (_, number) in enumerate(differing)
                    },
                }
            }


def check_owned(table: str, user: User, read: OwnedRecords) -> Write:
    """Check that a user owns what was read, apart from what stays when its owner leaves."""
    names = [(happens, each) for happens in ("move", "remove") for each in RECORD_TYPES]
    numbers = [(read.moves if happens == "move" else read.removes).get(each, 0) for happens, each in names]
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": to_item({"pk": user.account_id, "sk": owner_key(user.user_id)}),
            "ConditionExpression": " AND ".join(
                f"#{place} = :{place}" if number else f"(attribute_not_exists(#{place}) OR #{place} <= :{place})"
                for place, number in enumerate(numbers)
            ),
            "ExpressionAttributeNames": {
                f"#{place}": f"{happens}{_SEPARATOR}{each}" for place, (happens, each) in enumerate(names)
            },
            "ExpressionAttributeValues": {f":{place}": to_attribute(number) for place, number in enumerate(numbers)},
        }
    }


def owned_of(row: Mapping[str, Any] | None) -> OwnedRecords:
    """Return the numbers of an owner's item, which there is only once they owned something."""
    numbers = ((*name.split(_SEPARATOR), number) for name, number in (row or {}).items() if _SEPARATOR in name)
    return owned((happens, record_type, number) for happens, record_type, number in numbers)


def keys_of(table: str, account_id: str, keys: Iterable[RecordKey]) -> list[Key]:
    """Return the keys of records of an account."""
    return [(table, account_id, record_key(key)) for key in keys]

"""Records as the host product stores them: each with its owner (rules 22 and 39)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.domain.model import errors
from shared.domain.model.records import Record, RecordKey, what_happens
from shared.domain.model.users import Status, User
from shared.domain.policy import authorization
from shared.domain.policy.changes import ChangeSet, RecordChange, UserChange
from shared.domain.policy.snapshot import Snapshot

# Users of these statuses get the mark when they leave; all others when a record is stored.
_COUNTED_WHEN_LEAVING = {Status.ACTIVE, Status.BLOCKED}


class GivenRecord(NamedTuple):
    """A record as the host names it."""

    type: str
    record_id: str
    owner_id: str
    status: str | None
    title: str | None

    @property
    def key(self) -> RecordKey:
        """Return the key of the record: type and id."""
        return RecordKey(self.type, self.record_id)


class RecordBatchResult(NamedTuple):
    """What the accepted rows change, and for each row why it is refused, or None."""

    changes: ChangeSet
    refusals: list[errors.Refusal | None]


def put(snapshot: Snapshot, given: GivenRecord) -> ChangeSet:
    """Store a record with its owner, a user of the account. Raises NotAllowed, InvalidRequest.

    A partner takes no record from an administrator who is not one (rule 6).
    """
    require_can_edit(snapshot)
    return record_changes([RecordChange(snapshot.records.get(given.key), _stored(given, snapshot))], snapshot.users)


def put_many(snapshot: Snapshot, rows: Sequence[GivenRecord | errors.Refusal]) -> RecordBatchResult:
    """Store each row like a record of its own; a refused row stops no other one. Raises NotAllowed."""
    require_can_edit(snapshot)
    changes: list[RecordChange] = []
    refusals: list[errors.Refusal | None] = []
    seen: set[RecordKey] = set()
    for row in rows:
        change = _judge(row, snapshot, seen=seen)
        refusals.append(change if isinstance(change, errors.Refusal) else None)
        if isinstance(change, RecordChange) and isinstance(row, GivenRecord):
            changes.append(change)
            seen.add(row.key)
    return RecordBatchResult(record_changes(changes, snapshot.users), refusals)


def delete(snapshot: Snapshot, key: RecordKey) -> ChangeSet:
    """Forget a record; repeating it has no effect. Raises NotAllowed."""
    require_can_edit(snapshot)
    existing = snapshot.records.get(key)
    if existing is None:
        return ChangeSet()
    _require_can_take(existing, snapshot)
    return ChangeSet(records=(RecordChange(existing, None),))


def require_can_edit(snapshot: Snapshot) -> None:
    """Raises NotAllowed unless the host or someone with `records.edit` acts (rule 39)."""
    if not snapshot.actor.is_host:
        authorization.require_permission(snapshot.actor, "records.edit")


def record_changes(changes: Iterable[RecordChange], users: Mapping[str, User]) -> ChangeSet:
    """Return the changes of records with the owners of those that another user would have to get.

    Owners without access get the mark that records of theirs wait, which is no new version of them; the others do not
    change, which the write checks.
    """
    records = tuple(changes)
    stored = (after for before, after in records if after and after != before and after.on_leave == "move")
    owners = [users[user_id] for user_id in dict.fromkeys(record.owner_id for record in stored) if user_id]
    return ChangeSet(records=records, users=tuple(UserChange(owner, _marked(owner)) for owner in owners))


def _marked(owner: User) -> User:
    if owner.status in _COUNTED_WHEN_LEAVING:
        return owner
    return owner.model_copy(update={"has_records_waiting": True})


def _judge(
    row: GivenRecord | errors.Refusal, snapshot: Snapshot, *, seen: set[RecordKey]
) -> RecordChange | errors.Refusal:
    if isinstance(row, errors.Refusal):
        return row
    if row.key in seen:
        return errors.DuplicateRecord()
    try:
        return RecordChange(snapshot.records.get(row.key), _stored(row, snapshot))
    except (errors.InvalidRequest, errors.NotAllowed) as refusal:
        return refusal


def _require_can_take(record: Record, snapshot: Snapshot) -> None:
    for owner_id in snapshot.users.keys() & {record.owner_id}:
        authorization.require_can_act_on(snapshot.actor, snapshot.users[owner_id])


def _stored(given: GivenRecord, snapshot: Snapshot) -> Record:
    """Return the record as it is afterwards: the same if nothing differs. Raises InvalidRequest, NotAllowed."""
    if given.owner_id not in snapshot.users:
        raise errors.InvalidRequest([("owner_id", "There is no such user in this account.")])
    before = snapshot.records.get(given.key)
    if before and before.owner_id != given.owner_id:
        _require_can_take(before, snapshot)
    after = Record(
        account_id=snapshot.account.account_id,
        type=given.type,
        record_id=given.record_id,
        owner_id=given.owner_id,
        owned_since=before.owned_since if before and before.owner_id == given.owner_id else snapshot.now,
        status=given.status,
        title=given.title,
        on_leave=what_happens(given.type, given.status),
        updated_at=snapshot.now,
        version=before.version + 1 if before else 1,
    )
    if before is None:
        return after
    if before.owner_id == after.owner_id:
        after = after.model_copy(update={"moved_by": before.moved_by})
    unchanged = after.model_copy(update={"version": before.version, "updated_at": before.updated_at})
    return before if unchanged == before else after

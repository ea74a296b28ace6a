"""Jobs that move records: those that are due, and what each finds to do next (rule 23)."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, islice
from typing import NamedTuple

from pydantic import ValidationError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.index_reads import due_items, indexed_keys, readable
from shared.adapters.dynamodb.job_items import DUE_MOVES, job_key, write_job
from shared.adapters.dynamodb.record_items import (
    check_owned,
    job_partition,
    owned_of,
    owned_prefix,
    owner_key,
    ownership,
    record_of,
)
from shared.adapters.dynamodb.requests import Key, Write, batch_get, transact
from shared.adapters.dynamodb.user_items import release_user, user_key
from shared.domain.commands import move_steps
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.record_types import OnLeave
from shared.domain.model.records import OwnedRecords, Record
from shared.domain.model.users import User
from shared.domain.policy.changes import JobChange
from shared.settings import settings

# Of a transaction's 100 items, moving takes 95: with the numbers of two owners, the new owner, an entry and the job.
# Removing takes 92: with an entry for each record, the numbers of the owner and the job.
_MOVED_AT_ONCE = 90
_REMOVED_AT_ONCE = 45


class NextRecords(NamedTuple):
    """The records of a job's next step, and the job's owner and targets as they are now, by id."""

    records: list[Record]
    users: Mapping[str, User]


_NOTHING = NextRecords([], {})
_OF_OWNER = "owned_by = :owner AND begins_with(owned_key, :prefix)"


class MoveJobs:
    """Reads jobs and the records that are left to each; its lists come from indexes, its records from the table."""

    def __init__(self) -> None:
        tables = settings().tables
        self._directory, self._records = tables.directory_table, tables.records_table
        self._dynamodb = clients.client("dynamodb")

    def due(self, *, now: datetime) -> Iterator[MoveJob | ValidationError]:
        """Yield the jobs that are not done, longest without a step first."""
        return readable(due_items(self._directory, self._dynamodb, DUE_MOVES, now=now), MoveJob.model_validate)

    def find(self, account_id: str, job_id: str) -> MoveJob | None:
        """Return the job as it is, if there is one of this id in the account."""
        key: Key = (self._directory, account_id, job_key(job_id))
        item = batch_get(self._dynamodb, [key]).get(key)
        return MoveJob.model_validate(from_item(item)) if item else None

    def next_records(self, job: MoveJob) -> NextRecords:
        """Return the records of the job's next step, all of one owner, first those that move, and whom it concerns."""
        if job.from_user:
            owner = ownership(job.account_id, job.from_user)
            steps: tuple[tuple[OnLeave, Iterable[str], int], ...] = (
                ("move", sorted(job.targets), _MOVED_AT_ONCE),
                ("remove", job.removes, _REMOVED_AT_ONCE),
            )
            for on_leave, types, most in steps:
                for record_type in types:
                    prefix = owned_prefix(record_type, on_leave)
                    keys = self._keys("by_owner", _OF_OWNER, owner=owner, prefix=prefix)
                    found = self._first(job, keys, most, functools.partial(move_steps.is_left, job, on_leave))
                    if found.records:
                        return found
            return _NOTHING
        moved = job_partition(job.account_id, str(job.from_job))
        keys = self._keys("by_job", "moved_by = :job", job=moved)
        return self._first(job, keys, _MOVED_AT_ONCE, lambda record, _users: move_steps.moves_on(job, record))

    def end(self, change: JobChange, *, operation_id: str) -> None:
        """Write the end of a job, and take its mark off the user whose records it moved, in one transaction.

        With the mark goes that of records that wait, if none is left. Raises StaleRead if anything changes meanwhile.
        """
        ended = write_job(self._directory, change, operation_id=operation_id)
        released = self._released(change.after) if change.after.from_user else []
        transact(self._dynamodb, [ended, *released], operation_id=operation_id)

    def _released(self, job: MoveJob) -> list[Write]:
        """Return what takes the job's mark off its user, unless another job marked them since."""
        numbers: Key = (self._records, job.account_id, owner_key(str(job.from_user)))
        marked: Key = (self._directory, job.account_id, user_key(str(job.from_user)))
        read = batch_get(self._dynamodb, [numbers, marked])
        user = User.model_validate(from_item(read[marked]))
        if user.move_job_id != job.job_id:
            return []
        owned = owned_of(from_item(read[numbers])) if numbers in read else OwnedRecords()
        release = release_user(self._directory, user, job.job_id, has_records_waiting=bool(owned.waiting))
        return [release, check_owned(self._records, user, owned)]

    def _first(
        self, job: MoveJob, keys: Iterator[Key], most: int, is_left: Callable[[Record, Mapping[str, User]], bool]
    ) -> NextRecords:
        """Return the first records that are left, of one owner; an index may still show what is done."""
        named = {*job.targets.values(), *([job.from_user] if job.from_user else [])}
        people: list[Key] = [(self._directory, job.account_id, user_key(each)) for each in sorted(named)]
        while True:
            some = list(islice(keys, most))
            if not some:
                return _NOTHING
            read = batch_get(self._dynamodb, [*some, *people])
            found = [User.model_validate(from_item(read[key])) for key in people if key in read]
            users = {user.user_id: user for user in found}
            records = [record_of(from_item(read[key])) for key in some if key in read]
            left = [record for record in records if is_left(record, users)]
            if left:
                return NextRecords([record for record in left if record.owner_id == left[0].owner_id], users)

    def _keys(self, index: str, condition: str, **values: str) -> Iterator[Key]:
        """Yield the keys of records that an index names under a condition; `values` are its arguments."""
        arguments = {f":{name}": value for name, value in values.items()}
        pages = indexed_keys(self._records, self._dynamodb, index, condition, arguments, at_once=_MOVED_AT_ONCE)
        return chain.from_iterable(pages)


@functools.cache
def open_move_jobs() -> MoveJobs:
    """Return the instance of this process, made on first use."""
    return MoveJobs()

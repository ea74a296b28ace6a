"""The steps of a job that hands records over: what is left to it, and what each step does (rule 23)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shared.domain.commands.records import record_changes
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.record_types import OnLeave
from shared.domain.model.records import Record
from shared.domain.model.users import WITH_ACCESS_TO_END, User
from shared.domain.policy.changes import ChangeSet, JobChange, RecordChange, UserChange
from shared.domain.policy.journal import Entry, record_removed_entry, records_moved_entry
from shared.domain.policy.snapshot import OperationContext


def is_left(job: MoveJob, on_leave: OnLeave, record: Record, users: Mapping[str, User]) -> bool:
    """Return whether a record of the job's user, one of `users`, is still to be moved or removed, as `on_leave` says.

    Someone who is back meanwhile keeps what goes with those who leave; who has joined again keeps what they got since.
    """
    if record.owner_id is None or record.owner_id != job.from_user or record.on_leave != on_leave:
        return False
    owner = users[record.owner_id]
    if on_leave == "remove":
        return owner.status not in WITH_ACCESS_TO_END
    if owner.joined_at is None or owner.joined_at <= job.created_at:
        return True
    return record.owned_since is None or record.owned_since <= owner.joined_at


def moves_on(job: MoveJob, record: Record) -> bool:
    """Return whether a record that another job moved goes on: one that was completed since stays with its owner."""
    return record.moved_by == job.from_job and record.owner_id is not None and record.on_leave == "move"


def step(job: MoveJob, records: Sequence[Record], *, users: Mapping[str, User], context: OperationContext) -> ChangeSet:
    """Return one step of a job: the records, all of one owner, move or are marked removed, and the job counts them.

    Of the targets, among `users` by id, those who have left since it began get the mark that records of theirs wait.
    """
    changes = [RecordChange(record, _handed_over(record, job, context)) for record in records]
    removed = sum(record.on_leave == "remove" for record in records)
    changed = record_changes(changes, users)
    leavers = [users[each] for each in {record.owner_id for record in records if record.on_leave == "remove"} if each]
    return changed._replace(
        users=(*changed.users, *(UserChange(leaver, leaver) for leaver in leavers)),
        job=JobChange(job, job.with_progress(len(records), removed=removed, now=context.now)),
        entries=tuple(_entries(job, changes, context=context)),
    )


def finish(job: MoveJob, *, context: OperationContext) -> JobChange:
    """Return the end of a job that finds nothing left."""
    return JobChange(job, job.with_progress(0, now=context.now, state="done"))


def _handed_over(record: Record, job: MoveJob, context: OperationContext) -> Record:
    handed = {"moved_by": job.job_id, "updated_at": context.now, "version": record.version + 1}
    if record.on_leave == "remove":
        return record.model_copy(update={**handed, "owner_id": None, "owned_since": None, "removed_at": context.now})
    return record.model_copy(update={**handed, "owner_id": job.targets[record.type], "owned_since": context.now})


def _entries(job: MoveJob, changes: Iterable[RecordChange], *, context: OperationContext) -> Iterator[Entry]:
    """Yield one entry for each new owner, and one for each record that is removed."""
    moved: dict[str, list[Record]] = {}
    owner_id = None
    for before, after in changes:
        if before is None or after is None or before.owner_id is None or before.owner_id == after.owner_id:
            continue
        owner_id = before.owner_id
        if after.owner_id is None:
            yield record_removed_entry(before, job_id=job.job_id, context=context)
        else:
            moved.setdefault(after.owner_id, []).append(before)
    for to, records in moved.items():
        yield records_moved_entry(records, from_user=str(owner_id), to=to, job_id=job.job_id, context=context)

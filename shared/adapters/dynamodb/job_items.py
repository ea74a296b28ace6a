"""Jobs that move records as items: key, index key, conditional writes (rule 23)."""

from typing import Any

from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.requests import Write, if_read_version
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.values import iso
from shared.domain.policy.changes import JobChange

JOB = "job#"
DUE_MOVES = "move_jobs"


def job_key(job_id: str) -> str:
    """Return the sort key of a job."""
    return f"{JOB}{job_id}"


def write_job(table: str, change: JobChange, *, operation_id: str) -> Write:
    """Put the job as it is afterwards, if it is still the version that was read, or not there yet."""
    before, after = change.before, change.after
    item = to_item(_row(after) | {"operation": operation_id})
    return {"Put": {"TableName": table, "Item": item, **if_read_version(before)}}


def _row(job: MoveJob) -> dict[str, Any]:
    row = job.model_dump(mode="json", exclude_none=True) | {"pk": job.account_id, "sk": job_key(job.job_id)}
    if job.due_at:
        row |= {"due": DUE_MOVES, "due_at": f"{iso(job.due_at)}\t{job.job_id}"}
    return row

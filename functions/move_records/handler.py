"""Move the records of users who leave, as the directory's stream reports the jobs, and every minute (rule 23)."""

from functools import partial
from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from shared import retries
from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.job_items import JOB
from shared.adapters.dynamodb.move_jobs import open_move_jobs
from shared.clock import utc_now
from shared.domain.commands import move_steps
from shared.domain.model.ids import derived_id
from shared.domain.policy.authorization import Actor
from shared.domain.policy.snapshot import OperationContext
from shared.jobs import EVERY_MINUTE, process_due, process_records
from shared.logging import entry_point

committer = open_committer()
jobs = open_move_jobs()

_MIN_REMAINING_MS = 10_000  # A job that is not done by then is taken up by the sweep.


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse | None:
    """Handle a batch of new jobs from the stream, or the scheduler's `{"every": "minute"}`; raises for others."""

    def work_on(account_id: str, job_id: str) -> str:
        remaining_ms = context.get_remaining_time_in_millis
        while remaining_ms() > _MIN_REMAINING_MS:
            step = partial(_step, account_id, job_id, operation_id=context.aws_request_id)
            outcome = retries.run(step, remaining_ms=remaining_ms)
            if outcome != "moved":
                return outcome
        return "continued"

    def work_on_new(record: DynamoDBRecord) -> None:
        keys = record.raw_event["dynamodb"]["Keys"]
        work_on(keys["pk"]["S"], keys["sk"]["S"].removeprefix(JOB))

    if event != EVERY_MINUTE:
        return process_records(work_on_new, event=event, context=context)
    process_due(
        jobs.due(now=utc_now()),
        lambda job: work_on(job.account_id, job.job_id),
        event=event,
        context=context,
        ids=lambda job: {"account_id": job.account_id, "job_id": job.job_id},
        min_remaining_ms=_MIN_REMAINING_MS,
    )
    return None


def _step(account_id: str, job_id: str, *, operation_id: str) -> str:
    """Make one step of the job: move some records, or end it. Raises StaleRead if something changed meanwhile."""
    job = jobs.find(account_id, job_id)
    if job is None or job.state == "done":
        return "ended"
    now = utc_now()
    step_id = derived_id(operation_id, job_id, str(job.version))
    context = OperationContext(Actor.without_rights(job.ordered_by), step_id, now)
    records, users = jobs.next_records(job)
    if records:
        changes = move_steps.step(job, records, users=users, context=context)
        committer.commit(changes, context.basis, answer=None)
        return "moved"
    if job.awaits_index(now):
        return "waiting"
    jobs.end(move_steps.finish(job, context=context), operation_id=step_id)
    return "ended"

"""Jobs that move records are begun once, and let go of a user only as their own (rule 23)."""

from datetime import timedelta

import pytest

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.move_jobs import open_move_jobs
from shared.clock import utc_now
from shared.domain.model import errors
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.values import INDEX_LAG
from shared.domain.policy.changes import ChangeSet, JobChange
from shared.domain.policy.snapshot import CommitBasis
from tests.domain_factories import MILLISECOND
from tests.factories import ACCOUNT, a_user, an_account
from tests.functions.faults import meanwhile
from tests.table_edits import set_user, user_row


def a_job(from_user: str) -> MoveJob:
    now = utc_now()
    return MoveJob(
        account_id=ACCOUNT,
        job_id="j" * 26,
        from_user=from_user,
        targets={},
        ordered_by="user:ann",
        total=0,
        created_at=now,
        updated_at=now,
    )


def test_a_job_that_is_there_is_not_begun_again() -> None:
    begun = ChangeSet(job=JobChange(None, a_job("u" * 26)))
    open_committer().commit(begun, CommitBasis("operation-1", utc_now()), answer=None)

    with pytest.raises(errors.StaleRead):
        open_committer().commit(begun, CommitBasis("operation-2", utc_now()), answer=None)


@pytest.mark.parametrize(
    ("done", "since", "awaited"),
    [
        (0, timedelta(0), True),
        (0, INDEX_LAG - MILLISECOND, True),
        (0, INDEX_LAG, False),
        (1, timedelta(0), False),
    ],
)
def test_a_job_waits_for_the_index_for_as_long_as_that_may_lag(done: int, since: timedelta, awaited: bool) -> None:
    job = a_job("u" * 26).model_copy(update={"done": done, "total": 1})

    assert job.awaits_index(job.updated_at + since) is awaited


def test_a_user_whom_another_job_marks_meanwhile_is_not_released() -> None:
    user_id = a_user(an_account()).user_id
    user = {"account_id": ACCOUNT, "user_id": user_id}
    job = a_job(user_id)
    set_user(user, move_job_id=job.job_id)

    marked = meanwhile("dynamodb", "TransactWriteItems", lambda: set_user(user, move_job_id="k" * 26))
    begun = ChangeSet(job=JobChange(None, job))
    open_committer().commit(begun, CommitBasis("operation-1", utc_now()), answer=None)
    end = JobChange(job, job.with_progress(0, now=utc_now(), state="done"))
    with pytest.raises(errors.StaleRead), marked:
        open_move_jobs().end(end, operation_id="operation-2")
    still = open_move_jobs().find(ACCOUNT, job.job_id)
    open_move_jobs().end(end, operation_id="operation-3")

    assert still == job
    assert open_move_jobs().find(ACCOUNT, job.job_id) == end.after
    assert user_row(user_id)["move_job_id"] == "k" * 26

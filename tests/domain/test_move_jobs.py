"""How far a job that moves records has come."""

from shared.domain.model.move_jobs import MoveJob
from tests.domain_factories import ACCOUNT_ID, ANN_ID, LEE_ID, NOW, WEEK


def a_job(*, total: int) -> MoveJob:
    return MoveJob(
        account_id=ACCOUNT_ID,
        job_id="j" * 26,
        from_user=LEE_ID,
        targets={"contact": ANN_ID},
        ordered_by=f"user:{ANN_ID}",
        total=total,
        created_at=NOW,
        updated_at=NOW,
    )


def test_a_step_counts_what_it_has_done_of_the_total() -> None:
    job = a_job(total=5).with_progress(3, removed=1, now=NOW + WEEK)

    assert (job.state, job.done, job.removed, job.total) == ("running", 3, 1, 5)
    assert (job.updated_at, job.version) == (NOW + WEEK, 2)


def test_a_total_that_was_too_low_grows_with_what_is_done() -> None:
    job = a_job(total=1).with_progress(3, now=NOW)

    assert (job.done, job.total) == (3, 3)


def test_a_job_that_is_done_has_done_all() -> None:
    job = a_job(total=5).with_progress(3, now=NOW).with_progress(0, now=NOW, state="done")

    assert (job.state, job.done, job.total, job.due_at) == ("done", 3, 3, None)

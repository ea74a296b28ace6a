"""Which records are left to a job, at each moment at which its user may have joined again (rule 23)."""

from datetime import datetime

import pytest

from shared.domain.commands import move_steps
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.record_types import OnLeave
from shared.domain.model.records import Record
from shared.domain.model.users import Status
from tests.domain_factories import ACCOUNT_ID, ANN_ID, BEA_ID, LEE_ID, MILLISECOND, NOW, a_member

JOB = MoveJob(
    account_id=ACCOUNT_ID,
    job_id="j" * 26,
    from_user=LEE_ID,
    targets={"contact": BEA_ID},
    removes=("task",),
    ordered_by=ANN_ID,
    total=1,
    created_at=NOW,
    updated_at=NOW,
)
BACK = NOW + 10 * MILLISECOND


def record(on_leave: OnLeave, *, owned_since: datetime | None = NOW, owner_id: str | None = LEE_ID) -> Record:
    return Record(
        account_id=ACCOUNT_ID,
        type="task",
        record_id="r-1",
        owner_id=owner_id,
        on_leave=on_leave,
        owned_since=owned_since,
        updated_at=BACK + MILLISECOND,
    )


@pytest.mark.parametrize(
    ("joined_at", "owned_since", "is_left"),
    [
        (None, BACK, True),
        (NOW - MILLISECOND, BACK, True),
        (NOW, BACK, True),
        (NOW + MILLISECOND, BACK, False),
        (BACK, None, True),
        (BACK, BACK - MILLISECOND, True),
        (BACK, BACK, True),
        (BACK, BACK + MILLISECOND, False),
    ],
)
def test_a_record_of_someone_who_joined_again_is_left_unless_they_got_it_since(
    joined_at: datetime | None, owned_since: datetime | None, *, is_left: bool
) -> None:
    users = {LEE_ID: a_member(joined_at=joined_at)}

    assert move_steps.is_left(JOB, "move", record("move", owned_since=owned_since), users) is is_left


@pytest.mark.parametrize("status", list(Status))
def test_a_finished_task_is_left_unless_its_owner_is_back(status: Status) -> None:
    users = {LEE_ID: a_member(status)}

    assert move_steps.is_left(JOB, "remove", record("remove"), users) is (status not in {Status.ACTIVE, Status.BLOCKED})


def test_a_record_that_has_another_owner_or_does_something_else_is_not_left() -> None:
    users = {LEE_ID: a_member(Status.INACTIVE), BEA_ID: a_member(user_id=BEA_ID)}

    assert not move_steps.is_left(JOB, "move", record("move", owner_id=BEA_ID), users)
    assert not move_steps.is_left(JOB, "move", record("move", owner_id=None), users)
    assert not move_steps.is_left(JOB, "move", record("remove"), users)

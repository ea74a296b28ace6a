"""Someone leaves and hands over what they own; what becomes of the job."""

from datetime import timedelta
from typing import Any

import time_machine

from shared.clock import utc_now
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.command_cases.records import a_leaver
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    JOB,
    MOVED_RECORDS,
    ActiveUser,
    a_user,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, on_user
from tests.invoke import wake

People = tuple[ActiveUser, ActiveUser, ActiveUser]


def a_leaver_and_others() -> tuple[ActiveUser, ActiveUser, ActiveUser]:
    """Ann, an administrator; Kim; and Lee, who owns a contact, two tasks and a note."""
    ann = an_account()
    kim = a_user(ann, "kim@example.org")
    return ann, kim, a_leaver((ann, ann))


def gone(by: ActiveUser, **fields: Any) -> ActiveUser:
    """Someone who has been deactivated."""
    person = a_user(by, **fields)
    assert on_user(DEACTIVATE, by, person.user_id).status == 200
    return person


def jobs() -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("job#")]


def new_job(job_id: str) -> dict[str, Any]:
    """The event with which the directory's stream wakes the job."""
    keys = {"pk": {"S": ACCOUNT}, "sk": {"S": f"job#{job_id}"}}
    change = {"Keys": keys, "SequenceNumber": "1"}
    return {"Records": [{"eventID": "1", "eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": change}]}


def progress(by: ActiveUser, job_id: str) -> dict[str, Any]:
    answer = call(JOB, caller=by.signed_in, account_id=ACCOUNT, job_id=job_id)
    found: dict[str, Any] = answer.body
    return {name: found[name] for name in ("state", "done", "total")}


def moved(by: ActiveUser, job_id: str) -> list[str]:
    answer = call(MOVED_RECORDS, caller=by.signed_in, account_id=ACCOUNT, job_id=job_id)
    return [record["record_id"] for record in answer.body["data"]]


def sweep(after: timedelta = INDEXES_KNOW) -> None:
    with time_machine.travel(utc_now() + after):
        wake("move_records")

"""The line with which each run of a schedule ends, by which an alarm sees that the schedule is alive."""

from typing import Any

import pytest

from infra.catalog import CATALOG
from shared.jobs import PROCESSED
from tests.factories import stream_of
from tests.functions.cached_fixtures import an_account
from tests.functions.faults import captured_logs, log_lines
from tests.functions.leaving import new_job
from tests.invoke import wake

BY_STREAM = {"send_mail": stream_of(["absent"]), "move_records": new_job("absent")}


@pytest.mark.parametrize("name", [row.name for row in CATALOG if row.every_minute])
def test_each_run_of_a_schedule_ends_with_one_line(name: str) -> None:
    an_account()

    with captured_logs() as logs:
        wake(name)

    assert len(log_lines(logs, PROCESSED)) == 1


@pytest.mark.parametrize(("name", "event"), BY_STREAM.items())
def test_a_batch_of_a_stream_does_not_log_that_line(name: str, event: dict[str, Any]) -> None:
    an_account()

    with captured_logs() as logs:
        wake(name, event)

    assert {row.name for row in CATALOG if row.every_minute and row.stream_source} == BY_STREAM.keys()
    assert log_lines(logs, PROCESSED) == []

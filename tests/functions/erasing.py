"""An operator erases Lee, and what is left of the users."""

from datetime import timedelta
from typing import Any

import time_machine

from shared.clock import utc_now
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.factories import ERASE_IDENTITY, LEE_ADDRESS, an_operator
from tests.functions.contract import call
from tests.invoke import Answer, SignedIn, wake


def erase(email: str = LEE_ADDRESS, *, caller: SignedIn | None = None, **parts: Any) -> Answer:
    return call(ERASE_IDENTITY, caller=caller or an_operator(), email=email, body={}, **parts)


def later() -> Any:
    """Two minutes from now."""
    return time_machine.travel(utc_now() + timedelta(minutes=2), tick=False)


def finish() -> None:
    """Two minutes later the sweep comes by."""
    with later():
        wake("finish_erasures", {"every": "minute"})


def tombstones() -> dict[str, dict[str, Any]]:
    """The users who were erased, by account."""
    return {
        row["pk"]: row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#") and "erased_at" in row
    }

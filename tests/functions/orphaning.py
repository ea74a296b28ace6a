"""An inviter is let go, and the sweep revokes what they have pending."""

import time_machine

from shared.clock import utc_now
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.factories import DEACTIVATE, ActiveUser, a_user
from tests.functions.contract import on_user
from tests.invoke import wake


def an_inviter(by: ActiveUser) -> ActiveUser:
    return a_user(by, "bea@example.org", admin=True)


def let_go(by: ActiveUser, person: ActiveUser, route: str = DEACTIVATE) -> None:
    assert on_user(route, by, person.user_id).status == 200


def sweep() -> None:
    with time_machine.travel(utc_now() + INDEXES_KNOW):
        wake("revoke_orphaned_invitations")


def statuses() -> dict[str, str]:
    return {row["email"]: row["status"] for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")}


def waiting() -> list[str]:
    return [row["email"] for row in aws_fixture.items(DIRECTORY) if row.get("due") == "orphaned_invitations"]

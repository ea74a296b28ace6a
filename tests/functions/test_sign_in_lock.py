"""One operation at a time makes the sign-in of an identity, and one that fails can be repeated."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.model.ids import Ids
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL
from tests import aws_fixture, invoke
from tests.command_cases.effects import identity_of
from tests.factories import (
    ACCEPT,
    BLOCK_IDENTITY,
    ERASE_IDENTITY,
    LEE_ADDRESS,
    a_user,
    acceptance,
    an_operator,
    invited,
    token_for,
)
from tests.functions.accepting import accept_link
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import refusing
from tests.table_edits import set_in


def lock(user: dict[str, Any], *, until: str) -> None:
    """Someone else's operation makes this identity's sign-in."""
    identity_id = Ids("pepper of the tests").identity_id(user["email"])
    values = {
        "identity_id": identity_id,
        "address": user["email"],
        "sign_in_lock": {"operation": "other", "until": until},
    }
    set_in(IDENTITIES, {"pk": identity_id}, **values)


def test_while_another_operation_makes_the_sign_in_there_is_a_conflict() -> None:
    user = invited(an_account())
    lock(user, until=iso(datetime.now(UTC) + timedelta(seconds=10)))

    with nothing_changes():
        answer = accept_link(token_for(user))

    assert refused(answer) == (409, "conflict")


def test_accept_takes_a_lock_that_a_clock_far_ahead_has_written() -> None:
    user = invited(an_account())
    lock(user, until="2999-01-01T00:00:00.000Z")

    answer = accept_link(token_for(user))

    assert (answer.status, "sign_in_lock" in identity_of(LEE_ADDRESS)) == (200, False)


@pytest.mark.parametrize("route", [BLOCK_IDENTITY, ERASE_IDENTITY])
@pytest.mark.parametrize(
    ("until", "answer"), [("2026-11-01T00:00:00.000Z", 200), (None, 409), ("2999-01-01T00:00:00.000Z", 200)]
)
def test_an_operator_waits_for_a_lock_that_is_held_and_for_no_other(route: str, until: str | None, answer: int) -> None:
    a_user(an_account())
    lock({"email": LEE_ADDRESS}, until=until or iso(datetime.now(UTC) + timedelta(seconds=10)))

    assert call(route, caller=an_operator(), email=LEE_ADDRESS, body={}).status == answer


def test_accept_takes_a_lock_whose_lease_has_ended() -> None:
    user = invited(an_account())
    lock(user, until="2026-11-01T00:00:00.000Z")

    answer = accept_link(token_for(user))

    assert answer.status == 200


@pytest.mark.parametrize("operation", ["AdminCreateUser", "AdminSetUserPassword"])
def test_a_pool_that_fails_leaves_a_link_that_can_be_used_again(operation: str) -> None:
    user = invited(an_account())

    with refusing("cognito-idp", operation, "InternalErrorException", status=400):
        failed = invoke.call(ACCEPT, body=acceptance(token_for(user)))
    answer = accept_link(token_for(user))

    assert (failed.status, failed.body["code"]) == (500, "internal_error")
    assert (answer.status, answer.body["user"]["status"]) == (200, "active")
    assert [row["type"] for row in aws_fixture.items(JOURNAL) if row.get("user_id") == user["user_id"]].count(
        "user.joined"
    ) == 1
    assert len([row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")]) == 2

"""Whose records managers reach through their teams (rule 31)."""

from typing import Any

import pytest

from shared.domain.model.users import Status
from shared.domain.policy.authorization import can_reach_records_of
from tests.domain_factories import ANN_ID, BEA_ID, MILLISECOND, NOW, a_member


@pytest.mark.parametrize(
    ("manager", "user", "expected"),
    [
        ({"manages_teams": ("a", "b")}, {"member_of_teams": ("b",)}, True),
        ({"manages_teams": ("a",)}, {"member_of_teams": ("b",)}, False),
        ({"manages_teams": ("a",)}, {"manages_teams": ("a",)}, False),
        ({"member_of_teams": ("a",)}, {"member_of_teams": ("a",)}, False),
        ({"manages_teams": ("a",), "status": Status.BLOCKED}, {"member_of_teams": ("a",)}, False),
        ({"manages_teams": ("a",)}, {"member_of_teams": ("a",), "status": Status.BLOCKED}, False),
        ({"manages_teams": ("a",)}, {"member_of_teams": ("a",), "status": Status.INACTIVE}, False),
        ({"manages_teams": ("a",), "access_until": NOW}, {"member_of_teams": ("a",)}, False),
        ({"manages_teams": ("a",)}, {"member_of_teams": ("a",), "access_until": NOW}, False),
        ({"manages_teams": ("a",)}, {"member_of_teams": ("a",), "access_until": NOW + MILLISECOND}, True),
        ({}, {}, False),
    ],
)
def test_managers_reach_the_users_of_their_teams_alone(
    manager: dict[str, Any], user: dict[str, Any], expected: bool
) -> None:
    assert can_reach_records_of(a_member(user_id=BEA_ID, **manager), a_member(**user), now=NOW) is expected


def test_there_are_no_two_steps() -> None:
    """Ann manages Bea, who manages Lee."""
    ann = a_member(user_id=ANN_ID, manages_teams=("a",))
    bea = a_member(user_id=BEA_ID, member_of_teams=("a",), manages_teams=("b",))
    lee = a_member(member_of_teams=("b",))

    reached = [can_reach_records_of(*pair, now=NOW) for pair in ((ann, bea), (bea, lee), (ann, lee))]
    assert reached == [True, True, False]

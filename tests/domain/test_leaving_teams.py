"""Who leaves the account leaves its teams (rules 24 and 31)."""

from typing import Any

import pytest

from shared.domain.commands import declining, invitation_deadlines, invitations, membership
from shared.domain.model.invitees import Invitee
from shared.domain.model.users import Status
from shared.domain.policy.state_machine import UserAction
from tests.domain_factories import (
    a_context,
    a_link,
    a_member,
    a_snapshot,
    an_invited,
    coming_back,
)


@pytest.mark.parametrize("end", [membership.deactivate, membership.remove])
@pytest.mark.parametrize("status", [Status.ACTIVE, Status.BLOCKED])
def test_someone_who_leaves_the_account_leaves_their_teams(end: Any, status: Status) -> None:
    user = a_member(status, manages_teams=("a",), member_of_teams=("b",), teams_version=4)

    change = end(a_snapshot(user))

    assert (change.user.teams, change.user.teams_version) == ((), 5)
    assert change.entries[0].after["left_teams"] == ["a", "b"]


def test_teams_do_not_come_back_and_are_kept_through_a_block() -> None:
    user = a_member(member_of_teams=("a",), teams_version=1)

    gone = membership.deactivate(a_snapshot(user)).user
    back = coming_back(gone).user
    blocked = membership.block(a_snapshot(user), reason="other").user

    assert (back.teams, blocked.teams, blocked.teams_version) == ((), ("a",), 1)


def test_someone_who_never_joined_leaves_their_teams_when_the_invitation_ends() -> None:
    user = a_member(Status.INVITED, member_of_teams=("a",))

    revoked = invitations.end_invitation(user, context=a_context()).user
    declined = declining.decline(an_invited(user), a_link()).user
    expired = invitation_deadlines.apply_deadline(user.model_copy(), context=a_context(now=user.invitation.expires_at))

    assert (revoked.teams, declined.teams) == ((), ())
    assert expired
    assert expired.user.teams == ("a",)


@pytest.mark.parametrize(
    ("status", "action", "expected"),
    [
        (Status.INVITED, UserAction.INVITE_AGAIN, ("a",)),
        (Status.EXPIRED, UserAction.INVITE_AGAIN, ("a",)),
        (Status.REMOVED, UserAction.INVITE, ()),
    ],
)
def test_a_new_invitation_keeps_teams_only_if_the_last_one_has_not_ended(
    status: Status, action: UserAction, expected: tuple[str, ...]
) -> None:
    user = a_member(status, member_of_teams=() if status is Status.REMOVED else ("a",), teams_version=3)
    invitee = Invitee(email="lee@example.org", first_name="Lee", last_name="Sherron", groups=("everyone",))

    after = invitations.invite(a_snapshot(user), invitee, action=action).user

    assert after.teams == expected

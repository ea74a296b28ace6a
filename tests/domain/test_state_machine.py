"""Every action leads from every status where the picture of the states says."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.domain.commands import declining, editing, invitation_deadlines, invitations, membership
from shared.domain.model import errors
from shared.domain.model.groups import Group
from shared.domain.model.invitees import Invitee
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from shared.domain.policy.state_machine import UserAction
from tests.domain.states import BEFORE, EXPECTED, EXPIRED_BY_CLOCK, NOBODY, someone
from tests.domain_factories import (
    BEA_ID,
    LEE_ID,
    MILLISECOND,
    NOW,
    a_context,
    a_link,
    a_member,
    a_snapshot,
    an_invited,
    joining,
    some_groups,
)

CASES = [(action, before, result) for action, row in EXPECTED.items() for before, result in row.items()]


def _as_partner(snapshot: Snapshot) -> Snapshot:
    """The user themselves acts, who is a partner."""
    user = snapshot.require_user().model_copy(update={"kind": "partner"})
    return a_snapshot(user, by=user)


ON_A_SNAPSHOT: dict[UserAction, Callable[[Snapshot], ChangeSet]] = {
    UserAction.RESEND: invitations.resend,
    UserAction.COPY_LINK: lambda snapshot: invitations.copy_link(snapshot)[1],
    UserAction.REVOKE: invitations.revoke,
    UserAction.EDIT: lambda snapshot: editing.edit(
        snapshot, changes={"reference": "r-1"}, seen_version=None, product_name="Usher"
    ),
    UserAction.BLOCK: lambda snapshot: membership.block(snapshot, reason="security"),
    UserAction.UNBLOCK: membership.unblock,
    UserAction.DEACTIVATE: membership.deactivate,
    UserAction.REACTIVATE: lambda snapshot: membership.reactivate(snapshot, group_ids=()),
    UserAction.REMOVE: membership.remove,
    UserAction.LEAVE: lambda snapshot: membership.leave(_as_partner(snapshot)),
}


def after(action: UserAction, user: User | None) -> User:
    match action:
        case UserAction.INVITE | UserAction.INVITE_AGAIN:
            invitee = Invitee(email="lee@example.org", first_name="Lee", last_name="Sherron", groups=("everyone",))
            return invitations.invite(a_snapshot(user), invitee, action=action).user
        case UserAction.JOIN:
            return joining(an_invited(user)).user
        case UserAction.DECLINE:
            return declining.decline(an_invited(user), a_link()).user
    return ON_A_SNAPSHOT[action](a_snapshot(user)).user


@pytest.mark.parametrize(("action", "before", "result"), CASES)
def test_every_action_leads_from_every_status_where_the_picture_says(
    action: UserAction, before: str, result: Status | type[errors.Refusal]
) -> None:
    user = someone(before)

    try:
        found: object = after(action, user).status
    except errors.Refusal as refusal:
        found = type(refusal)

    assert found == result


def test_the_picture_says_something_of_every_action_and_status() -> None:
    drawn = {action: set(row) for action, row in EXPECTED.items()}

    everything = {*BEFORE, *map(str, Status)}

    assert {*drawn, UserAction.EXPIRE} == set(UserAction)
    assert all(
        drawn[action] | ({NOBODY} if action in {UserAction.JOIN, UserAction.DECLINE} else set()) == everything
        for action in drawn
    )


@pytest.mark.parametrize("before", BEFORE[1:])
def test_only_an_invitation_whose_time_has_come_is_swept(before: str) -> None:
    user = someone(before)
    assert user

    change = invitation_deadlines.apply_deadline(user, context=a_context(CLOCK))

    assert (change is not None) == (before == EXPIRED_BY_CLOCK)


def test_what_was_swept_is_expired_and_holds_no_seat() -> None:
    user = someone(EXPIRED_BY_CLOCK)
    assert user

    change = invitation_deadlines.apply_deadline(user, context=a_context(CLOCK))

    assert change
    swept = change.user
    assert (swept.status, swept.holds_seat, swept.version) == (Status.EXPIRED, False, user.version + 1)


def test_a_wrong_state_tells_the_status_by_the_clock_and_what_would_be_allowed() -> None:
    snapshot = a_snapshot(a_member(Status.INVITED, expires_at=NOW))

    with pytest.raises(errors.WrongState) as refused:
        membership.deactivate(snapshot)

    assert refused.value.details == {"user_status": "expired", "allowed_actions": ["resend", "revoke"]}


def test_one_who_is_inactive_is_found_with_a_hint() -> None:
    snapshot = a_snapshot(a_member(Status.INACTIVE))

    with pytest.raises(errors.UserInactive) as refused:
        invitations.invite(snapshot, Invitee(email="l@a.org", first_name="L", last_name="S", admin=True))

    assert refused.value.details == {"hint": "reactivate", "user_id": LEE_ID}


@pytest.mark.parametrize("status", [Status.INVITED, Status.EXPIRED, Status.ACTIVE, Status.BLOCKED, Status.INACTIVE])
@pytest.mark.parametrize("sees_users", [True, False])
def test_refusal_of_a_known_address_names_the_user_to_callers_who_may_view_users(
    status: Status, sees_users: bool
) -> None:
    inviters = Group(group_id="inviters", name="Inviters", permissions=("users.invite",))
    caller = a_member(user_id=BEA_ID, groups=("inviters",), allow=("users.view",) if sees_users else ())
    snapshot = a_snapshot(a_member(status), by=caller, groups=some_groups(inviters))

    with pytest.raises(errors.Refusal) as refused:
        invitations.invite(snapshot, Invitee(email="l@a.org", first_name="L", last_name="S", groups=("inviters",)))

    assert refused.value.details.get("user_id") == (LEE_ID if sees_users else None)


@pytest.mark.parametrize(
    ("distance", "is_expired"), [(-MILLISECOND, False), (0 * MILLISECOND, True), (MILLISECOND, True)]
)
def test_the_clock_decides_expiry_to_the_millisecond(distance: timedelta, is_expired: bool) -> None:
    user = a_member(Status.INVITED, expires_at=NOW)
    now = NOW + distance

    due = invitation_deadlines.apply_deadline(user, context=a_context(CLOCK, now=now))

    assert (due is not None and due.user.status is Status.EXPIRED) is is_expired
    if is_expired:
        with pytest.raises(errors.InvitationExpired):
            joining(an_invited(user, now=now))
    else:
        assert joining(an_invited(user, now=now)).user.joined_at == now

from collections.abc import Callable

import pytest

from shared.domain.commands import acceptance, deadlines, invitations, membership
from shared.domain.commands.invitations import Invitee
from shared.domain.model import errors
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.changes import Change
from shared.domain.policy.snapshot import Snapshot
from shared.domain.policy.state_machine import UserAction
from tests.domain_factories import (
    MILLISECOND,
    NOW,
    a_command,
    a_link,
    a_member,
    a_scene,
    an_identity,
    an_invited,
)

NOBODY = "nobody"
EXPIRED_BY_CLOCK = "invited, expired by the clock"
BEFORE = [NOBODY, EXPIRED_BY_CLOCK, *Status]

# Written from the picture of the states, not from the code: what each verb leads to, or why it is refused.
EXPECTED: dict[UserAction, dict[str, Status | type[errors.Refusal]]] = {
    UserAction.INVITE: {
        NOBODY: Status.INVITED,
        "invited": errors.AlreadyInvited,
        EXPIRED_BY_CLOCK: errors.AlreadyInvited,
        "expired": errors.AlreadyInvited,
        "active": errors.AlreadyMember,
        "declined": Status.INVITED,
        "inactive": errors.UserInactive,
        "blocked": errors.UserBlocked,
        "removed": Status.INVITED,
    },
    UserAction.INVITE_ANEW: {
        NOBODY: Status.INVITED,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: Status.INVITED,
        "expired": Status.INVITED,
        "active": errors.AlreadyMember,
        "declined": Status.INVITED,
        "inactive": errors.UserInactive,
        "blocked": errors.UserBlocked,
        "removed": Status.INVITED,
    },
    UserAction.RESEND: {
        NOBODY: errors.NotFound,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: Status.INVITED,
        "expired": Status.INVITED,
        "active": errors.WrongState,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": errors.WrongState,
        "removed": errors.WrongState,
    },
    UserAction.COPY_LINK: {
        NOBODY: errors.NotFound,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": errors.WrongState,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": errors.WrongState,
        "removed": errors.WrongState,
    },
    UserAction.REVOKE: {
        NOBODY: errors.NotFound,
        "invited": Status.REMOVED,
        EXPIRED_BY_CLOCK: Status.REMOVED,
        "expired": Status.REMOVED,
        "active": errors.WrongState,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": errors.WrongState,
        "removed": Status.REMOVED,
    },
    UserAction.EDIT: {
        NOBODY: errors.NotFound,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": errors.WrongState,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": errors.WrongState,
        "removed": errors.WrongState,
    },
    UserAction.JOIN: {
        "invited": Status.ACTIVE,
        EXPIRED_BY_CLOCK: errors.InvitationExpired,
        "expired": errors.InvitationExpired,
        "active": errors.InvitationAccepted,
        "declined": errors.InvitationDeclined,
        "inactive": errors.InvitationAccepted,
        "blocked": errors.InvitationAccepted,
        "removed": errors.InvitationRevoked,
    },
    UserAction.DECLINE: {
        "invited": Status.DECLINED,
        EXPIRED_BY_CLOCK: errors.InvitationExpired,
        "expired": errors.InvitationExpired,
        "active": errors.InvitationAccepted,
        "declined": Status.DECLINED,
        "inactive": errors.InvitationAccepted,
        "blocked": errors.InvitationAccepted,
        "removed": errors.InvitationRevoked,
    },
    UserAction.REACTIVATE: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.ACTIVE,
        "declined": errors.WrongState,
        "inactive": Status.ACTIVE,
        "blocked": errors.WrongState,
        "removed": errors.WrongState,
    },
    UserAction.REMOVE: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.REMOVED,
        "declined": errors.WrongState,
        "inactive": Status.REMOVED,
        "blocked": Status.REMOVED,
        "removed": Status.REMOVED,
    },
    UserAction.DEACTIVATE: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.INACTIVE,
        "declined": errors.WrongState,
        "inactive": Status.INACTIVE,
        "blocked": Status.INACTIVE,
        "removed": errors.WrongState,
    },
}
CASES = [(verb, before, result) for verb, row in EXPECTED.items() for before, result in row.items()]


def somebody(before: str) -> User | None:
    if before == NOBODY:
        return None
    if before == EXPIRED_BY_CLOCK:
        return a_member(Status.INVITED, expires_at=NOW)
    return a_member(Status(before))


ON_A_SCENE: dict[UserAction, Callable[[Snapshot], Change]] = {
    UserAction.RESEND: lambda snapshot: invitations.resend(snapshot, now=NOW),
    UserAction.COPY_LINK: lambda snapshot: invitations.copy_link(snapshot, now=NOW)[1],
    UserAction.REVOKE: lambda snapshot: invitations.revoke(snapshot, now=NOW),
    UserAction.EDIT: lambda snapshot: invitations.edit(snapshot, changes={"first_name": "Leigh"}, seen=None, now=NOW),
    UserAction.DEACTIVATE: lambda snapshot: membership.deactivate(snapshot, now=NOW),
    UserAction.REACTIVATE: lambda snapshot: membership.reactivate(snapshot, group_ids=(), now=NOW),
    UserAction.REMOVE: lambda snapshot: membership.remove(snapshot, now=NOW),
}


def after(verb: UserAction, user: User | None) -> User:
    match verb:
        case UserAction.INVITE | UserAction.INVITE_ANEW:
            invitee = Invitee(email="lee@example.org", first_name="Lee", last_name="Sherron", groups=("everyone",))
            return invitations.invite(invitee, snapshot=a_scene(user), now=NOW, verb=verb).after
        case UserAction.JOIN:
            return acceptance.join(an_invited(user), a_link(), identity=an_identity(), now=NOW).after
        case UserAction.DECLINE:
            return acceptance.decline(an_invited(user), a_link(), now=NOW).after
    return ON_A_SCENE[verb](a_scene(user)).after


@pytest.mark.parametrize(("verb", "before", "result"), CASES)
def test_every_verb_leads_from_every_status_where_the_picture_says(
    verb: UserAction, before: str, result: Status | type[errors.Refusal]
) -> None:
    user = somebody(before)

    try:
        found: object = after(verb, user).status
    except errors.Refusal as refusal:
        found = type(refusal)

    assert found == result


def test_the_picture_says_something_of_every_verb_and_status() -> None:
    drawn = {verb: set(row) for verb, row in EXPECTED.items()}

    everything = {*BEFORE, *map(str, Status)}

    assert {*drawn, UserAction.EXPIRE} == set(UserAction)
    assert all(
        drawn[verb] | ({NOBODY} if verb in {UserAction.JOIN, UserAction.DECLINE} else set()) == everything
        for verb in drawn
    )


@pytest.mark.parametrize("before", BEFORE[1:])
def test_only_an_invitation_whose_time_has_come_is_swept(before: str) -> None:
    user = somebody(before)
    assert user

    change = deadlines.due(user, context=a_command(CLOCK))

    assert (change is not None) == (before == EXPIRED_BY_CLOCK)


def test_what_was_swept_is_expired_and_holds_no_seat() -> None:
    user = somebody(EXPIRED_BY_CLOCK)
    assert user

    change = deadlines.due(user, context=a_command(CLOCK))

    assert change
    swept = change.after
    assert (swept.status, swept.holds_seat, swept.version) == (Status.EXPIRED, False, user.version + 1)


def test_a_wrong_state_tells_the_status_by_the_clock_and_what_would_be_allowed() -> None:
    snapshot = a_scene(a_member(Status.INVITED, expires_at=NOW))

    with pytest.raises(errors.WrongState) as refused:
        membership.deactivate(snapshot, now=NOW)

    assert refused.value.details == {"user_status": "expired", "allowed_actions": ["resend", "revoke"]}


def test_one_who_is_inactive_is_found_with_a_hint() -> None:
    snapshot = a_scene(a_member(Status.INACTIVE))

    with pytest.raises(errors.UserInactive) as refused:
        invitations.invite(
            Invitee(email="l@a.org", first_name="L", last_name="S", admin=True), snapshot=snapshot, now=NOW
        )

    assert refused.value.details == {"hint": "reactivate"}


@pytest.mark.parametrize(
    ("distance", "is_expired"), [(-MILLISECOND, False), (0 * MILLISECOND, True), (MILLISECOND, True)]
)
def test_the_clock_decides_expiry_to_the_millisecond(distance: object, is_expired: object) -> None:
    user = a_member(Status.INVITED, expires_at=NOW)
    now = NOW + distance  # type: ignore[operator]

    due = deadlines.due(user, context=a_command(CLOCK, now=now))

    assert (due is not None and due.after.status is Status.EXPIRED) is is_expired
    if is_expired:
        with pytest.raises(errors.InvitationExpired):
            acceptance.join(an_invited(user), a_link(), identity=an_identity(), now=now)
    else:
        assert acceptance.join(an_invited(user), a_link(), identity=an_identity(), now=now).after.joined_at == now

import pytest

from shared.domain import errors, invitations, lifecycle, moves
from shared.domain.actors import CLOCK, Actor
from shared.domain.invitations import Invitee
from shared.domain.moves import Verb
from shared.domain.users import Status, User
from tests.builders import (
    ANN,
    BEA,
    LEE,
    MILLISECOND,
    NOW,
    a_command,
    a_link,
    a_member,
    a_scene,
    an_admin,
    an_identity,
    an_invited,
    some_groups,
    the_account,
)

NOBODY = "nobody"
EXPIRED_BY_CLOCK = "invited, expired by the clock"
BEFORE = [NOBODY, EXPIRED_BY_CLOCK, *Status]

# Written from the picture of the states, not from the code: what each verb leads to, or why it is refused.
EXPECTED: dict[Verb, dict[str, Status | type[errors.Refusal]]] = {
    Verb.INVITE: {
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
    Verb.INVITE_ANEW: {
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
    Verb.JOIN: {
        "invited": Status.ACTIVE,
        EXPIRED_BY_CLOCK: errors.InvitationExpired,
        "expired": errors.InvitationExpired,
        "active": errors.InvitationAccepted,
        "declined": errors.InvitationDeclined,
        "inactive": errors.InvitationAccepted,
        "blocked": errors.InvitationAccepted,
        "removed": errors.InvitationRevoked,
    },
    Verb.DEACTIVATE: {
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


def after(verb: Verb, user: User | None) -> User:
    match verb:
        case Verb.INVITE | Verb.INVITE_ANEW:
            invitee = Invitee(email="lee@example.org", first_name="Lee", last_name="Sherron", groups=("everyone",))
            return invitations.invite(invitee, scene=a_scene(user), now=NOW, verb=verb).after
        case Verb.JOIN:
            return invitations.join(an_invited(user), a_link(), identity=an_identity(), now=NOW).after
        case Verb.DEACTIVATE:
            return lifecycle.deactivate(a_scene(user), now=NOW).after
    raise AssertionError(verb)


@pytest.mark.parametrize(("verb", "before", "result"), CASES)
def test_every_verb_leads_from_every_status_where_the_picture_says(
    verb: Verb, before: str, result: Status | type[errors.Refusal]
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

    assert {*drawn, Verb.EXPIRE} == set(Verb)
    assert all(drawn[verb] | ({NOBODY} if verb is Verb.JOIN else set()) == everything for verb in drawn)


@pytest.mark.parametrize("before", BEFORE[1:])
def test_only_an_invitation_whose_time_has_come_is_swept(before: str) -> None:
    user = somebody(before)
    assert user

    is_due = invitations.is_due(user, now=NOW)

    assert is_due == (before == EXPIRED_BY_CLOCK)


def test_what_was_swept_is_expired_and_holds_no_seat() -> None:
    user = somebody(EXPIRED_BY_CLOCK)
    assert user

    swept = invitations.expire(user, command=a_command(CLOCK)).after

    assert (swept.status, swept.holds_seat, swept.version) == (Status.EXPIRED, False, user.version + 1)


@pytest.mark.parametrize(("before", "offered"), [("active", ["deactivate"]), ("blocked", ["deactivate"])])
def test_an_administrator_is_offered_what_the_status_allows(before: str, offered: list[str]) -> None:
    actor = Actor.of(an_admin(), some_groups())

    actions = moves.allowed_actions(a_member(Status(before)), seen_by=actor, now=NOW)

    assert actions == offered


@pytest.mark.parametrize("before", [NOBODY, "invited", EXPIRED_BY_CLOCK, "expired", "declined", "inactive", "removed"])
def test_nothing_is_offered_where_nothing_is_built(before: str) -> None:
    user = somebody(before) or a_member(Status.REMOVED)

    actions = moves.allowed_actions(user, seen_by=Actor.of(an_admin(), some_groups()), now=NOW)

    assert actions == []


def test_nobody_is_offered_what_they_may_not_do() -> None:
    groups = some_groups()
    everybody_else = [Actor.of(a_member(user_id=BEA), groups), Actor.of(an_admin(LEE), groups), CLOCK]

    offered = [moves.allowed_actions(an_admin(LEE), seen_by=actor, now=NOW) for actor in everybody_else]

    assert offered == [[], [], []]


def test_a_wrong_state_tells_the_status_by_the_clock_and_what_would_be_allowed() -> None:
    scene = a_scene(a_member(Status.INVITED, expires_at=NOW))

    with pytest.raises(errors.WrongState) as refused:
        lifecycle.deactivate(scene, now=NOW)

    assert refused.value.details == {"user_status": "expired", "allowed_actions": []}


def test_one_who_is_inactive_is_found_with_a_hint() -> None:
    scene = a_scene(a_member(Status.INACTIVE))

    with pytest.raises(errors.UserInactive) as refused:
        invitations.invite(Invitee(email="l@a.org", first_name="L", last_name="S", admin=True), scene=scene, now=NOW)

    assert refused.value.details == {"hint": "reactivate"}


@pytest.mark.parametrize(
    ("distance", "is_expired"), [(-MILLISECOND, False), (0 * MILLISECOND, True), (MILLISECOND, True)]
)
def test_the_clock_decides_expiry_to_the_millisecond(distance: object, is_expired: object) -> None:
    user = a_member(Status.INVITED, expires_at=NOW)
    now = NOW + distance  # type: ignore[operator]

    due = invitations.is_due(user, now=now)

    assert due is is_expired
    if is_expired:
        with pytest.raises(errors.InvitationExpired):
            invitations.join(an_invited(user), a_link(), identity=an_identity(), now=now)
    else:
        assert invitations.join(an_invited(user), a_link(), identity=an_identity(), now=now).after.joined_at == now


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (an_admin(LEE), errors.CannotActOnSelf),
        (a_member(user_id=BEA), errors.NotAllowed),
        (a_member(user_id=BEA, allow=("users.invite", "users.edit")), errors.NotAllowed),
        (a_member(user_id=LEE), errors.NotAllowed),
    ],
)
def test_only_another_administrator_deactivates(actor: User, reason: type[errors.Refusal]) -> None:
    scene = a_scene(an_admin(LEE), by=actor, account=the_account(admins=2))

    with pytest.raises(reason):
        lifecycle.deactivate(scene, now=NOW)


@pytest.mark.parametrize(("admins", "target", "is_refused"), [(1, an_admin(LEE), True), (2, an_admin(LEE), False)])
def test_the_last_active_administrator_stays(admins: int, target: User, is_refused: object) -> None:
    scene = a_scene(target, by=Actor.operator("o"), account=the_account(admins=admins))

    try:
        lifecycle.deactivate(scene, now=NOW)
        refused = False
    except errors.LastAdmin:
        refused = True

    assert refused is is_refused


def test_a_blocked_administrator_is_not_the_last_active_one() -> None:
    scene = a_scene(an_admin(LEE, status=Status.BLOCKED), account=the_account(admins=1))

    deactivated = lifecycle.deactivate(scene, now=NOW)

    assert deactivated.after.status is Status.INACTIVE


def test_who_is_inactive_already_is_left_as_they_are() -> None:
    user = a_member(Status.INACTIVE)

    change = lifecycle.deactivate(a_scene(user), now=NOW)

    assert (change.before, change.after, change.entries, change.mails) == (user, user, (), ())


def test_a_deactivated_user_keeps_everything_but_seat_and_status() -> None:
    user = a_member(Status.ACTIVE, allow=("users.view",))

    after = lifecycle.deactivate(a_scene(user, by=an_admin(ANN)), now=NOW).after

    expected = {"status": Status.INACTIVE, "holds_seat": False, "updated_at": NOW, "version": user.version + 1}
    assert after == user.model_copy(update=expected)

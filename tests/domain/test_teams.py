"""Teams, and whom a manager reaches (rule 31)."""

from contextlib import nullcontext
from typing import Any

import pytest

from shared.domain.commands import teams
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.teams import MAX_PEOPLE, Team
from shared.domain.model.users import Status, User
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from tests.domain.refusals import refusal_of
from tests.domain_factories import (
    ACCOUNT_ID,
    ANN_ID,
    BEA_ID,
    LEE_ID,
    NOW,
    a_member,
    a_snapshot,
    an_admin,
    the_account,
)

KIM = "k" * 26
TEAM = "t" * 26


def a_team(**changes: Any) -> Team:
    values = {"account_id": ACCOUNT_ID, "team_id": TEAM, "name": "Sales", "managers": {BEA_ID}, "users": {LEE_ID}}
    return Team(**(values | changes))


def people(*users: User) -> dict[str, User]:
    manager = a_member(user_id=BEA_ID, manages_teams=(TEAM,), teams_version=1)
    user = a_member(member_of_teams=("other", TEAM), teams_version=1)
    return {user.user_id: user for user in (manager, user, a_member(user_id=KIM), *users)}


def seen(*users: User, team: Team | None = None, by: User | None = None, account: Account | None = None) -> Snapshot:
    return a_snapshot(by=by, account=account)._replace(users=people(*users), team=team)


def created(*users: User, managers: tuple[str, ...] = (), members: tuple[str, ...] = (), **parts: Any) -> ChangeSet:
    return teams.create(seen(*users, **parts), name="Support", managers=managers, users=members)


def edited(*users: User, team: Team | None = None, by: User | None = None, **changes: Any) -> ChangeSet:
    return teams.edit(seen(*users, team=team or a_team(), by=by), changes=changes, seen_version=None)


def sides(change: ChangeSet) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {user.after.user_id: (user.after.manages_teams, user.after.member_of_teams) for user in change.users}


def test_people_of_a_new_team_know_it() -> None:
    change = created(managers=(BEA_ID,), members=(LEE_ID, KIM))

    team_id = change.team.team_id
    assert sides(change) == {
        BEA_ID: ((TEAM, team_id), ()),
        LEE_ID: ((), ("other", TEAM, team_id)),
        KIM: ((), (team_id,)),
    }
    assert {user.after.teams_version - user.before.teams_version for user in change.users if user.before} == {1}
    assert {user.after.version - user.before.version for user in change.users if user.before} == {0}
    assert (change.team.name, change.team.version, change.counters.teams) == ("Support", 1, 1)
    [entry] = change.entries
    assert (entry.type, entry.user_id, entry.before) == ("team.created", None, {})
    assert entry.after == {"team_id": team_id, "name": "Support", "managers": [BEA_ID], "users": sorted([LEE_ID, KIM])}


def test_only_those_who_come_leave_or_change_sides_are_changed() -> None:
    change = edited(users=(BEA_ID, KIM), managers=(LEE_ID,))

    assert sides(change) == {BEA_ID: ((), (TEAM,)), LEE_ID: ((TEAM,), ("other",)), KIM: ((), (TEAM,))}
    assert (set(change.team.managers), set(change.team.users), change.team.version) == ({LEE_ID}, {BEA_ID, KIM}, 2)
    assert change.counters.is_zero


def test_a_new_name_changes_nobody() -> None:
    change = edited(name="Support")

    assert (change.users, change.team.name, list(change.team.users)) == ((), "Support", [LEE_ID])
    assert [(entry.type, entry.before, entry.after) for entry in change.entries] == [
        ("team.edited", {"name": "Sales"}, {"team_id": TEAM, "name": "Support"})
    ]


@pytest.mark.parametrize(
    "changes", [{}, {"name": "Sales"}, {"users": (LEE_ID, LEE_ID)}, {"managers": (BEA_ID,), "users": (LEE_ID,)}]
)
def test_an_edit_that_changes_nothing_is_none(changes: dict[str, Any]) -> None:
    change = edited(**changes)

    assert (change.users, change.entries, change.team) == ((), (), a_team())


def test_a_deleted_team_has_nobody_and_is_counted_no_more() -> None:
    change = teams.delete(seen(team=a_team()), seen_version=1)

    assert sides(change) == {BEA_ID: ((), ()), LEE_ID: ((), ("other",))}
    assert (change.team.people, change.team.deleted_at, change.counters.teams) == (frozenset(), NOW, -1)
    assert [(entry.type, entry.before["users"]) for entry in change.entries] == [("team.deleted", [LEE_ID])]


def test_deleting_again_has_no_effect_and_nothing_else_finds_the_team() -> None:
    gone = a_team(managers=set(), users=set(), deleted_at=NOW)

    change = teams.delete(seen(team=gone), seen_version=None)

    assert (change.users, change.entries, change.counters.is_zero) == ((), (), True)
    for team in (gone, None):
        with pytest.raises(errors.NotFound):
            teams.edit(seen(team=team), changes={"name": "x"}, seen_version=None)
    with pytest.raises(errors.NotFound):
        teams.delete(seen(team=None), seen_version=None)


@pytest.mark.parametrize("seen_version", [0, 2])
def test_someone_who_saw_another_version_changes_nothing(seen_version: int) -> None:
    with pytest.raises(errors.Outdated):
        teams.edit(seen(team=a_team()), changes={"name": "x"}, seen_version=seen_version)
    with pytest.raises(errors.Outdated):
        teams.delete(seen(team=a_team()), seen_version=seen_version)


@pytest.mark.parametrize("status", Status)
def test_only_active_and_invited_users_come_into_a_team(status: Status) -> None:
    user = a_member(status, user_id=KIM)

    refusal = refusal_of(lambda: edited(user, users=(LEE_ID, KIM)))

    assert refusal is (errors.InvalidRequest if (status not in {Status.INVITED, Status.ACTIVE}) else None)


@pytest.mark.parametrize("status", [Status.BLOCKED, Status.EXPIRED])
def test_someone_who_was_blocked_or_has_expired_stays_and_may_change_sides(status: Status) -> None:
    lee = a_member(status, member_of_teams=(TEAM,))

    assert sides(edited(lee, name="New")) == {}
    assert sides(edited(lee, users=(), managers=(LEE_ID, BEA_ID))) == {LEE_ID: ((TEAM,), ())}


@pytest.mark.parametrize(
    "wrong",
    [
        {"users": (BEA_ID,)},
        {"users": ("z" * 26,)},
        {"managers": ("z" * 26, BEA_ID)},
        {"users": tuple(f"{number:026}" for number in range(MAX_PEOPLE))},
    ],
)
def test_a_team_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(errors.InvalidRequest):
        edited(**wrong)


def test_replacing_everybody_of_a_large_team_is_too_much_at_once() -> None:
    before, after = ([f"{letter}{number:025}" for number in range(60)] for letter in "ab")
    users = [a_member(user_id=user_id) for user_id in (*before, *after)]

    with pytest.raises(errors.InvalidRequest):
        edited(*users, team=a_team(managers=set(), users=set(before)), users=tuple(after))


@pytest.mark.parametrize(("number", "is_refused"), [(19, False), (20, True)])
def test_a_user_has_at_most_twenty_teams(number: int, is_refused: bool) -> None:
    kim = a_member(user_id=KIM, member_of_teams=tuple(f"team{one}" for one in range(number)))

    refusal = refusal_of(lambda: edited(kim, users=(LEE_ID, KIM)))

    assert refusal is (errors.InvalidRequest if is_refused else None)


@pytest.mark.parametrize(("number", "is_refused"), [(99, False), (100, True)])
def test_an_account_has_at_most_a_hundred_teams(number: int, is_refused: bool) -> None:
    account = the_account().model_copy(update={"teams": number})

    refusal = refusal_of(lambda: created(account=account))

    assert refusal is (errors.InvalidRequest if is_refused else None)


@pytest.mark.parametrize(
    ("actor", "changes", "is_refused"),
    [
        (a_member(user_id=ANN_ID), {"name": "x"}, True),
        (a_member(user_id=ANN_ID, allow=("teams.edit",)), {"name": "x"}, False),
        (a_member(user_id=ANN_ID, allow=("teams.edit",)), {"users": (LEE_ID, KIM)}, True),
        (a_member(user_id=ANN_ID, allow=("teams.edit", "journal.view")), {"users": (LEE_ID, KIM)}, False),
        (an_admin(ANN_ID, kind="partner"), {"managers": (BEA_ID, "m" * 26)}, True),
        (an_admin(ANN_ID), {"managers": (BEA_ID, "m" * 26)}, False),
    ],
)
def test_nobody_moves_a_user_who_holds_more(actor: User, changes: dict[str, Any], is_refused: bool) -> None:
    others = [a_member(user_id=KIM, allow=("journal.view",)), an_admin("m" * 26)]

    refusal = refusal_of(lambda: edited(*others, by=actor, **changes))

    assert refusal is (errors.NotAllowed if is_refused else None)


@pytest.mark.parametrize(
    ("reached", "by", "is_refused"),
    [
        ({"admin": True}, a_member(user_id=ANN_ID, allow=("teams.edit",)), True),
        ({"allow": ("journal.view",)}, a_member(user_id=ANN_ID, allow=("teams.edit",)), True),
        ({"allow": ("journal.view",)}, a_member(user_id=ANN_ID, allow=("teams.edit", "journal.view")), False),
        ({"admin": True}, an_admin(ANN_ID, kind="partner"), True),
        ({"admin": True, "kind": "partner"}, an_admin(ANN_ID, kind="partner"), False),
        ({"admin": True}, an_admin(ANN_ID), False),
    ],
)
@pytest.mark.parametrize("managers", [(BEA_ID, ANN_ID), (BEA_ID, KIM), (KIM,)])
def test_nobody_lets_a_new_manager_reach_a_user_who_holds_more(
    reached: dict[str, Any], by: User, is_refused: object, managers: tuple[str, ...]
) -> None:
    mia = a_member(user_id="m" * 26, member_of_teams=(TEAM,), **reached)
    team = a_team(users={LEE_ID, mia.user_id})

    with pytest.raises(errors.NotAllowed) if is_refused else nullcontext():
        edited(by, mia, team=team, by=by, managers=managers)


@pytest.mark.parametrize(
    "changes",
    [{"name": "New"}, {"managers": ()}, {"users": (KIM, "m" * 26)}, {"managers": (BEA_ID,), "users": ("m" * 26,)}],
)
def test_a_team_of_someone_who_holds_more_is_edited_as_long_as_nobody_else_reaches_them(
    changes: dict[str, Any],
) -> None:
    mia = an_admin("m" * 26, member_of_teams=(TEAM,))
    by = a_member(user_id=ANN_ID, allow=("teams.edit",))

    assert edited(mia, team=a_team(users={LEE_ID, mia.user_id}), by=by, **changes).entries


def test_a_new_manager_may_reach_all_of_the_largest_team() -> None:
    ids = [f"a{number:025}" for number in range(MAX_PEOPLE - 1)]
    users = [a_member(user_id=user_id, member_of_teams=(TEAM,)) for user_id in ids]
    team, by = a_team(managers=set(), users=set(ids)), a_member(user_id=ANN_ID, allow=("teams.edit",))
    stronger = a_member(user_id=ids[-1], member_of_teams=(TEAM,), allow=("journal.view",))

    assert sides(edited(*users, team=team, by=by, managers=(KIM,))) == {KIM: ((TEAM,), ())}
    with pytest.raises(errors.NotAllowed):
        edited(*users[:-1], stronger, team=team, by=by, managers=(KIM,))

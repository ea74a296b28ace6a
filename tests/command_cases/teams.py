"""Cases of teams."""

from collections.abc import Callable
from typing import Any

from shared.storage_schema import DIRECTORY, JOURNAL
from tests.command_cases.case import (
    CALLER_DEACTIVATED,
    CommandCase,
    Cost,
    Given,
    RefusedCase,
    by_ann,
    by_bob,
    done,
    two_administrators,
)
from tests.command_cases.effects import nothing_changes, user_of
from tests.factories import (
    ACCOUNT,
    CREATE_TEAM,
    DEACTIVATE,
    DELETE_TEAM,
    EDIT_TEAM,
    TEAM,
    TEAMS,
    ActiveUser,
    a_user,
)
from tests.invoke import call
from tests.proofs.snapshots import rows


def a_team(
    by: ActiveUser, *, managers: tuple[ActiveUser, ...] = (), users: tuple[ActiveUser, ...] = ()
) -> dict[str, Any]:
    """A team named "Sales", as the API shows it."""
    ids = {"managers": [one.user_id for one in managers], "users": [one.user_id for one in users]}
    body = {"name": "Sales", **ids}
    team: dict[str, Any] = done(call(CREATE_TEAM, caller=by.signed_in, account_id=ACCOUNT, body=body)).body
    return team


def assert_team(name: str, *entries: str, managers: tuple[str, ...] = (), users: tuple[str, ...] = ()) -> None:
    """Assert the one team, that its people (by address) know it and nobody else does, and its journal."""
    [team] = [row for row in rows(DIRECTORY) if row["sk"].startswith("team#")]
    everyone = [row for row in rows(DIRECTORY) if row["sk"].startswith("user#")]
    ids = {row["email"]: row["user_id"] for row in everyone}
    assert team["name"] == name
    assert sorted(team.get("managers", [])) == sorted(ids[each] for each in managers)
    assert sorted(team.get("users", [])) == sorted(ids[each] for each in users)
    assert {row["email"] for row in everyone if team["team_id"] in row["manages_teams"]} == set(managers)
    assert {row["email"] for row in everyone if team["team_id"] in row["member_of_teams"]} == set(users)
    written = [row["type"] for row in rows(JOURNAL) if row["type"].startswith("team.")]
    assert sorted(written) == sorted(entries)
    [account] = [row for row in rows(DIRECTORY) if row["sk"] == "account"]
    assert account["teams"] == ("deleted_at" not in team)


def creating() -> Given:
    people = two_administrators()
    lee = a_user(people[0])
    body = {"name": "Sales", "managers": [people[1].user_id], "users": [lee.user_id]}

    def assert_effect() -> None:
        assert_team("Sales", "team.created", managers=("bob@example.org",), users=(lee.address,))

    return by_bob(people, assert_effect, user={"user_id": lee.user_id}, body=body)


def editing() -> Given:
    """Kim comes, Lee becomes the manager."""
    people = two_administrators()
    lee, kim = a_user(people[0]), a_user(people[0], "kim@example.org")
    team = a_team(people[0], users=(lee,))
    body = {"name": "Support", "managers": [lee.user_id], "users": [kim.user_id]}

    def assert_effect() -> None:
        assert_team("Support", "team.created", "team.edited", managers=(lee.address,), users=(kim.address,))

    return _about(team, people, assert_effect, user={"user_id": kim.user_id}, body=body)


def deleting() -> Given:
    people = two_administrators()
    lee = a_user(people[0])
    team = a_team(people[0], managers=(people[0],), users=(lee,))
    effect = lambda: assert_team("Sales", "team.created", "team.deleted")  # noqa: E731
    return _about(team, people, effect, user={"user_id": lee.user_id})


def leaving() -> Given:
    """Someone with teams is deactivated."""
    people = two_administrators()
    lee = a_user(people[0])
    a_team(people[0], managers=(people[0],), users=(lee,))

    def assert_effect() -> None:
        assert_team("Sales", "team.created", managers=("ann@example.org",))
        assert user_of(lee.address)["status"] == "inactive"

    return by_bob(people, assert_effect, user={"user_id": lee.user_id}, body={})


def reading_team() -> Given:
    people = two_administrators()
    team = a_team(people[0], managers=people)
    return _about(team, people, nothing_changes())


def reading_teams() -> Given:
    given = reading_team()
    parts = {name: value for name, value in given.parts.items() if name != "team_id"}
    return Given(parts, given.assert_effect, ann=given.ann, bob=given.bob)


def _about(team: dict[str, Any], people: tuple[ActiveUser, ActiveUser], effect: Any, **parts: Any) -> Given:
    given = by_bob(people, effect, **parts)
    about = {name: value for name, value in given.parts.items() if name != "user_id"}
    return Given({**about, "team_id": team["team_id"]}, effect, ann=given.ann, bob=given.bob, user=given.user)


def _edited_by_another(given: Given) -> None:
    assert given.ann
    team_id = str(given.parts["team_id"])
    done(call(EDIT_TEAM, caller=given.ann.signed_in, account_id=ACCOUNT, team_id=team_id, body={"name": "Other"}))


def _deleted_by_another(given: Given) -> None:
    assert given.ann
    done(call(DELETE_TEAM, caller=given.ann.signed_in, account_id=ACCOUNT, team_id=str(given.parts["team_id"])))


def _seen(given: Given) -> Given:
    return Given({**given.parts, "headers": {"if-match": '"1"'}}, given.assert_effect, given.ann, given.bob, given.user)


def _outdated(arrange: Callable[[], Given]) -> RefusedCase:
    return RefusedCase(
        "edited_by_another", 409, "conflict", happens=_edited_by_another, arrange=lambda: _seen(arrange())
    )


_LEE_LEAVES = RefusedCase("user_deactivated", 422, "invalid_request", happens=lambda given: by_ann(given, DEACTIVATE))
CASES = (
    CommandCase("create_team", CREATE_TEAM, creating, status=201, refusals=(_LEE_LEAVES, CALLER_DEACTIVATED)),
    CommandCase(
        "edit_team",
        EDIT_TEAM,
        editing,
        keyed=False,
        cost=Cost.SMALL_CHANGE,
        refusals=(
            _LEE_LEAVES,
            CALLER_DEACTIVATED,
            _outdated(editing),
            RefusedCase("deleted_by_another", 404, "not_found", happens=_deleted_by_another),
        ),
    ),
    CommandCase(
        "delete_team",
        DELETE_TEAM,
        deleting,
        keyed=False,
        cost=Cost.SMALL_CHANGE,
        refusals=(
            CALLER_DEACTIVATED,
            _outdated(deleting),
        ),
    ),
    CommandCase("deactivate_from_team", DEACTIVATE, leaving),
    CommandCase("teams", TEAMS, reading_teams, keyed=False, cost=Cost.READ),
    CommandCase("team", TEAM, reading_team, keyed=False, cost=Cost.READ),
)

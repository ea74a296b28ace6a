"""Creating, editing and deleting teams, whose people know their teams themselves (rules 1 and 31)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.domain.model import errors
from shared.domain.model.ids import derived_id
from shared.domain.model.teams import MAX_PEOPLE, MAX_TEAMS, MAX_TEAMS_OF_USER, Team, require_team
from shared.domain.model.users import Status, User, status_at
from shared.domain.model.versions import require_seen
from shared.domain.policy import authorization
from shared.domain.policy.changes import ChangeSet, TeamChange, UserChange
from shared.domain.policy.journal import team_entry
from shared.domain.policy.snapshot import Snapshot

_CAN_BECOME_MEMBER = frozenset({Status.INVITED, Status.ACTIVE})


def create(snapshot: Snapshot, *, name: str, managers: Iterable[str], users: Iterable[str]) -> ChangeSet:
    """Create a team of these people. Raises NotAllowed, InvalidRequest."""
    _require_editor(snapshot)
    if snapshot.account.teams >= MAX_TEAMS:
        raise errors.InvalidRequest([("body", f"An account can have at most {MAX_TEAMS} teams.")])
    team_id = derived_id(snapshot.request.operation_id, "team")
    empty = Team(account_id=snapshot.account.account_id, team_id=team_id, name=name)
    after = empty.model_copy(update={"managers": frozenset(managers), "users": frozenset(users)})
    return _change_set(None, empty, after, snapshot)


def edit(snapshot: Snapshot, *, changes: Mapping[str, Any], seen_version: int | None) -> ChangeSet:
    """Change name, managers or users of the snapshot's team; `seen_version` is the version that the editor saw.

    Raises NotAllowed, NotFound, Outdated, InvalidRequest.
    """
    _require_editor(snapshot)
    team = require_team(snapshot.team)
    require_seen(team.version, seen=seen_version)
    people = {name: frozenset(changes[name]) for name in ("managers", "users") if name in changes}
    after = team.model_copy(update={"name": changes.get("name", team.name), **people})
    return _change_set(team, team, after, snapshot)


def delete(snapshot: Snapshot, *, seen_version: int | None) -> ChangeSet:
    """Delete the snapshot's team; repeating it has no effect. Raises NotAllowed, NotFound, Outdated."""
    _require_editor(snapshot)
    if snapshot.team and snapshot.team.deleted_at:
        return ChangeSet(teams=(TeamChange(snapshot.team, snapshot.team),))
    team = require_team(snapshot.team)
    require_seen(team.version, seen=seen_version)
    nobody = {"managers": frozenset[str](), "users": frozenset[str](), "deleted_at": snapshot.now}
    return _change_set(team, team, team.model_copy(update=nobody), snapshot)


def _require_editor(snapshot: Snapshot) -> None:
    authorization.require_permission(snapshot.actor, "teams.edit")


def _change_set(existing: Team | None, before: Team, after: Team, snapshot: Snapshot) -> ChangeSet:
    if existing and before == after:
        return ChangeSet(teams=(TeamChange(before, before),))
    if both := after.managers & after.users:
        names = ", ".join(sorted(both))
        raise errors.InvalidRequest([("users", f"Nobody can be both a manager and a user of the same team: {names}.")])
    if len(after.people) > MAX_PEOPLE:
        raise errors.InvalidRequest([("users", f"A team can have at most {MAX_PEOPLE} managers and users.")])
    moved = (before.managers ^ after.managers) | (before.users ^ after.users)
    if len(moved) > MAX_PEOPLE:
        raise errors.InvalidRequest([("users", f"Change at most {MAX_PEOPLE} people at once.")])
    wrong = [*_wrong("managers", before, after, snapshot), *_wrong("users", before, after, snapshot)]
    if wrong:
        raise errors.InvalidRequest(wrong)
    _require_can_give_reach(before, after, snapshot)
    users = [_moved(user, after, snapshot) for user_id in sorted(moved) if (user := snapshot.users.get(user_id))]
    if existing:
        after = after.model_copy(update={"version": before.version + 1})
    return ChangeSet(
        users=tuple(users),
        teams=(TeamChange(existing, after),),
        entries=(team_entry(before=existing, after=after, context=snapshot.context),),
    )


def _wrong(field: str, before: Team, after: Team, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield why people cannot come into the team on this side."""
    for user_id in sorted(getattr(after, field) - before.people):
        user = snapshot.users.get(user_id)
        if user is None:
            yield field, f"There is no user {user_id!r}."
        elif status_at(user, snapshot.now) not in _CAN_BECOME_MEMBER:
            yield field, f"{user_id!r} is neither active nor invited."
        elif len(user.teams) >= MAX_TEAMS_OF_USER:
            yield field, f"{user_id!r} is in {MAX_TEAMS_OF_USER} teams already."


def _moved(user: User, after: Team, snapshot: Snapshot) -> UserChange:
    """Return the change of someone who comes into the team, leaves it, or changes sides. Raises NotAllowed."""
    authorization.require_can_manage(snapshot.actor, user, snapshot.groups)
    return UserChange(user, _with_sides(user, after))


def _require_can_give_reach(before: Team, after: Team, snapshot: Snapshot) -> None:
    """Raises NotAllowed if a new manager comes to reach a user on whom the one who acts may not act."""
    if after.managers <= before.managers:
        return
    for user_id in sorted(after.users):
        if user := snapshot.users.get(user_id):
            authorization.require_can_manage(snapshot.actor, user, snapshot.groups)


def _with_sides(user: User, team: Team) -> User:
    sides = {"manages_teams": user.user_id in team.managers, "member_of_teams": user.user_id in team.users}
    others = {name: tuple(each for each in getattr(user, name) if each != team.team_id) for name in sides}
    return user.model_copy(
        update={name: (*others[name], team.team_id) if is_in else others[name] for name, is_in in sides.items()}
        | {"teams_version": user.teams_version + 1}
    )

"""A team as an item: key, conditional writes, and people who leave without the team being read."""

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute, to_item
from shared.adapters.dynamodb.requests import Write, if_read_version
from shared.domain.model.teams import Team
from shared.domain.policy.changes import TeamChange, UserChange

TEAM = "team#"

_KEPT = timedelta(days=1)  # How long a deleted team is remembered, for repeated requests.


def team_key(team_id: str) -> str:
    """Return the sort key of a team."""
    return f"{TEAM}{team_id}"


def write_team(table: str, change: TeamChange, *, operation_id: str) -> Write:
    """Put the team as it is afterwards, if it is still the version that was read, or not there yet."""
    before, after = change
    item = to_item({**_key(after.account_id, after.team_id), **_row(after), "operation": operation_id})
    return {"Put": {"TableName": table, "Item": item, **if_read_version(before)}}


def take_out(table: str, users: Iterable[UserChange], *, but: Iterable[str]) -> list[Write]:
    """Take users out of the teams that they have left, but for these teams, which are written as a whole."""
    left: dict[tuple[str, str], set[str]] = defaultdict(set)
    for before, after in users:
        for team_id in set(before.teams if before else ()) - set(after.teams) - set(but):
            left[after.account_id, team_id].add(after.user_id)
    return [_without(table, account_id, team_id, user_ids) for (account_id, team_id), user_ids in left.items()]


def _without(table: str, account_id: str, team_id: str, user_ids: set[str]) -> Write:
    """Return the update; a team that was deleted meanwhile has changed its people, whose versions are conditions."""
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(_key(account_id, team_id)),
            "UpdateExpression": "ADD version :one DELETE managers :gone, #users :gone",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeNames": {"#users": "users"},
            "ExpressionAttributeValues": {":one": to_attribute(1), ":gone": to_attribute(user_ids)},
        }
    }


def _key(account_id: str, team_id: str) -> dict[str, str]:
    return {"pk": account_id, "sk": team_key(team_id)}


def _row(team: Team) -> dict[str, Any]:
    """Return the attributes; people are sets, of which DynamoDB has no empty ones."""
    row = team.model_dump(mode="json", exclude={"managers", "users"})
    people = {name: found for name, found in (("managers", team.managers), ("users", team.users)) if found}
    forget = {"forget_at": math.ceil((team.deleted_at + _KEPT).timestamp())} if team.deleted_at else {}
    return row | people | forget

"""The teams of an account, in one consistent query."""

import functools

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.team_items import TEAM
from shared.domain.model.teams import Team
from shared.settings import settings


class TeamQueries:
    """Reads the account's teams: at most 100, and those deleted within a day."""

    def __init__(self) -> None:
        self._table = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def all(self, account_id: str) -> list[Team]:
        """Return the teams by name."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :account AND begins_with(sk, :team)",
            ExpressionAttributeValues={":account": {"S": account_id}, ":team": {"S": TEAM}},
            ConsistentRead=True,
        )
        teams = [Team.model_validate(from_item(item)) for page in pages for item in page["Items"]]
        return sorted((team for team in teams if not team.deleted_at), key=lambda team: team.place)


@functools.cache
def open_team_queries() -> TeamQueries:
    """Return the instance of this process, made on first use."""
    return TeamQueries()

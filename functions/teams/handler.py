"""POST /v1/accounts/{account_id}/teams, PATCH and DELETE .../teams/{team_id}: teams of managers and users."""

from http import HTTPStatus
from typing import Annotated

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body, Changes, IfMatch
from shared.api.authentication import PersonCaller
from shared.api.parsing import Unchanged
from shared.domain.commands import teams
from shared.domain.model.fields import GivenUserId, Label
from shared.views.teams import TeamView

api = Api()
repository = open_repository()

People = Annotated[tuple[GivenUserId, ...], Field(max_length=90)]


class NewTeam(Body):
    name: Label
    managers: People = ()
    users: People = ()


class TeamChanges(Changes):
    name: Annotated[Label, Unchanged]
    managers: Annotated[People, Unchanged]
    users: Annotated[People, Unchanged]

    @property
    def people(self) -> tuple[str, ...]:
        """Return the ids of everyone who is named."""
        return (*(self.given.get("managers", ())), *(self.given.get("users", ())))


@api.route("POST /v1/accounts/{account_id}/teams", status=HTTPStatus.CREATED)
def create_team(caller: PersonCaller, account_id: str, body: NewTeam) -> TeamView:
    """Create a team."""
    snapshot = repository.load(account_id, caller, others=(*body.managers, *body.users))
    changes = teams.create(snapshot, name=body.name, managers=body.managers, users=body.users)
    return repository.commit(changes, snapshot, answer=TeamView.of(changes.team))


@api.route("PATCH /v1/accounts/{account_id}/teams/{team_id}")
def edit_team(caller: PersonCaller, account_id: str, team_id: str, if_match: IfMatch, body: TeamChanges) -> TeamView:
    """Change a team's name, its managers or its users."""
    snapshot = repository.load(account_id, caller, team_id=team_id, others=body.people)
    changes = teams.edit(snapshot, changes=body.given, seen_version=if_match.version)
    return repository.commit(changes, snapshot, answer=TeamView.of(changes.team))


@api.route("DELETE /v1/accounts/{account_id}/teams/{team_id}")
def delete_team(caller: PersonCaller, account_id: str, team_id: str, if_match: IfMatch) -> TeamView:
    """Delete a team; its people stay in the account."""
    snapshot = repository.load(account_id, caller, team_id=team_id)
    changes = teams.delete(snapshot, seen_version=if_match.version)
    return repository.commit(changes, snapshot, answer=TeamView.of(changes.team))


lambda_handler = api.handler

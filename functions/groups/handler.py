"""POST /v1/accounts/{account_id}/groups, PATCH and DELETE .../groups/{group_id}: named bundles of permissions."""

from http import HTTPStatus
from typing import Annotated

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body, Changes, IfMatch
from shared.api.authentication import PersonCaller
from shared.api.parsing import Unchanged
from shared.domain.commands import groups
from shared.domain.model.fields import Description, Label
from shared.domain.model.permissions import Permissions
from shared.views.groups import GroupView

api = Api()
repository = open_repository()


class NewGroup(Body):
    name: Label
    description: Description = ""
    permissions: Permissions = ()


class GroupChanges(Changes):
    name: Annotated[Label, Unchanged]
    description: Annotated[Description, Unchanged]
    permissions: Annotated[Permissions, Unchanged]


@api.route("POST /v1/accounts/{account_id}/groups", status=HTTPStatus.CREATED)
def create_group(caller: PersonCaller, account_id: str, body: NewGroup) -> GroupView:
    """Create a group."""
    snapshot = repository.load(account_id, caller)
    changes = groups.create(
        snapshot, name=body.name, description=body.description, permissions=frozenset(body.permissions)
    )
    return repository.commit(changes, snapshot, answer=GroupView.of(changes.group, snapshot.account))


@api.route("PATCH /v1/accounts/{account_id}/groups/{group_id}")
def edit_group(
    caller: PersonCaller, account_id: str, group_id: str, if_match: IfMatch, body: GroupChanges
) -> GroupView:
    """Change a group's name, description or permissions, for all its users with their next request."""
    snapshot = repository.load(account_id, caller)
    changes = groups.edit(snapshot, group_id, changes=body.given, seen_version=if_match.version)
    return repository.commit(changes, snapshot, answer=GroupView.of(changes.group, snapshot.account))


@api.route("DELETE /v1/accounts/{account_id}/groups/{group_id}")
def delete_group(caller: PersonCaller, account_id: str, group_id: str, if_match: IfMatch) -> GroupView:
    """Delete a group that nobody is in."""
    snapshot = repository.load(account_id, caller)
    changes = groups.delete(snapshot, group_id, seen_version=if_match.version)
    return repository.commit(changes, snapshot, answer=GroupView.of(changes.group, snapshot.account))


lambda_handler = api.handler

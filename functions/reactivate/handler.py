"""POST /v1/accounts/{account_id}/users/{user_id}/reactivate: an inactive user is active again, at once."""

from typing import Annotated

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import PersonCaller
from shared.domain.commands import membership
from shared.domain.model.groups import GroupId
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Reactivation(Body):
    """`groups` apply to a user none of whose groups is left."""

    groups: Annotated[tuple[GroupId, ...], Field(max_length=100)] = ()


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/reactivate")
def reactivate(caller: PersonCaller, account_id: str, user_id: str, body: Reactivation) -> UserView:
    snapshot = repository.load(account_id, caller, user_id=user_id, reads_identity=True)
    changes = membership.reactivate(snapshot, group_ids=body.groups)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


lambda_handler = api.handler

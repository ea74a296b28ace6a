"""PATCH /v1/accounts/{account_id}/users/{user_id}: change names and phone of a user who has not joined yet."""

from typing import Annotated

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Changes, IfMatch
from shared.api.parsing import Unchanged
from shared.domain.commands import invitations
from shared.domain.model.fields import GivenPhone, Name
from shared.domain.policy.principals import Caller
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Edit(Changes):
    first_name: Annotated[Name, Unchanged]
    last_name: Annotated[Name | None, Unchanged]
    phone: Annotated[GivenPhone | None, Unchanged]


@api.route("PATCH /v1/accounts/{account_id}/users/{user_id}")
def edit(caller: Caller, account_id: str, user_id: str, if_match: IfMatch, body: Edit) -> UserView:
    snapshot = repository.load(account_id, caller, user_id=user_id)
    changes = invitations.edit(snapshot, changes=body.given, seen_version=if_match.version)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


lambda_handler = api.handler

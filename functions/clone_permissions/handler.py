"""POST /v1/accounts/{account_id}/users/{user_id}/permissions/clone: one user's permissions replace those of others."""

from typing import Annotated

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import PersonCaller
from shared.domain.commands import cloning
from shared.domain.model.fields import GivenUserId
from shared.views.cloning import CloneView

api = Api()
repository = open_repository()


class PermissionCloning(Body):
    """`groups`: the groups as well, and not only individual permissions."""

    to: Annotated[tuple[GivenUserId, ...], Field(min_length=1, max_length=100)]
    groups: bool = False


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/permissions/clone")
def clone(caller: PersonCaller, account_id: str, user_id: str, body: PermissionCloning) -> CloneView:
    snapshot = repository.load(account_id, caller, user_id=user_id, others=body.to)
    cloned = cloning.clone(snapshot, to=body.to, with_groups=body.groups)
    return repository.commit(cloned.changes, cloned.basis, answer=CloneView.of(cloned.results))


lambda_handler = api.handler

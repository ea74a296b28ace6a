"""POST /v1/accounts/{account_id}/users/{user_id}/remove: the user leaves the account, and the list."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.domain.commands import membership
from shared.domain.policy.principals import Caller
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Removal(Body):
    """Empty: there are no records to hand over yet."""

    reassign_to: None = None


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/remove")
def remove(caller: Caller, account_id: str, user_id: str, body: Removal) -> UserView:  # noqa: ARG001 (checked to be empty)
    snapshot = repository.load(account_id, caller, user_id=user_id)
    changes = membership.remove(snapshot)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


lambda_handler = api.handler

"""POST /v1/accounts/{account_id}/users/{user_id}/deactivate: end access at once and free the seat."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.domain.commands import membership
from shared.domain.policy.principals import Caller
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Deactivation(Body):
    """Empty: there are no records to hand over yet."""

    reassign_to: None = None


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/deactivate")
def deactivate(caller: Caller, account_id: str, user_id: str, body: Deactivation) -> UserView:  # noqa: ARG001 (checked to be empty)
    snapshot = repository.load(account_id, caller, user_id=user_id)
    changes = membership.deactivate(snapshot)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


lambda_handler = api.handler

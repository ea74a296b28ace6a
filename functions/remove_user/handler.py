"""POST /v1/accounts/{account_id}/users/{user_id}/remove: the user leaves the account, and the list."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.clock import utc_now
from shared.domain.commands import membership
from shared.domain.policy.principals import Caller
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Removal(Body):
    """There is nothing yet that could be handed over, so nobody to hand it to."""

    reassign_to: None = None


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/remove")
def remove(caller: Caller, account_id: str, user_id: str, body: Removal) -> UserView:  # noqa: ARG001 (checked to be empty)
    now = utc_now()
    snapshot = repository.load(account_id, caller, user_id=user_id, now=now)
    change = membership.remove(snapshot, now=now)
    answer = UserView.of(snapshot, change.after, now=now)
    repository.save(change, snapshot, answer, now=now)
    return answer


lambda_handler = api.handler

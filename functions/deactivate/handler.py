"""POST /v1/accounts/{account_id}/users/{user_id}/deactivate: access ends at once, and the seat is free."""

from shared.adapters.repository import open_repository
from shared.api import Api, Body
from shared.clock import utc_now
from shared.domain import lifecycle
from shared.domain.callers import Caller
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Deactivation(Body):
    """There is nothing yet that could be handed over, so nobody to hand it to."""

    reassign_to: None = None


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/deactivate")
def deactivate(caller: Caller, account_id: str, user_id: str, body: Deactivation) -> UserView:  # noqa: ARG001 (checked to be empty)
    now = utc_now()
    scene = repository.load(account_id, caller, user_id=user_id, now=now)
    deactivated = lifecycle.deactivate(scene, now=now)
    answer = UserView.seen_in(scene, deactivated.after, now=now)
    repository.save(deactivated, scene, answer, now=now)
    return answer


lambda_handler = api.handler

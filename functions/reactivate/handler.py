"""POST /v1/accounts/{account_id}/users/{user_id}/reactivate: an inactive user is active again, at once."""

from typing import Annotated

from pydantic import Field

from shared.adapters.repository import open_repository
from shared.api import Api, Body
from shared.clock import utc_now
from shared.domain import lifecycle
from shared.domain.callers import Caller
from shared.domain.groups import GroupId
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Reactivation(Body):
    """`groups` are for somebody of whose groups none is left."""

    groups: Annotated[tuple[GroupId, ...], Field(max_length=100)] = ()


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/reactivate")
def reactivate(caller: Caller, account_id: str, user_id: str, body: Reactivation) -> UserView:
    now = utc_now()
    scene = repository.load(account_id, caller, user_id=user_id, now=now)
    change = lifecycle.reactivate(scene, group_ids=body.groups, now=now)
    answer = UserView.seen_in(scene, change.after, now=now)
    repository.save(change, scene, answer, now=now)
    return answer


lambda_handler = api.handler

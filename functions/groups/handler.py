"""GET /v1/accounts/{account_id}/groups: the account's groups."""

from shared.adapters.repository import open_repository
from shared.api import Api
from shared.clock import utc_now
from shared.domain.callers import Caller
from shared.views.groups import GroupPage, GroupView

api = Api()
repository = open_repository()


@api.route("GET /v1/accounts/{account_id}/groups")
def list_groups(caller: Caller, account_id: str) -> GroupPage:
    scene = repository.load(account_id, caller, now=utc_now())
    return GroupPage(data=[GroupView.of(group) for group in scene.groups.by_name()])


lambda_handler = api.handler

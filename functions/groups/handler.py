"""GET /v1/accounts/{account_id}/groups: the account's groups."""

from typing import Annotated

from pydantic import StringConstraints

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Query
from shared.domain.policy.principals import Caller
from shared.views.groups import GroupPage, GroupView

api = Api()
repository = open_repository()


class GroupsQuery(Query):
    """`search`: how the name begins."""

    search: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] | None = None


@api.route("GET /v1/accounts/{account_id}/groups")
def list_groups(caller: Caller, account_id: str, query: GroupsQuery) -> GroupPage:
    snapshot = repository.load(account_id, caller)
    return GroupPage(data=[GroupView.of(group) for group in snapshot.groups.by_name(query.search)])


lambda_handler = api.handler

"""GET /v1/accounts/{account_id}/users and .../{user_id}: the Users page, and one user."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.dynamodb.user_queries import Sort, open_user_queries
from shared.api import Api, Query
from shared.domain.model.users import Status
from shared.domain.policy.authorization import require_permission
from shared.domain.policy.principals import Caller
from shared.views.users import UserPage, UserView

api = Api()
repository = open_repository()
pages = open_user_queries()

_SHOWN = frozenset({Status.INVITED, Status.EXPIRED, Status.ACTIVE})


_ALL = frozenset(Status) - {Status.REMOVED}  # Who was removed is shown only when that is named.


def _statuses(text: object) -> object:
    return _ALL if text == "all" else str(text).split(",")


class UsersQuery(Query):
    """`status`: comma-separated, or `all`."""

    status: Annotated[frozenset[Status], BeforeValidator(_statuses)] = _SHOWN
    search: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] | None = None
    sort: Sort = "name"
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Annotated[str, Field(max_length=2_000)] | None = None


@api.route("GET /v1/accounts/{account_id}/users")
def list_users(caller: Caller, account_id: str, query: UsersQuery) -> UserPage:
    snapshot = repository.load(account_id, caller)
    require_permission(snapshot.actor, "users.view")
    users, next_cursor = pages.page(
        account_id,
        statuses=query.status,
        sort=query.sort,
        search=query.search,
        limit=query.limit,
        cursor=query.cursor,
    )
    return UserPage(
        data=[UserView.of(user, seen_by=snapshot) for user in users],
        next_cursor=next_cursor,
        total=None if query.search else snapshot.account.count(query.status),
    )


@api.route("GET /v1/accounts/{account_id}/users/{user_id}")
def get_user(caller: Caller, account_id: str, user_id: str) -> UserView:
    snapshot = repository.load(account_id, caller, user_id=user_id)
    require_permission(snapshot.actor, "users.view")
    return UserView.of(snapshot.require_user(), seen_by=snapshot)


lambda_handler = api.handler

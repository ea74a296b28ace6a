"""GET /v1/accounts/{account_id}/journal: who did what to whom, newest first."""

from typing import Annotated

from pydantic import Field

from shared.adapters.dynamodb.journal_queries import open_journal_queries
from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Query
from shared.domain.model.ids import USER_ID
from shared.domain.policy.authorization import require_permission
from shared.domain.policy.journal import EntryType
from shared.domain.policy.principals import Caller
from shared.views.journal import EntryPage, EntryView

api = Api()
repository = open_repository()
pages = open_journal_queries()


class JournalQuery(Query):
    user_id: Annotated[str, Field(pattern=f"^{USER_ID.pattern}$")] | None = None
    type: EntryType | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Annotated[str, Field(max_length=2_000)] | None = None


@api.route("GET /v1/accounts/{account_id}/journal")
def list_entries(caller: Caller, account_id: str, query: JournalQuery) -> EntryPage:
    snapshot = repository.load(account_id, caller)
    require_permission(snapshot.actor, "journal.view")
    entries, next_cursor = pages.page(
        account_id, user_id=query.user_id, kind=query.type, limit=query.limit, cursor=query.cursor
    )
    return EntryPage(data=[EntryView.of(entry) for entry in entries], next_cursor=next_cursor)


lambda_handler = api.handler

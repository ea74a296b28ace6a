"""GET /v1/accounts/{account_id} and below it: every read of one account, so that a page starts one function."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from shared.adapters.dynamodb import cursors
from shared.adapters.dynamodb.journal_queries import open_journal_queries
from shared.adapters.dynamodb.move_jobs import open_move_jobs
from shared.adapters.dynamodb.record_queries import open_record_queries
from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.dynamodb.search_items import Sort
from shared.adapters.dynamodb.seat_request_queries import open_seat_request_queries
from shared.adapters.dynamodb.team_queries import open_team_queries
from shared.adapters.dynamodb.user_filters import UserFilter
from shared.adapters.dynamodb.user_marks import open_user_marks
from shared.adapters.dynamodb.user_queries import open_user_queries
from shared.api import Api, PageQuery
from shared.api.authentication import PersonCaller, PersonOrHostCaller
from shared.api.parsing import Flag
from shared.domain.model.fields import Address, GivenUserId
from shared.domain.model.folding import folded
from shared.domain.model.groups import GroupId
from shared.domain.model.move_jobs import require_job
from shared.domain.model.records import OwnedRecords, RecordTypeName
from shared.domain.model.teams import require_team
from shared.domain.model.users import HAS_LEFT, Kind, Status
from shared.domain.policy.authorization import require_admin, require_own_admin, require_permission
from shared.domain.policy.journal import EntryType
from shared.views.access import AccessView
from shared.views.accounts import AccountView
from shared.views.groups import GroupPage, GroupView
from shared.views.jobs import DeactivationPreviewView, JobView
from shared.views.journal import EntryPage, EntryView
from shared.views.records import RecordPage
from shared.views.seat_requests import SeatRequestPage, SeatRequestView
from shared.views.teams import TeamPage, TeamView
from shared.views.users import UserPage, UserView

api = Api()
repository = open_repository()
marks = open_user_marks()
user_queries = open_user_queries()
journal_queries = open_journal_queries()
seat_request_queries = open_seat_request_queries()
team_queries = open_team_queries()
record_queries = open_record_queries()
jobs = open_move_jobs()

Search = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254),  # The longest address that exists.
    AfterValidator(lambda text: text if folded(text) else ""),  # An apostrophe alone searches for nothing.
]

_DEFAULT_STATUSES = frozenset({Status.INVITED, Status.EXPIRED, Status.ACTIVE})
_MAX_WAITING = 39  # So that a page reads at most 120 items: an entry, a user and their numbers of records each.
_ALL_STATUSES = frozenset(Status) - {Status.REMOVED}  # Removed users are listed only if `removed` is named.


def _statuses(text: object) -> object:
    return _ALL_STATUSES if text == "all" else str(text).split(",")


class WholeListQuery(PageQuery):
    """Of a list that has at most 100 entries, which come in one page unless `limit` says otherwise."""

    limit: Annotated[int, Field(ge=1, le=100)] = 100


class GroupsQuery(WholeListQuery):
    """`search`: the beginning of the name."""

    search: Search | None = None


class UsersQuery(PageQuery):
    """`status`: comma-separated, or `all`; `email`: the whole address.

    `records_waiting=true`: those who have left records that wait for another owner, inactive and removed ones unless
    `status` says otherwise, at most 39 a page.
    """

    status: Annotated[frozenset[Status], BeforeValidator(_statuses)] = _DEFAULT_STATUSES
    group: GroupId | None = None
    kind: Kind | None = None
    admin: Flag | None = None
    email: Address | None = None
    records_waiting: Flag = False
    search: Search | None = None
    sort: Sort = "name"

    @property
    def statuses(self) -> frozenset[Status]:
        """Return the statuses that are wanted."""
        return HAS_LEFT if self.records_waiting and "status" not in self.model_fields_set else self.status

    @property
    def most(self) -> int:
        """Return how many users a page may have: those with records that wait cost three reads each."""
        return min(self.limit, _MAX_WAITING) if self.records_waiting else self.limit


class JournalQuery(PageQuery):
    """`user_id`: a user of the account."""

    user_id: GivenUserId | None = None
    type: EntryType | None = None


class RecordsQuery(PageQuery):
    """`owner_id`: a user of the account."""

    owner_id: GivenUserId | None = None
    type: RecordTypeName | None = None


class TargetsQuery(PageQuery):
    """`search`: the beginning of a word of an eligible target's name or address."""

    search: Search | None = None


@api.route("GET /v1/accounts/{account_id}")
def get_account(reader: PersonOrHostCaller, account_id: str) -> AccountView:
    """Return the account: name, seats, counts, settings."""
    return AccountView.of(repository.load(account_id, reader).account)


@api.route("GET /v1/accounts/{account_id}/access")
def get_access(caller: PersonCaller, account_id: str) -> AccessView:
    """Return the caller's permissions in the account, and store that they were seen."""
    snapshot = repository.load(account_id, caller)
    user = snapshot.require_user()
    marks.note_seen(user, now=snapshot.now)
    return AccessView.of(user, snapshot.groups)


@api.route("GET /v1/accounts/{account_id}/groups")
def list_groups(reader: PersonOrHostCaller, account_id: str, query: GroupsQuery) -> GroupPage:
    """List the groups of the account by name."""
    snapshot = repository.load(account_id, reader)
    groups, next_cursor = cursors.page_of(
        snapshot.groups.by_name(query.search),
        limit=query.limit,
        cursor=query.cursor,
        scope=("groups", account_id, folded(query.search or "")),
    )
    return GroupPage(data=[GroupView.of(group, snapshot.account) for group in groups], next_cursor=next_cursor)


@api.route("GET /v1/accounts/{account_id}/groups/{group_id}")
def get_group(reader: PersonOrHostCaller, account_id: str, group_id: str) -> GroupView:
    """Return one group with its permissions and the number of its users."""
    snapshot = repository.load(account_id, reader)
    return GroupView.of(snapshot.groups.require(group_id), snapshot.account)


@api.route("GET /v1/accounts/{account_id}/teams")
def list_teams(caller: PersonCaller, account_id: str, query: WholeListQuery) -> TeamPage:
    """List the teams of the account by name."""
    snapshot = repository.load(account_id, caller)
    require_permission(snapshot.actor, "users.view")
    found, next_cursor = cursors.page_of(
        team_queries.all(account_id), limit=query.limit, cursor=query.cursor, scope=("teams", account_id)
    )
    return TeamPage(data=[TeamView.of(team) for team in found], next_cursor=next_cursor)


@api.route("GET /v1/accounts/{account_id}/teams/{team_id}")
def get_team(caller: PersonCaller, account_id: str, team_id: str) -> TeamView:
    """Return one team with its managers and users."""
    snapshot = repository.load(account_id, caller, team_id=team_id)
    require_permission(snapshot.actor, "users.view")
    return TeamView.of(require_team(snapshot.team))


@api.route("GET /v1/accounts/{account_id}/users")
def list_users(reader: PersonOrHostCaller, account_id: str, query: UsersQuery) -> UserPage:
    """List the users of the account: filtered, sorted, searched, a page at a time (rule 33)."""
    snapshot = repository.load(account_id, reader)
    require_permission(snapshot.actor, "users.view")
    wanted = UserFilter(
        query.statuses, query.group, query.kind, query.admin, query.email, records_wait=query.records_waiting
    )
    users, next_cursor = user_queries.page(
        account_id,
        wanted=wanted,
        sort=query.sort,
        search=query.search,
        limit=query.most,
        cursor=query.cursor,
    )
    left = [user.user_id for user in users if user.status in HAS_LEFT]
    snapshot = snapshot._replace(owned=record_queries.owned(account_id, left))
    views = [UserView.of(user, seen_by=snapshot) for user in users]
    data = [view for view in views if view.records_waiting or not query.records_waiting]
    counted = snapshot.account.count_users(query.statuses) if wanted.is_by_status else None
    is_whole = not query.cursor and not next_cursor
    return UserPage.of(data, next_cursor, counted=counted, is_whole=is_whole, is_searched=bool(query.search))


@api.route("GET /v1/accounts/{account_id}/users/{user_id}")
def get_user(reader: PersonOrHostCaller, account_id: str, user_id: str) -> UserView:
    """Return one user of the account."""
    snapshot = repository.load(account_id, reader, user_id=user_id, reads_owned=True)
    require_permission(snapshot.actor, "users.view")
    return UserView.of(snapshot.require_user(), seen_by=snapshot)


@api.route("GET /v1/accounts/{account_id}/users/{user_id}/deactivation-preview")
def preview_deactivation(
    caller: PersonCaller, account_id: str, user_id: str, query: TargetsQuery
) -> DeactivationPreviewView:
    """Return what a deactivation would hand over, and to whom it can go; there is no way to undo it (rule 22)."""
    snapshot = repository.load(account_id, caller, user_id=user_id, reads_owned=True)
    require_admin(snapshot.actor)
    user = snapshot.require_user()
    targets, next_cursor = user_queries.page(
        account_id,
        wanted=UserFilter(frozenset({Status.ACTIVE})),
        sort="name",
        search=query.search,
        limit=query.limit,
        cursor=query.cursor,
    )
    owned = snapshot.owned.get(user_id, OwnedRecords())
    return DeactivationPreviewView.of(owned, targets, next_cursor, leaving=user, seen_by=snapshot)


@api.route("GET /v1/accounts/{account_id}/jobs/{job_id}")
def get_job(caller: PersonCaller, account_id: str, job_id: str) -> JobView:
    """Return how far a job that moves records has come."""
    require_admin(repository.load(account_id, caller).actor)
    return JobView.model_validate(require_job(jobs.find(account_id, job_id)))


@api.route("GET /v1/accounts/{account_id}/jobs/{job_id}/records")
def list_moved_records(caller: PersonCaller, account_id: str, job_id: str, query: PageQuery) -> RecordPage:
    """List what a job has moved or removed, and nothing has moved or stored since."""
    require_admin(repository.load(account_id, caller).actor)
    require_job(jobs.find(account_id, job_id))
    found, next_cursor = record_queries.moved(account_id, job_id, limit=query.limit, cursor=query.cursor)
    return RecordPage.of(found, next_cursor)


@api.route("GET /v1/accounts/{account_id}/records")
def list_records(reader: PersonOrHostCaller, account_id: str, query: RecordsQuery) -> RecordPage:
    """List the records of the account, of one owner, or of one type."""
    snapshot = repository.load(account_id, reader)
    require_permission(snapshot.actor, "records.view")
    found, next_cursor = record_queries.page(
        account_id, owner_id=query.owner_id, record_type=query.type, limit=query.limit, cursor=query.cursor
    )
    return RecordPage.of(found, next_cursor)


@api.route("GET /v1/accounts/{account_id}/seats/requests")
def list_seat_requests(caller: PersonCaller, account_id: str, query: PageQuery) -> SeatRequestPage:
    """List the account's requests for seats, newest first."""
    snapshot = repository.load(account_id, caller)
    require_own_admin(snapshot.actor)
    requests, next_cursor = seat_request_queries.page(account_id, limit=query.limit, cursor=query.cursor)
    return SeatRequestPage(data=[SeatRequestView.of(request) for request in requests], next_cursor=next_cursor)


@api.route("GET /v1/accounts/{account_id}/journal")
def list_entries(reader: PersonOrHostCaller, account_id: str, query: JournalQuery) -> EntryPage:
    """List who did what to whom, newest first."""
    snapshot = repository.load(account_id, reader)
    require_permission(snapshot.actor, "journal.view")
    entries, next_cursor = journal_queries.page(
        account_id, user_id=query.user_id, kind=query.type, limit=query.limit, cursor=query.cursor
    )
    return EntryPage(data=[EntryView.of(entry) for entry in entries], next_cursor=next_cursor)


lambda_handler = api.handler

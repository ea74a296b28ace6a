"""/v1/operator/accounts: staff open, find, read, suspend and resume accounts, and invite their administrators.

And /v1/operator/seat-requests: what administrators of all accounts wait for.
"""

from http import HTTPStatus
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.adapters.dynamodb.account_queries import open_account_queries
from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.dynamodb.seat_request_queries import open_seat_request_queries
from shared.adapters.dynamodb.user_filters import UserFilter
from shared.adapters.dynamodb.user_queries import open_user_queries
from shared.api import Api, Body, PageQuery
from shared.api.authentication import OperatorCaller
from shared.clock import utc_now
from shared.domain.commands import accounts, invitations
from shared.domain.model.accounts import new_account
from shared.domain.model.fields import Address, Label, Name
from shared.domain.model.ids import ACCOUNT_ID
from shared.domain.model.invitees import Invitee
from shared.domain.model.names import require_not_posing_as_product
from shared.domain.model.users import HAS_LEFT, Status
from shared.domain.model.values import of_form
from shared.domain.policy.state_machine import UserAction
from shared.settings import settings
from shared.views.accounts import AccountView
from shared.views.operated_accounts import (
    AccountPage,
    OpenedAccountView,
    OperatedAccountView,
    WaitingRequestPage,
    WaitingRequestView,
)
from shared.views.users import UserView

api = Api()
repository = open_repository()
account_queries = open_account_queries()
seat_request_queries = open_seat_request_queries()
user_queries = open_user_queries()

_PRODUCT_NAME = settings().product_name
_ADMINISTRATORS = UserFilter(frozenset(Status) - HAS_LEFT, admin=True)
_MAX_ADMINISTRATORS = 100


class NewAdministrator(Body):
    first_name: Name
    last_name: Name | None = None
    email: Address

    def invitee(self, *, within: str = "") -> Invitee:
        """Return who is to be invited; raises InvalidRequest for a name that poses as the product.

        `within` is the path of this body inside of the request's.
        """
        require_not_posing_as_product(self.first_name, self.last_name, product_name=_PRODUCT_NAME, within=within)
        return Invitee(**self.model_dump(), admin=True)


class FirstAdministrator(NewAdministrator):
    last_name: Name


class NewAccount(Body):
    account_id: Annotated[str, *of_form(ACCOUNT_ID, "Use two lowercase letters and 3 to 8 digits, such as ab123.")]
    name: Label
    seats: Annotated[int, Field(ge=1, le=1_000_000)] | None
    admin: FirstAdministrator


class AccountsQuery(PageQuery):
    """`search`: the beginning of the App ID, or of a word of the name."""

    search: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


@api.route("GET /v1/operator/accounts")
def list_accounts(operator: OperatorCaller, query: AccountsQuery) -> AccountPage:
    """List all accounts by App ID, or find them."""
    repository.load_operator(operator)
    accounts, next_cursor = account_queries.page(search=query.search, limit=query.limit, cursor=query.cursor)
    return AccountPage(data=[AccountView.of(account) for account in accounts], next_cursor=next_cursor)


@api.route("GET /v1/operator/seat-requests")
def list_waiting_requests(operator: OperatorCaller, query: PageQuery) -> WaitingRequestPage:
    """List the requests for seats of all accounts that wait for a decision, longest waiting first."""
    repository.load_operator(operator)
    waiting, next_cursor = seat_request_queries.waiting(limit=query.limit, cursor=query.cursor)
    return WaitingRequestPage(data=[WaitingRequestView.of_account(*each) for each in waiting], next_cursor=next_cursor)


@api.route("POST /v1/operator/accounts", status=HTTPStatus.CREATED)
def open_account(operator: OperatorCaller, body: NewAccount) -> OpenedAccountView:
    """Open an account and invite its first administrator."""
    invitee = body.admin.invitee(within="admin.")
    account = new_account(body.account_id, name=body.name, seats=body.seats, now=utc_now())
    snapshot = repository.load(body.account_id, operator, address=body.admin.email, new_account=account)
    changes = accounts.open_account(snapshot, invitee)
    answer = OpenedAccountView.of(changes.account_after(account), changes.user, seen_by=snapshot)
    return repository.commit(changes, snapshot, answer=answer)


@api.route("POST /v1/operator/accounts/{account_id}/administrators", status=HTTPStatus.CREATED)
def invite_administrator(operator: OperatorCaller, account_id: str, body: NewAdministrator) -> UserView:
    """Invite an administrator into an account, or send the link once more."""
    invitee = body.invitee()
    snapshot = repository.load(account_id, operator, address=body.email)
    changes = invitations.invite(snapshot, invitee, action=UserAction.INVITE_AGAIN)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


@api.route("GET /v1/operator/accounts/{account_id}")
def get_any_account(operator: OperatorCaller, account_id: str) -> OperatedAccountView:
    """Return an account: name, status, seats, counts, settings, administrators, and requests for seats that wait."""
    snapshot = repository.load(account_id, operator)
    administrators, _ = user_queries.page(
        account_id, wanted=_ADMINISTRATORS, sort="name", search=None, limit=_MAX_ADMINISTRATORS, cursor=None
    )
    return OperatedAccountView.of_snapshot(snapshot, seat_request_queries.pending(snapshot.account), administrators)


@api.route("POST /v1/operator/accounts/{account_id}/suspend")
def suspend_account(operator: OperatorCaller, account_id: str) -> AccountView:
    """Refuse the users and the links of an account until it is resumed."""
    snapshot = repository.load(account_id, operator)
    changes = accounts.suspend(snapshot)
    return repository.commit(changes, snapshot, answer=AccountView.of(changes.account_after(snapshot.account)))


@api.route("POST /v1/operator/accounts/{account_id}/resume")
def resume_account(operator: OperatorCaller, account_id: str) -> AccountView:
    """Let the users and the links of a suspended account work again."""
    snapshot = repository.load(account_id, operator)
    changes = accounts.resume(snapshot)
    return repository.commit(changes, snapshot, answer=AccountView.of(changes.account_after(snapshot.account)))


lambda_handler = api.handler

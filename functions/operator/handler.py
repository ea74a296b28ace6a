"""POST /v1/operator/accounts and .../administrators: staff open accounts and invite their administrators."""

from http import HTTPStatus
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.clock import utc_now
from shared.domain.commands import invitations
from shared.domain.commands.invitations import Invitee
from shared.domain.model import accounts
from shared.domain.model.fields import Address, Name
from shared.domain.model.ids import ACCOUNT_ID
from shared.domain.policy import journal
from shared.domain.policy.principals import Caller
from shared.domain.policy.state_machine import UserAction
from shared.views.accounts import AccountView, OpenedAccountView
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Administrator(Body):
    first_name: Name
    last_name: Name
    email: Address

    def invitee(self) -> Invitee:
        """Who is to be invited."""
        return Invitee(**self.model_dump(), admin=True)


class NewAccount(Body):
    account_id: Annotated[str, StringConstraints(pattern=f"^{ACCOUNT_ID.pattern}$")]
    name: Name
    seats: Annotated[int, Field(ge=1, le=1_000_000)]
    admin: Administrator


@api.route("POST /v1/operator/accounts", status=HTTPStatus.CREATED)
def open_account(caller: Caller, body: NewAccount) -> OpenedAccountView:
    now = utc_now()
    opening = accounts.open_account(body.account_id, name=body.name, seats=body.seats, now=now)
    snapshot = repository.load_for_operator(body.account_id, caller, address=body.admin.email, opening=opening, now=now)
    invited = invitations.invite(body.admin.invitee(), snapshot=snapshot, now=now)
    opened = journal.account_created_entry(opening, context=snapshot.context(now))
    answer = OpenedAccountView(
        account=AccountView.of(opening.counted(invited.tally)), user=UserView.of(snapshot, invited.after, now=now)
    )
    repository.save_opening(invited, snapshot, opened, answer, now=now)
    return answer


@api.route("POST /v1/operator/accounts/{account_id}/administrators", status=HTTPStatus.CREATED)
def invite_administrator(caller: Caller, account_id: str, body: Administrator) -> UserView:
    now = utc_now()
    snapshot = repository.load_for_operator(account_id, caller, address=body.email, now=now)
    invited = invitations.invite(body.invitee(), snapshot=snapshot, now=now, verb=UserAction.INVITE_ANEW)
    answer = UserView.of(snapshot, invited.after, now=now)
    repository.save(invited, snapshot, answer, now=now)
    return answer


lambda_handler = api.handler

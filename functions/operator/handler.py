"""POST /v1/operator/accounts and .../administrators: staff open accounts and invite their administrators."""

from http import HTTPStatus
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.adapters.repository import open_repository
from shared.api import Api, Body
from shared.clock import utc_now
from shared.domain import accounts, invitations, journal
from shared.domain.callers import Caller
from shared.domain.ids import ACCOUNT_ID
from shared.domain.invitations import Invitee
from shared.domain.moves import Verb
from shared.domain.people import Address, Name
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
    scene = repository.load_for_operator(body.account_id, caller, address=body.admin.email, opening=opening, now=now)
    invited = invitations.invite(body.admin.invitee(), scene=scene, now=now)
    opened = journal.account_opened(opening, command=scene.command(now))
    answer = OpenedAccountView(
        account=AccountView.of(opening.counted(invited.tally)), user=UserView.seen_in(scene, invited.after, now=now)
    )
    repository.save_opening(invited, scene, opened, answer, now=now)
    return answer


@api.route("POST /v1/operator/accounts/{account_id}/administrators", status=HTTPStatus.CREATED)
def invite_administrator(caller: Caller, account_id: str, body: Administrator) -> UserView:
    now = utc_now()
    scene = repository.load_for_operator(account_id, caller, address=body.email, now=now)
    invited = invitations.invite(body.invitee(), scene=scene, now=now, verb=Verb.INVITE_ANEW)
    answer = UserView.seen_in(scene, invited.after, now=now)
    repository.save(invited, scene, answer, now=now)
    return answer


lambda_handler = api.handler

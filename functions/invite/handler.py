"""POST /v1/accounts/{account_id}/users: a person is invited; a seat is reserved and the mail is queued."""

from http import HTTPStatus
from typing import Annotated, Literal

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.domain.commands import invitations
from shared.domain.commands.invitations import Invitee
from shared.domain.model.fields import Address, GivenPhone, Message, Name, Reference
from shared.domain.model.groups import GroupId
from shared.domain.model.names import require_own_name
from shared.domain.model.permissions import Permissions
from shared.domain.model.users import Locale
from shared.domain.policy.principals import Caller
from shared.settings import settings
from shared.views.users import UserView

api = Api()
repository = open_repository()

_PRODUCT_NAME = settings().product_name


class Exceptions(Body):
    allow: Permissions = ()
    deny: Permissions = ()


class Invitation(Body):
    kind: Literal["user"] = "user"
    first_name: Name
    last_name: Name | None = None
    email: Address
    phone: GivenPhone | None = None
    locale: Locale | None = None
    admin: bool = False
    groups: Annotated[tuple[GroupId, ...], Field(max_length=100)] = ()
    permissions: Exceptions = Exceptions()
    reference: Reference | None = None
    message: Message | None = None
    notify: Annotated[tuple[Address, ...], Field(max_length=10)] = ()

    def invitee(self) -> Invitee:
        """Who is to be invited."""
        return Invitee(**self.model_dump(exclude={"kind", "permissions"}), **self.permissions.model_dump())


@api.route("POST /v1/accounts/{account_id}/users", status=HTTPStatus.CREATED)
def invite(caller: Caller, account_id: str, body: Invitation) -> UserView:
    require_own_name(body.first_name, body.last_name, product_name=_PRODUCT_NAME)
    snapshot = repository.load(account_id, caller, address=body.email)
    changes = invitations.invite(snapshot, body.invitee())
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


lambda_handler = api.handler

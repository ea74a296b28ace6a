"""POST /v1/accounts/{account_id}/users and .../users/batch: people are invited; seats are reserved, mails queued."""

from http import HTTPStatus
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticKnownError

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body, InvalidRow, row_reader
from shared.api.authentication import PersonCaller
from shared.api.problems import code_of
from shared.domain.commands import batch, invitations
from shared.domain.commands.batch import BatchRow
from shared.domain.model import addresses, errors
from shared.domain.model.fields import (
    Address,
    GivenMoment,
    GivenPhone,
    Name,
    OptionalMessage,
    OptionalReference,
    OptionalReturnPath,
)
from shared.domain.model.groups import GroupId
from shared.domain.model.invitees import Invitee
from shared.domain.model.names import require_not_posing_as_product
from shared.domain.model.permissions import Permissions
from shared.domain.model.users import Kind, Locale
from shared.settings import settings
from shared.views.batches import BatchView
from shared.views.users import UserView

api = Api()
repository = open_repository()

_PRODUCT_NAME = settings().product_name

Notified = Annotated[tuple[Address, ...], Field(max_length=10)]


class NewPermissions(Body):
    allow: Permissions = ()
    deny: Permissions = ()


def _needed_of_users(first_name: str | None, others: ValidationInfo) -> str | None:
    """Refuse a user without a first name; a partner's names are those of the registry (rule 6)."""
    if first_name is None and others.data.get("kind") == "user":
        raise PydanticKnownError("missing")
    return first_name


class NewInvitee(Body):
    """A person to invite; a partner is named by the address alone."""

    kind: Kind = "user"
    first_name: Annotated[Name | None, AfterValidator(_needed_of_users), Field(validate_default=True)] = None
    last_name: Name | None = None
    email: Address
    phone: GivenPhone | None = None
    locale: Locale | None = None
    admin: bool = False
    groups: Annotated[tuple[GroupId, ...], Field(max_length=100)] = ()
    permissions: NewPermissions = NewPermissions()
    reference: OptionalReference = None
    access_until: GivenMoment | None = None
    return_path: OptionalReturnPath = None

    def invitee(self) -> Invitee:
        """Return who is to be invited; raises InvalidRequest for a name that poses as the product."""
        require_not_posing_as_product(self.first_name or "", self.last_name, product_name=_PRODUCT_NAME)
        given = self.model_dump(exclude={"first_name", "permissions"})
        return Invitee(first_name=self.first_name or "", **given, **self.permissions.model_dump())


class NewInvitation(NewInvitee):
    message: OptionalMessage = None
    notify: Notified = ()


Row = Annotated[NewInvitee | InvalidRow, PlainValidator(row_reader(NewInvitee), json_schema_input_type=NewInvitee)]


class InvitationBatch(Body):
    """`message` and `notify` are given once for all; with `dry_run` the rows are only judged."""

    max_bytes: ClassVar[int] = 1024 * 1024

    users: Annotated[tuple[Row, ...], Field(min_length=1, max_length=200)]
    message: OptionalMessage = None
    notify: Notified = ()
    dry_run: bool = False

    @property
    def addresses(self) -> list[str]:
        """Return the addresses of the valid rows."""
        return [row.email for row in self.users if isinstance(row, NewInvitee)]

    @property
    def emails(self) -> list[str | None]:
        """Return the address of each row, in canonical form if it is one."""
        return [row.email if isinstance(row, NewInvitee) else _given_email(row) for row in self.users]

    def rows(self) -> list[BatchRow]:
        """Return the rows as the command takes them."""
        return [_row_of(row) for row in self.users]


def _row_of(row: NewInvitee | InvalidRow) -> BatchRow:
    if isinstance(row, InvalidRow):
        return BatchRow(_address(row), row.refusal)
    try:
        return BatchRow(row.email, row.invitee())
    except errors.InvalidRequest as refusal:
        return BatchRow(row.email, refusal)


def _given_email(row: InvalidRow) -> str | None:
    given = row.given.get("email") if isinstance(row.given, dict) else None
    return _address(row) or (given[: addresses.MAX_GIVEN_LENGTH] if isinstance(given, str) else None)


def _address(row: InvalidRow) -> str | None:
    """Return the canonical address of a row that is invalid for another reason."""
    given = row.given.get("email") if isinstance(row.given, dict) else None
    try:
        return (
            addresses.canonical(given) if isinstance(given, str) and len(given) <= addresses.MAX_GIVEN_LENGTH else None
        )
    except ValueError:
        return None


@api.route("POST /v1/accounts/{account_id}/users", status=HTTPStatus.CREATED)
def invite(caller: PersonCaller, account_id: str, body: NewInvitation) -> UserView:
    """Invite a person: reserve a seat and queue the email."""
    invitee = body.invitee()
    snapshot = repository.load(account_id, caller, address=body.email)
    changes = invitations.invite(snapshot, invitee)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


@api.route("POST /v1/accounts/{account_id}/users/batch")
def invite_many(caller: PersonCaller, account_id: str, body: InvitationBatch) -> BatchView:
    """Invite up to 200 people, with a verdict for each row; a refused row stops no other one."""
    snapshot = repository.load(account_id, caller, addresses=body.addresses)
    changes, basis, verdicts = batch.invite_many(
        snapshot, body.rows(), message=body.message, notify=body.notify, dry_run=body.dry_run
    )
    codes = [code_of(verdict.refusal) for verdict in verdicts]
    answer = BatchView.of(verdicts, emails=body.emails, codes=codes, seen_by=snapshot)
    return repository.commit(changes, basis, answer=answer)


lambda_handler = api.handler

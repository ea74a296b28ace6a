"""Seats of an account: billing sets them, administrators ask for more or give some back, staff decide (rule 27)."""

from http import HTTPStatus
from typing import Annotated

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import OperatorOrHostCaller, PersonCaller
from shared.api.parsing import Unchanged
from shared.domain.commands import seats
from shared.domain.model.fields import OptionalMessage
from shared.domain.model.seat_requests import RequestKind
from shared.settings import settings
from shared.views.accounts import AccountView
from shared.views.seat_requests import SeatRequestView

api = Api()
repository = open_repository()

Seats = Annotated[int, Field(ge=0, le=1_000_000)]

_AT_ONCE = settings().seat_purchases == "at_once"


class SeatLimits(Body):
    """Absolute numbers; `purchased` null is no limit, and a missing `granted` leaves that number as it is."""

    purchased: Seats | None
    granted: Annotated[Seats, Unchanged]


class NewSeatRequest(Body):
    kind: RequestKind
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    reason: OptionalMessage = None


@api.route("PUT /v1/operator/accounts/{account_id}/seats")
def set_seats(staff: OperatorOrHostCaller, account_id: str, body: SeatLimits) -> AccountView:
    """Set the seats of an account, also below what is in use."""
    snapshot = repository.load(account_id, staff)
    changes = seats.set_seats(snapshot, purchased=body.purchased, granted=body.granted)
    return repository.commit(changes, snapshot, answer=AccountView.of(changes.account_after(snapshot.account)))


@api.route("POST /v1/accounts/{account_id}/seats/requests", status=HTTPStatus.CREATED)
def request_seats(caller: PersonCaller, account_id: str, body: NewSeatRequest) -> SeatRequestView:
    """Ask for more seats, or give purchased ones back."""
    snapshot = repository.load(account_id, caller)
    changes = seats.request_seats(snapshot, **body.model_dump(), purchases_at_once=_AT_ONCE)
    return repository.commit(changes, snapshot, answer=SeatRequestView.of(changes.seat_request_after))


@api.route("POST /v1/operator/accounts/{account_id}/seats/requests/{request_id}/approve")
def approve(staff: OperatorOrHostCaller, account_id: str, request_id: str) -> SeatRequestView:
    """Approve a request that waits; its seats can be used at once."""
    snapshot = repository.load(account_id, staff, seat_request_id=request_id)
    changes = seats.decide(snapshot, request_id, approve=True)
    return repository.commit(changes, snapshot, answer=SeatRequestView.of(changes.seat_request_after))


@api.route("POST /v1/operator/accounts/{account_id}/seats/requests/{request_id}/deny")
def deny(staff: OperatorOrHostCaller, account_id: str, request_id: str) -> SeatRequestView:
    """Deny a request that waits."""
    snapshot = repository.load(account_id, staff, seat_request_id=request_id)
    changes = seats.decide(snapshot, request_id, approve=False)
    return repository.commit(changes, snapshot, answer=SeatRequestView.of(changes.seat_request_after))


lambda_handler = api.handler

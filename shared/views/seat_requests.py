"""Requests for seats."""

from shared.domain.model import seat_requests
from shared.domain.model.seat_requests import RequestKind, RequestStatus
from shared.domain.model.values import Moment
from shared.views.view import View


class SeatRequestView(View):
    """`requested_by` and `decided_by` name users by user_id, staff as `operator:...` or `host:...`."""

    request_id: str
    kind: RequestKind
    quantity: int
    reason: str | None
    status: RequestStatus
    requested_by: str
    requested_at: Moment
    decided_by: str | None
    decided_at: Moment | None

    @classmethod
    def of(cls, request: seat_requests.SeatRequest) -> "SeatRequestView":
        """Return the view of one request."""
        return cls.model_validate(request)


class SeatRequestPage(View):
    data: list[SeatRequestView]
    next_cursor: str | None

"""Requests of administrators for more seats, or fewer (rule 27)."""

from typing import Literal

from shared.domain.model.values import Model, Moment

RequestKind = Literal["purchase", "complimentary", "return"]
RequestStatus = Literal["pending", "approved", "denied"]


class SeatRequest(Model):
    """What an administrator asked for, and what became of it. `request_id` sorts by time."""

    account_id: str
    request_id: str
    kind: RequestKind
    quantity: int
    reason: str | None = None
    status: RequestStatus
    requested_by: str
    requested_at: Moment
    decided_by: str | None = None
    decided_at: Moment | None = None

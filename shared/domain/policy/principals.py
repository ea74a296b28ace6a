"""Who calls, as the verified token says, and the request that they make."""

from datetime import timedelta
from typing import NamedTuple, Protocol

REMEMBERED_FOR = timedelta(hours=24)  # A request under an Idempotency-Key.
TAKEN_OVER = "taken-over"  # the user pool's group that is joined when a mailbox's owner takes an identity over


class Person(NamedTuple):
    """Someone who signed in: `address` is canonical, `sub` the Cognito user whose token it is.

    `after_takeover`: the session began after the mailbox's owner had taken the identity over. `signed_in_at` is when it
    began, in whole seconds since 1970, and `session` its id, the same after each renewal of its tokens.
    """

    address: str
    sub: str
    after_takeover: bool = False
    signed_in_at: int = 0
    session: str = ""


class Operator(NamedTuple):
    """A person who acts as staff of the host product."""

    address: str
    sub: str
    after_takeover: bool = False
    signed_in_at: int = 0
    session: str = ""


class Host(NamedTuple):
    """The host product's back end, with credentials of its own."""

    client_id: str


Principal = Person | Operator | Host


class StoredResponse(NamedTuple):
    """What a successful request left under its idempotency key; `response` is None where answers are not stored."""

    fingerprint: str
    response: str | None


class IdempotencyKey(Protocol):
    """Names the record of a request, and decides what a repeated request gets."""

    @property
    def record_id(self) -> str:
        """Return the record's key."""

    @property
    def fingerprint(self) -> str:
        """Return a hash of the body, so that bodies can be compared without being stored."""

    def require_new(self, stored: StoredResponse) -> None:
        """Return only if the command is to make its answer again; raises what the request gets instead."""


class Request(NamedTuple):
    """One request; `operation_id` is its own id, which everything that it writes bears."""

    operation_id: str
    idempotency_key: IdempotencyKey | None = None

    @property
    def effect_id(self) -> str:
        """Return an id that is the same for each repeat of a request under an Idempotency-Key."""
        return self.idempotency_key.record_id if self.idempotency_key else self.operation_id


class Caller(NamedTuple):
    """A principal and their request."""

    principal: Principal
    request: Request

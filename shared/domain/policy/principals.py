"""Who calls, as the verified token tells it, and the request that they make."""

from typing import NamedTuple

from shared.domain.model import errors
from shared.domain.model.identities import Identity

OPERATORS = "operators"


class Repeated(Exception):
    """This request was answered before, under the same Idempotency-Key; `answer` is the JSON that was given then."""

    def __init__(self, answer: str) -> None:
        super().__init__("answered before")
        self.answer = answer


class IdempotencyKey(NamedTuple):
    """`digest` finds the record; `fingerprint` tells one body from another without keeping it."""

    digest: str
    fingerprint: str


class Request(NamedTuple):
    """One request; `operation` is its own id."""

    operation: str
    idempotency_key: IdempotencyKey | None = None


class Caller(NamedTuple):
    """`username` is the canonical address of whoever signed in, `sub` the Cognito user whose token it is."""

    username: str
    sub: str
    token_groups: frozenset[str]
    request: Request

    def require_operator(self) -> None:
        """Raises NotAllowed for everybody but staff."""
        if OPERATORS not in self.token_groups:
            raise errors.NotAllowed


def require_signed_in(caller: Caller, identity: Identity | None) -> Identity:
    """The caller's identity; raises Unauthorized for a token of one that was blocked, taken over or never known."""
    if identity is None or identity.blocked or identity.sub is None or identity.sub != caller.sub:
        raise errors.Unauthorized
    return identity

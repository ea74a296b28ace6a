"""Who calls, from the claims that the authorizer has verified. The type of a route's parameter says whom it admits."""

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from shared.domain.model import errors
from shared.domain.policy.principals import TAKEN_OVER, Caller, Host, Operator, Person, Principal

OPERATORS = "operators"  # The group of the user pool.
HOST_SCOPE = "usher/host"

Claims = dict[str, Any]


def claims_of(event: dict[str, Any]) -> Claims:
    """Return the verified claims of an access token; raises Unauthorized for an ID token."""
    claims: Claims = event["requestContext"]["authorizer"]["jwt"]["claims"]
    if claims.get("token_use") != "access":
        raise errors.Unauthorized
    return claims


def _person(claims: Claims) -> Person:
    if "username" not in claims:
        raise errors.NotAllowed
    return Person(
        claims["username"],
        claims["sub"],
        after_takeover=TAKEN_OVER in _groups(claims),
        signed_in_at=int(float(claims.get("auth_time", 0))),  # API Gateway writes numbers as text.
        session=claims.get("origin_jti", ""),
    )


def _operator(claims: Claims) -> Operator:
    person = _person(claims)
    if OPERATORS not in _groups(claims):
        raise errors.NotAllowed
    return Operator(*person)


def _groups(claims: Claims) -> list[str]:
    found: str = claims.get("cognito:groups", "")
    return found.strip("[]").split()


def _host(claims: Claims) -> Host:
    if HOST_SCOPE not in claims.get("scope", "").split():
        raise errors.NotAllowed
    return Host(claims["client_id"])


def _operator_or_host(claims: Claims) -> Operator | Host:
    return _host(claims) if HOST_SCOPE in claims.get("scope", "").split() else _operator(claims)


def _person_or_host(claims: Claims) -> Person | Host:
    return _host(claims) if HOST_SCOPE in claims.get("scope", "").split() else _person(claims)


class Admitted(NamedTuple):
    """Marks the type of a parameter; `principal_of` raises NotAllowed for a caller of another kind."""

    principal_of: Callable[[Claims], Principal]


PersonCaller = Annotated[Caller, Admitted(_person)]
OperatorCaller = Annotated[Caller, Admitted(_operator)]
OperatorOrHostCaller = Annotated[Caller, Admitted(_operator_or_host)]
PersonOrHostCaller = Annotated[Caller, Admitted(_person_or_host)]

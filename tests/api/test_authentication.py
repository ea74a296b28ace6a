from typing import Any

import pytest

from shared.api.authentication import OperatorCaller, OperatorOrHostCaller, PersonCaller, PersonOrHostCaller, claims_of
from shared.domain.model import errors
from shared.domain.policy.principals import Host, Operator, Person
from tests.factories import ACCOUNT, INVITE, USER
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call
from tests.invoke import SignedIn

LEE_CLAIMS = {"username": "lee@example.org", "sub": "sub-1"}
OLGA_CLAIMS = LEE_CLAIMS | {"cognito:groups": "[staff operators]"}
HOST_CLAIMS = {"client_id": "host-1", "sub": "host-1", "scope": "usher/host other/scope"}


def event(**claims: str) -> dict[str, Any]:
    return {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}


def principal_of(caller: Any, claims: dict[str, str]) -> object:
    """Return the principal that a route with a parameter of this type admits."""
    [admitted] = caller.__metadata__
    return admitted.principal_of(claims)


@pytest.mark.parametrize(
    ("caller", "claims", "expected"),
    [
        (PersonCaller, LEE_CLAIMS, Person("lee@example.org", "sub-1")),
        (PersonCaller, OLGA_CLAIMS, Person("lee@example.org", "sub-1")),
        (OperatorCaller, OLGA_CLAIMS, Operator("lee@example.org", "sub-1")),
        (PersonCaller, HOST_CLAIMS, errors.NotAllowed),
        (OperatorCaller, HOST_CLAIMS, errors.NotAllowed),
        (OperatorCaller, LEE_CLAIMS, errors.NotAllowed),
        (PersonOrHostCaller, HOST_CLAIMS, Host("host-1")),
        (PersonOrHostCaller, LEE_CLAIMS, Person("lee@example.org", "sub-1")),
        (OperatorOrHostCaller, HOST_CLAIMS, Host("host-1")),
        (OperatorOrHostCaller, OLGA_CLAIMS, Operator("lee@example.org", "sub-1")),
        (OperatorOrHostCaller, LEE_CLAIMS, errors.NotAllowed),
        (OperatorOrHostCaller, HOST_CLAIMS | {"scope": "usher/hosts xusher/host"}, errors.NotAllowed),
    ],
)
def test_a_route_admits_its_own_kind_of_principal(caller: object, claims: dict[str, str], expected: object) -> None:
    try:
        found: object = principal_of(caller, claims)
    except errors.Refusal as refusal:
        found = type(refusal)

    assert found == expected


@pytest.mark.parametrize("groups", ["", "[operator]", "[xoperators]", "[operators-of-something]", "[Operators]"])
def test_other_groups_make_no_operator(groups: str) -> None:
    with pytest.raises(errors.NotAllowed):
        principal_of(OperatorCaller, LEE_CLAIMS | {"cognito:groups": groups})


@pytest.mark.parametrize("claims", [{}, {"token_use": "id"}])
def test_only_access_tokens_have_claims(claims: dict[str, str]) -> None:
    with pytest.raises(errors.Unauthorized):
        claims_of(event(**LEE_CLAIMS, **claims))

    assert claims_of(event(**LEE_CLAIMS, token_use="access"))["sub"] == "sub-1"


@pytest.mark.parametrize("account_id", [ACCOUNT, "AB"])
def test_an_id_token_is_refused_before_ids_and_body_are_looked_at(account_id: str) -> None:
    ann = an_account()
    id_token = SignedIn(ann.address, ann.signed_in.sub, token_use="id")

    one_user = call(USER, caller=id_token, account_id=account_id, user_id="z" * 26)
    no_body = call(INVITE, caller=id_token, account_id=account_id, body={})

    assert [one_user.status, no_body.status] == [401, 401]

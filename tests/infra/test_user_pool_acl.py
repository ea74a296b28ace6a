"""The web ACL of the user pool lets the pages through, and nothing that goes round the product's rules."""

import re
from typing import Any

import pytest

from infra.catalog import CATALOG
from infra.paths import ROOT
from infra.user_pool_acl import CALLED_BY_PAGES, RENEWAL_OF_LIBRARIES, SERVICE
from tests.infra.templates import Templates

ADMINISTRATIVE = sorted({action for row in CATALOG for action in row.user_pool if action.startswith("Admin")})
FORBIDDEN = [
    "AssociateSoftwareToken",
    "ChangePassword",
    "ConfirmDevice",
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "DeleteUser",
    "DeleteUserAttributes",
    "ForgotPassword",
    "GetUserAttributeVerificationCode",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "SetUserMFAPreference",
    "SetUserSettings",
    "SignUp",
    "UpdateUserAttributes",
    "VerifySoftwareToken",
    "VerifyUserAttribute",
    "InitiateAuthDeleteUser",
    "xInitiateAuth",
]


def the_acl(prod: Templates) -> dict[str, Any]:
    [acl] = [acl for acl in prod.of_type("AWS::WAFv2::WebACL") if acl["Scope"] == "REGIONAL"]
    return acl


def is_allowed(acl: dict[str, Any], *, target: str = "", path: str = "/") -> bool:
    """Evaluate the rules in their order, as WAF does; rate limits are never reached."""
    for rule in sorted(acl["Rules"], key=lambda rule: int(rule["Priority"])):
        if matches(rule["Statement"], {"x-amz-target": target}, path):
            return "Allow" in rule["Action"]
    return "Allow" in acl["DefaultAction"]


def matches(statement: dict[str, Any], headers: dict[str, str], path: str) -> bool:
    """Return whether a request matches; a header that is not there matches no pattern."""
    match statement:
        case {"AndStatement": {"Statements": parts}}:
            return all(matches(part, headers, path) for part in parts)
        case {"NotStatement": {"Statement": part}}:
            return not matches(part, headers, path)
        case {"RegexMatchStatement": {"FieldToMatch": {"UriPath": _}, "RegexString": pattern}}:
            return re.search(pattern, path) is not None
        case {"RegexMatchStatement": {"FieldToMatch": {"SingleHeader": {"Name": name}}, "RegexString": pattern}}:
            return re.search(pattern, headers[name]) is not None
    return False


def test_acl_is_associated_with_the_pool(prod: Templates) -> None:
    [association] = prod.of_type("AWS::WAFv2::WebACLAssociation")

    assert association == {"ResourceArn": "usher-prod.Arn", "WebACLArn": "UserPoolAcl.Arn"}


def test_pages_call_what_the_acl_allows() -> None:
    sources = [
        file.read_text("utf-8") for file in (ROOT / "web").glob("*/**/*.ts*") if "node_modules" not in file.parts
    ]
    with_target = [source for source in sources if SERVICE in source]

    called = {action for source in with_target for action in re.findall(r'\bcall(?:<.*>)?\("(\w+)"', source)}

    assert len(with_target) == 1
    assert called == set(CALLED_BY_PAGES)


@pytest.mark.parametrize("action", [*CALLED_BY_PAGES, *RENEWAL_OF_LIBRARIES, *ADMINISTRATIVE])
def test_calls_of_the_product_pass(prod: Templates, action: str) -> None:
    assert is_allowed(the_acl(prod), target=f"{SERVICE}.{action}")


@pytest.mark.parametrize("action", FORBIDDEN)
def test_other_public_calls_are_blocked(prod: Templates, action: str) -> None:
    assert not is_allowed(the_acl(prod), target=f"{SERVICE}.{action}")


@pytest.mark.parametrize("target", ["", "InitiateAuth", "AWSCognitoIdentityService.InitiateAuth"])
def test_calls_without_a_known_target_are_blocked(prod: Templates, target: str) -> None:
    assert not is_allowed(the_acl(prod), target=target)


def test_keys_of_tokens_can_be_read(prod: Templates) -> None:
    assert is_allowed(the_acl(prod), path="/us-east-1_abc/.well-known/jwks.json")
    assert not is_allowed(the_acl(prod), path="/us-east-1_abc/.well-known/jwks.json/x")


@pytest.mark.parametrize("path", ["/us-east-1_abc/.well-known/jwks.json", "/oauth2/token"])
def test_no_operation_is_called_at_the_paths_that_are_open(prod: Templates, path: str) -> None:
    assert not is_allowed(the_acl(prod), target=f"{SERVICE}.DeleteUser", path=path)


def test_host_gets_its_tokens_and_nobody_signs_in_on_the_pools_own_pages(prod: Templates) -> None:
    assert is_allowed(the_acl(prod), path="/oauth2/token")
    for path in ("/oauth2/token/x", "/x/oauth2/token", "/oauth2/authorize", "/login", "/signup", "/forgotPassword"):
        assert not is_allowed(the_acl(prod), path=path)


def test_guessing_of_passwords_has_a_limit_per_address(prod: Templates) -> None:
    [rule] = [rule for rule in the_acl(prod)["Rules"] if "RateBasedStatement" in rule["Statement"]]

    assert "Block" in rule["Action"]
    assert rule["Priority"] == min(one["Priority"] for one in the_acl(prod)["Rules"])
    assert 0 < rule["Statement"]["RateBasedStatement"]["Limit"] <= 1_000

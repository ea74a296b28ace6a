from typing import Any

from tests.infra.templates import Templates


def test_pool_disables_sign_up_and_recovery(prod: Templates) -> None:
    pool = the_pool(prod)

    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["AccountRecoverySetting"]["RecoveryMechanisms"] == [{"Name": "admin_only", "Priority": 1}]


def test_username_is_the_address_without_alias(prod: Templates) -> None:
    pool = the_pool(prod)

    assert "AliasAttributes" not in pool
    assert "UsernameAttributes" not in pool
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}


def test_pool_has_the_plan_of_the_stage(prod: Templates) -> None:
    assert the_pool(prod)["UserPoolTier"] == "LITE"


def test_password_policy_is_that_of_the_domain(prod: Templates) -> None:
    policy = the_pool(prod)["Policies"]["PasswordPolicy"]

    assert policy == {
        "MinimumLength": 7,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": False,
        "RequireUppercase": True,
    }


def test_client_can_write_no_attribute(prod: Templates) -> None:
    client = the_client(prod, secret=False)
    mutable = {attribute["Name"]: attribute["Mutable"] for attribute in the_pool(prod)["Schema"]}

    assert mutable == {"usher": True, "fixed": False}
    assert client["WriteAttributes"] == ["custom:fixed"]


def test_web_client_uses_password_flow_and_15_minute_tokens(prod: Templates) -> None:
    client = the_client(prod, secret=False)

    assert sorted(client["ExplicitAuthFlows"]) == ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]
    assert client["AccessTokenValidity"] == 15
    assert client["TokenValidityUnits"]["AccessToken"] == "minutes"
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["GenerateSecret"] is False
    assert client.get("AllowedOAuthFlowsUserPoolClient", False) is False


def test_host_client_gets_tokens_for_its_scope_and_signs_nobody_in(prod: Templates) -> None:
    client = the_client(prod, secret=True)

    assert client["AllowedOAuthFlows"] == ["client_credentials"]
    assert (client["AccessTokenValidity"], client["TokenValidityUnits"]["AccessToken"]) == (60, "minutes")
    assert client["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
    assert [str(scope).endswith("/host") for scope in client["AllowedOAuthScopes"]] == [True]
    [server] = prod.of_type("AWS::Cognito::UserPoolResourceServer")
    assert (server["Identifier"], [scope["ScopeName"] for scope in server["Scopes"]]) == ("usher", ["host"])


def test_api_takes_tokens_of_both_clients(prod: Templates) -> None:
    [authorizer] = prod.of_type("AWS::ApiGatewayV2::Authorizer")

    assert len(authorizer["JwtConfiguration"]["Audience"]) == 2


def test_pool_has_the_groups_of_operators_and_of_identities_taken_over(prod: Templates) -> None:
    assert [group["GroupName"] for group in prod.of_type("AWS::Cognito::UserPoolGroup")] == ["operators", "taken-over"]


def the_client(prod: Templates, *, secret: bool) -> dict[str, Any]:
    [client] = [each for each in prod.of_type("AWS::Cognito::UserPoolClient") if each["GenerateSecret"] is secret]
    return client


def the_pool(prod: Templates) -> dict[str, Any]:
    [pool] = prod.of_type("AWS::Cognito::UserPool")
    return pool

from typing import Any

from tests.infra.synthesised import Synthesised


def test_nobody_signs_up_or_recovers_a_password_past_the_product(prod: Synthesised) -> None:
    pool = the_pool(prod)

    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["AccountRecoverySetting"]["RecoveryMechanisms"] == [{"Name": "admin_only", "Priority": 1}]


def test_the_name_of_a_user_is_the_address_and_has_no_alias(prod: Synthesised) -> None:
    pool = the_pool(prod)

    assert "AliasAttributes" not in pool
    assert "UsernameAttributes" not in pool
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}


def test_a_password_has_seven_characters_of_three_kinds(prod: Synthesised) -> None:
    policy = the_pool(prod)["Policies"]["PasswordPolicy"]

    assert policy == {
        "MinimumLength": 7,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": False,
        "RequireUppercase": True,
    }


def test_no_client_can_write_any_attribute(prod: Synthesised) -> None:
    [client] = prod.of_type("AWS::Cognito::UserPoolClient")
    mutable = {attribute["Name"]: attribute["Mutable"] for attribute in the_pool(prod)["Schema"]}

    assert mutable == {"usher": True, "fixed": False}
    assert client["WriteAttributes"] == ["custom:fixed"]


def test_the_web_client_signs_in_by_password_for_a_quarter_of_an_hour(prod: Synthesised) -> None:
    [client] = prod.of_type("AWS::Cognito::UserPoolClient")

    assert sorted(client["ExplicitAuthFlows"]) == ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]
    assert client["AccessTokenValidity"] == 15
    assert client["TokenValidityUnits"]["AccessToken"] == "minutes"
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["GenerateSecret"] is False
    assert client.get("AllowedOAuthFlowsUserPoolClient", False) is False


def test_operators_are_a_group(prod: Synthesised) -> None:
    assert [group["GroupName"] for group in prod.of_type("AWS::Cognito::UserPoolGroup")] == ["operators"]


def the_pool(prod: Synthesised) -> dict[str, Any]:
    [pool] = prod.of_type("AWS::Cognito::UserPool")
    return pool

"""No action of the user pool's own public API gets round the product's rules."""

import base64
import json
from typing import Any

import pytest

from tests.factories import PASSWORD
from tests.journeys.api import ApiClient
from tests.journeys.people import ANOTHER_PASSWORD, Member, People, an_address


@pytest.fixture(scope="module")
def lee(people: People) -> Member:
    return people.a_user(people.an_account())


def test_nobody_signs_up(api: ApiClient) -> None:
    address = an_address("mallory")
    attributes = [{"Name": "email", "Value": address}]

    refused = api.cognito(
        "SignUp", ClientId=api.client_id, Username=address, Password=PASSWORD, UserAttributes=attributes
    )

    assert (refused.status, refused.code) == (400, "NotAuthorizedException")
    assert api.try_sign_in(address, PASSWORD).status == 400


def test_nobody_confirms_themselves(api: ApiClient, lee: Member) -> None:
    refused = api.cognito("ConfirmSignUp", ClientId=api.client_id, Username=lee.address, ConfirmationCode="123456")

    assert refused.status == 400
    assert api.try_sign_in(lee.address, PASSWORD).status == 200


def test_a_password_is_not_recovered_behind_our_back(api: ApiClient, lee: Member) -> None:
    asked = api.cognito("ForgotPassword", ClientId=api.client_id, Username=lee.address)
    guessed = api.cognito(
        "ConfirmForgotPassword",
        ClientId=api.client_id,
        Username=lee.address,
        ConfirmationCode="123456",
        Password=ANOTHER_PASSWORD,
    )

    assert asked.status == 400
    assert guessed.status == 400
    assert api.try_sign_in(lee.address, ANOTHER_PASSWORD).status == 400


@pytest.mark.parametrize("name", ["email", "email_verified", "custom:usher", "name"])
def test_nobody_writes_their_own_attributes(api: ApiClient, lee: Member, name: str) -> None:
    attributes = [{"Name": name, "Value": "true"}]

    refused = api.cognito("UpdateUserAttributes", AccessToken=lee.token, UserAttributes=attributes)

    assert (refused.status, refused.code) == (400, "NotAuthorizedException")


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "USER_SRP_AUTH", "CUSTOM_AUTH"])
def test_other_ways_to_sign_in_are_closed(api: ApiClient, lee: Member, flow: str) -> None:
    parameters = {"USERNAME": lee.address, "PASSWORD": PASSWORD, "SRP_A": "AB"}

    answer = api.cognito("InitiateAuth", ClientId=api.client_id, AuthFlow=flow, AuthParameters=parameters)

    assert answer.status == 400, answer.text


@pytest.mark.parametrize(
    ("action", "parameters"),
    [
        ("AdminInitiateAuth", {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": {}}),
        ("AdminSetUserPassword", {"Password": ANOTHER_PASSWORD, "Permanent": True}),
        ("AdminCreateUser", {}),
        ("AdminDeleteUser", {}),
        ("AdminAddUserToGroup", {"GroupName": "operators"}),
        ("AdminUpdateUserAttributes", {"UserAttributes": [{"Name": "email_verified", "Value": "true"}]}),
        ("ListUsers", {}),
    ],
)
def test_what_administrators_of_the_pool_do_needs_a_signature(
    people: People, lee: Member, action: str, parameters: dict[str, Any]
) -> None:
    pool = people.pool_id
    known = {"UserPoolId": pool, "ClientId": people.api.client_id, "Username": lee.address}

    refused = people.api.cognito(action, **known, **parameters)

    assert refused.status in {400, 403}, refused.text
    assert people.api.try_sign_in(lee.address, PASSWORD).status == 200


def test_a_challenge_that_was_never_set_is_not_answered(api: ApiClient, lee: Member) -> None:
    for challenge in ("NEW_PASSWORD_REQUIRED", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE", "MFA_SETUP"):
        answers = {"USERNAME": lee.address, "NEW_PASSWORD": ANOTHER_PASSWORD, "ANSWER": "1"}

        answer = api.cognito(
            "RespondToAuthChallenge",
            ClientId=api.client_id,
            ChallengeName=challenge,
            Session="x" * 40,
            ChallengeResponses=answers,
        )

        assert answer.status == 400, (challenge, answer.text)
    assert api.try_sign_in(lee.address, ANOTHER_PASSWORD).status == 400


def test_an_unknown_address_is_refused_like_a_wrong_password(api: ApiClient, lee: Member) -> None:
    wrong = api.try_sign_in(lee.address, ANOTHER_PASSWORD)
    unknown = api.try_sign_in(an_address("nobody"), ANOTHER_PASSWORD)

    assert (wrong.status, wrong.code) == (unknown.status, unknown.code)


def test_an_id_token_opens_nothing(api: ApiClient, lee: Member) -> None:
    tokens = api.sign_in(lee.address, PASSWORD)

    refused = api.get("/v1/me", token=tokens["IdToken"])

    assert (refused.status, refused.code) == (401, "unauthorized")
    assert api.get("/v1/me", token=tokens["AccessToken"]).status == 200


def test_a_tampered_token_opens_nothing(api: ApiClient, lee: Member) -> None:
    head, claims, signature = lee.token.split(".")
    made = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    operator = _encoded(made | {"cognito:groups": ["operators"]})
    unsigned = _encoded({"alg": "none", "typ": "JWT"})

    tampered = [f"{head}.{operator}.{signature}", f"{unsigned}.{operator}.", f"{head}.{claims}.{signature[::-1]}", ""]

    assert [api.get("/v1/me", token=token).status for token in tampered] == [401] * len(tampered)


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

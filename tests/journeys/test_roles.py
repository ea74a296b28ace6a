"""A function can do what its row of the catalogue grants, and nothing else: the same roles that are made on AWS."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.journeys.emulator import Emulator
from tests.journeys.stack import LocalStack

Client = Callable[[str], Any]


def _as_function(emulator: Emulator, name: str) -> Client:
    """Clients with the credentials that a function's role gives."""
    told = emulator.client("lambda").get_function_configuration(FunctionName=name)
    given = emulator.client("sts").assume_role(RoleArn=told["Role"], RoleSessionName="journey")["Credentials"]
    credentials = {
        "aws_access_key_id": given["AccessKeyId"],
        "aws_secret_access_key": given["SecretAccessKey"],
        "aws_session_token": given["SessionToken"],
    }
    return partial(emulator.client_of, credentials)


def test_the_public_function_reads_named_items_and_nothing_else(emulator: Emulator, stack: LocalStack) -> None:
    client = _as_function(emulator, stack.told["resources"]["functions"]["preview"])
    directory, journal = emulator.table("directory"), emulator.table("journal")
    account = {"pk": {"S": stack.told["account_id"]}, "sk": {"S": "account"}}

    found = client("dynamodb").batch_get_item(RequestItems={directory: {"Keys": [account]}})

    assert found["Responses"][directory]
    _require_denied(lambda: client("dynamodb").scan(TableName=directory))
    _require_denied(lambda: client("dynamodb").delete_item(TableName=directory, Key=account))
    _require_denied(lambda: client("dynamodb").put_item(TableName=journal, Item=account))
    _require_denied(lambda: client("cognito-idp").list_users(UserPoolId=stack.environment["USER_POOL_ID"]))


@pytest.mark.parametrize("name", ["preview", "accept", "join", "invite"])
def test_only_the_mailer_makes_links(emulator: Emulator, stack: LocalStack, name: str) -> None:
    kms = _as_function(emulator, stack.told["resources"]["functions"][name])("kms")

    _require_denied(lambda: _sign(kms, stack.first_key("invitation_mailed")))
    _require_denied(lambda: _sign(kms, stack.first_key("invitation_copied")))


def test_the_mailer_makes_mailed_links_only(emulator: Emulator, stack: LocalStack) -> None:
    kms = _as_function(emulator, stack.told["resources"]["functions"]["send_mail"])("kms")

    assert _sign(kms, stack.first_key("invitation_mailed"))["Mac"]
    _require_denied(lambda: _sign(kms, stack.first_key("invitation_copied")))


def _sign(kms: Any, key: str) -> Any:
    return kms.generate_mac(KeyId=key, MacAlgorithm="HMAC_SHA_256", Message=b"v1.ab123.a.1.mailed")


def _require_denied(request: Callable[[], Any]) -> None:
    with pytest.raises(ClientError) as refused:
        request()
    assert "AccessDenied" in refused.value.response["Error"]["Code"]

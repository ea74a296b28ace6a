"""Create an operator: `make operator STAGE=dev EMAIL=olga@example.org FIRST_NAME=Olga LAST_NAME=Lind`.

Asks for a password. An operator is a user in the pool's group of operators, with an identity item.
"""

import argparse
import getpass
import os
from contextlib import suppress

import boto3

from infra.stages import Local, Stage, stage_named
from shared.adapters import clients
from shared.adapters.dynamodb.codec import to_item
from shared.api.authentication import OPERATORS
from shared.clock import utc_now
from shared.domain.model.addresses import canonical
from shared.domain.model.identities import Identity
from shared.domain.model.ids import Ids
from shared.settings import settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("stage", "email", "first-name", "last-name"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    _load_environment(stage_named(arguments.stage, Local()))
    enroll(
        arguments.email, getpass.getpass("Password: "), first_name=arguments.first_name, last_name=arguments.last_name
    )
    print(f"{arguments.email} is an operator of {arguments.stage}.")


def enroll(address: str, password: str, *, first_name: str, last_name: str) -> str:
    """Create an operator and return the `sub`. An existing user keeps password and identity."""
    cognito, pool, address = clients.client("cognito-idp"), settings().user_pool_id, canonical(address)
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=address,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}],
        )
    found = cognito.admin_get_user(UserPoolId=pool, Username=address)
    if found["UserStatus"] == "FORCE_CHANGE_PASSWORD":
        cognito.admin_set_user_password(UserPoolId=pool, Username=address, Password=password, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=address, GroupName=OPERATORS)
    sub = next(str(attribute["Value"]) for attribute in found["UserAttributes"] if attribute["Name"] == "sub")
    identity = Identity(
        identity_id=Ids(settings().pepper).identity_id(address),
        address=address,
        sub=sub,
        proven=True,
        first_name=first_name,
        last_name=last_name,
        created_at=utc_now(),
    )
    row = {"pk": identity.identity_id} | identity.model_dump(mode="json", exclude={"accounts"}, exclude_none=True)
    dynamodb = clients.client("dynamodb")
    with suppress(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.put_item(
            TableName=settings().identities_table,
            Item=to_item(row),
            ConditionExpression="attribute_not_exists(#sub)",
            ExpressionAttributeNames={"#sub": "sub"},
        )
    return sub


def _load_environment(stage: Stage) -> None:
    """Set the environment of a function of that stage, which the adapters read."""
    os.environ.update(AWS_REGION=stage.region, AWS_DEFAULT_REGION=stage.region)
    functions = boto3.client("lambda", region_name=stage.region)
    configuration = functions.get_function_configuration(FunctionName=stage.named("accept"))
    variables = configuration["Environment"]["Variables"]
    os.environ.update(
        {name: value for name, value in variables.items() if name != "AWS_CA_BUNDLE"}
    )  # a file of the layer


if __name__ == "__main__":
    main()

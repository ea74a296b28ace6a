"""Create an operator: `make operator STAGE=dev EMAIL=olga@example.org FIRST_NAME=Olga LAST_NAME=Lind`.

Asks for a password. An operator is a user in the pool's group of operators, with an identity item.
"""

import argparse
import getpass
import os
import sys
from contextlib import suppress

import boto3

from infra.doctor import require_account_of
from infra.stages import Local, Stage, stage_named
from shared.adapters import clients
from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.item_batch import read_of_addresses
from shared.adapters.dynamodb.keys import Keys
from shared.api.authentication import OPERATORS
from shared.clock import utc_now
from shared.domain.model.addresses import canonical
from shared.domain.model.identities import Identity
from shared.settings import settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("stage", "email", "first-name", "last-name"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    stage = stage_named(arguments.stage, Local())
    require_account_of(stage)
    _load_environment(stage)
    names = {"first_name": arguments.first_name, "last_name": arguments.last_name}
    try:
        enroll(arguments.email, getpass.getpass("Password: "), **names)
    except NotProvenError:
        sys.exit(
            f"{arguments.email} has an ID that is blocked, or whose owner has not shown that they read the mailbox: "
            "another person may know its password. Invite them to an account, let them open the link in the email, "
            "and run this command again."
        )
    except ChangedMeanwhileError:
        sys.exit(f"{arguments.email} has just got an ID, or was erased. Run this command again.")
    print(f"{arguments.email} is an operator of {arguments.stage}.")


class NotProvenError(Exception):
    """The address has an ID, and nobody has shown yet that they read its mailbox."""


class ChangedMeanwhileError(Exception):
    """An ID was made of the address, or its person was erased, at the same moment."""


def enroll(address: str, password: str, *, first_name: str, last_name: str) -> str:
    """Create an operator and return the `sub`. A person who has proven the mailbox keeps password and identity.

    Raises ChangedMeanwhileError; and NotProvenError for an ID that was made through a copied link, or is blocked: its
    password may be a stranger's (rule 15). A sign-in that belongs to no ID gets this password, and its sessions end.
    """
    address, dynamodb = canonical(address), clients.client("dynamodb")
    keys, read = read_of_addresses(dynamodb, Keys(settings()), [address], lambda keys: [keys.identity(address)])
    known = read.identity(address)
    if known and known.sub and (known.blocked or not known.proven):
        raise NotProvenError
    sub = _sign_in_of_operator(address, password, known=known)
    identity = Identity(
        identity_id=keys.ids.identity_id(address),
        address=address,
        sub=sub,
        proven=True,
        first_name=first_name,
        last_name=last_name,
        created_at=utc_now(),
    )
    if known is None or known.sub is None:
        _store_identity(identity)
    return sub


def _sign_in_of_operator(address: str, password: str, *, known: Identity | None) -> str:
    """Make the address's user in the pool an operator, and return the `sub`.

    A user who is new, or is not that of the identity, gets the password, and has no session.
    """
    cognito, pool = clients.client("cognito-idp"), settings().user_pool_id
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=address,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}],
        )
    found = cognito.admin_get_user(UserPoolId=pool, Username=address)
    sub = next(str(attribute["Value"]) for attribute in found["UserAttributes"] if attribute["Name"] == "sub")
    if known is None or known.sub != sub:
        cognito.admin_set_user_password(UserPoolId=pool, Username=address, Password=password, Permanent=True)
        cognito.admin_user_global_sign_out(UserPoolId=pool, Username=address)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=address, GroupName=OPERATORS)
    return sub


def _store_identity(identity: Identity) -> None:
    """Store the identity; what else is known of the address stays.

    Raises ChangedMeanwhileError where someone has just made an ID of the address, or it was erased.
    """
    dynamodb = clients.client("dynamodb")
    values = identity.model_dump(mode="json", exclude={"accounts"}, exclude_none=True)
    try:
        dynamodb.update_item(
            TableName=settings().identities_table,
            Key=to_item({"pk": identity.identity_id}),
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ConditionExpression="attribute_not_exists(#sub) AND attribute_not_exists(erased_at)",
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues=to_item({f":{name}": value for name, value in values.items()}),
        )
    except dynamodb.exceptions.ConditionalCheckFailedException as error:
        raise ChangedMeanwhileError from error


def _load_environment(stage: Stage) -> None:
    """Set the environment of a function of that stage, which the adapters read."""
    os.environ.update(AWS_REGION=stage.region, AWS_DEFAULT_REGION=stage.region)
    functions = boto3.client("lambda", region_name=stage.region)
    configuration = functions.get_function_configuration(FunctionName=stage.named("accept"))
    variables = configuration["Environment"]["Variables"]
    # The bundle of certificates is a file of the layer.
    os.environ.update({name: value for name, value in variables.items() if name != "AWS_CA_BUNDLE"})


if __name__ == "__main__":
    main()

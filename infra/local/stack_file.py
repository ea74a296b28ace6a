"""The file stack.json, which describes a local stack, and the environment of its functions."""

import json
import os
from typing import Any

import boto3

from infra.catalog import CATALOG
from infra.local.config import Config
from infra.local.deployment import Outputs
from infra.local.seed import ACCOUNT_ID, ADMIN, OPERATOR, SeededPerson
from infra.stage_settings import stage_settings
from infra.stages import local_stage
from shared.storage_schema import TABLES


def function_environment(config: Config, outputs: Outputs) -> dict[str, str]:
    """Return every variable that `shared.settings` reads."""
    stage = local_stage(config.ports)
    return {
        **stage_settings(stage, console_url=outputs["ConsoleUrl"]),
        "PEPPER": stage.pepper or "",
        **{table.environment: stage.named(table.name) for table in TABLES},
        "USER_POOL_ID": outputs["UserPoolId"],
        "USER_POOL_CLIENT_ID": outputs["UserPoolClientId"],
        "INVITATION_MAILED_KEYS": outputs["InvitationMailedKeys"],
        "INVITATION_COPIED_KEYS": outputs["InvitationCopiedKeys"],
        "RECOVERY_KEYS": outputs["RecoveryKeys"],
        "SENDER": stage.sender,
        "CONFIGURATION_SET": stage.named(),
        "EVENT_BUS": stage.named(),
        "LOGOS_BUCKET": outputs["LogosBucket"],
    }


def describe(config: Config, outputs: Outputs) -> dict[str, Any]:
    """Return the content of stack.json."""
    stage = local_stage(config.ports)
    aws = config.aws_environment
    return {
        "process": os.getpid(),  # where it does not live, this file was left behind
        "api_url": f"{config.endpoint}/_aws/execute-api/{outputs['ApiId']}",
        "console_url": outputs["ConsoleUrl"],
        "mailbox_url": config.mailbox_url,
        "aws_endpoint_url": config.endpoint,
        "region": aws["AWS_REGION"],
        "aws_access_key_id": aws["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": aws["AWS_SECRET_ACCESS_KEY"],
        "user_pool_id": outputs["UserPoolId"],
        "user_pool_client_id": outputs["UserPoolClientId"],
        "host": _host_credentials(config, outputs),
        "operator": _credentials(OPERATOR),
        "account_id": ACCOUNT_ID,
        "admin": _credentials(ADMIN),
        "resources": {
            "tables": {table.name: stage.named(table.name) for table in TABLES},
            "functions": {row.name: stage.named(row.name) for row in CATALOG},
            "environment": function_environment(config, outputs),
        },
    }


def write_stack_file(config: Config, outputs: Outputs) -> None:
    """Write atomically, since other programs wait for the file."""
    draft = config.stack_file.with_suffix(".draft")
    draft.write_text(json.dumps(describe(config, outputs), indent=2) + "\n")
    draft.replace(config.stack_file)


def _host_credentials(config: Config, outputs: Outputs) -> dict[str, str]:
    """Return the credentials with which the host product's back end gets access tokens."""
    client_id = outputs["HostClientId"]
    cognito = boto3.client("cognito-idp")
    client = cognito.describe_user_pool_client(UserPoolId=outputs["UserPoolId"], ClientId=client_id)
    secret = client["UserPoolClient"]["ClientSecret"]
    return {"client_id": client_id, "client_secret": secret, "token_url": f"{config.endpoint}/oauth2/token"}


def _credentials(person: SeededPerson) -> dict[str, str]:
    return {"email": person.email, "password": person.password}

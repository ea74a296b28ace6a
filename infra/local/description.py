"""What a local stack tells of itself: its file for whoever talks to it, and the environment of its functions."""

import json
from typing import Any

from infra.catalog import CATALOG
from infra.local.deployment import Outputs
from infra.local.place import Place
from infra.local.seed import ACCOUNT_ID, ADMIN, OPERATOR, Person
from infra.stages import local_stage
from shared.storage_schema import TABLES


def function_environment(place: Place, outputs: Outputs) -> dict[str, str]:
    """All that `shared.settings` may read, as if one function were given everything."""
    stage = local_stage(place.ports)
    return {
        "STAGE": stage.name,
        "PRODUCT_NAME": stage.product_name,
        "CONSOLE_URL": outputs["ConsoleUrl"],
        "HELP_URL": stage.help_url,
        "TERMS_VERSION": stage.terms_version,
        "PEPPER": stage.pepper or "",
        **{table.environment: stage.named(table.name) for table in TABLES},
        "USER_POOL_ID": outputs["UserPoolId"],
        "USER_POOL_CLIENT_ID": outputs["UserPoolClientId"],
        "MAILED_LINK_KEY": outputs["MailedLinkKey"],
        "COPIED_LINK_KEY": outputs["CopiedLinkKey"],
        "SENDER": stage.sender,
        "CONFIGURATION_SET": stage.named(),
        "EVENT_BUS": stage.named(),
        "LOGOS_BUCKET": outputs["LogosBucket"],
    }


def describe(place: Place, outputs: Outputs) -> dict[str, Any]:
    """The content of stack.json."""
    stage = local_stage(place.ports)
    aws = place.aws_environment
    return {
        "api_url": f"{place.endpoint}/_aws/execute-api/{outputs['ApiId']}",
        "console_url": outputs["ConsoleUrl"],
        "mailbox_url": place.mailbox_url,
        "aws_endpoint_url": place.endpoint,
        "region": aws["AWS_REGION"],
        "aws_access_key_id": aws["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": aws["AWS_SECRET_ACCESS_KEY"],
        "user_pool_id": outputs["UserPoolId"],
        "user_pool_client_id": outputs["UserPoolClientId"],
        "operator": _credentials(OPERATOR),
        "account_id": ACCOUNT_ID,
        "admin": _credentials(ADMIN),
        "resources": {
            "tables": {table.name: stage.named(table.name) for table in TABLES},
            "functions": {row.name: stage.named(row.name) for row in CATALOG},
            "environment": function_environment(place, outputs),
        },
    }


def write_stack_file(place: Place, outputs: Outputs) -> None:
    """Whole or not at all, since others wait for it to appear."""
    draft = place.stack_file.with_suffix(".draft")
    draft.write_text(json.dumps(describe(place, outputs), indent=2) + "\n")
    draft.replace(place.stack_file)


def _credentials(person: Person) -> dict[str, str]:
    return {"email": person.email, "password": person.password}

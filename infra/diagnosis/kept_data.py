"""Check that no deployment makes a second user pool or pepper beside one that a deleted stack left over."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from infra.diagnosis.findings import Check, Deployment, Finding, fault, is_missing, ok
from infra.stages import Stage

USER_POOL = "AWS::Cognito::UserPool"
SECRET = "AWS::SecretsManager::Secret"  # noqa: S105 (the name of a type)
CURE = 'import it into its stack, or delete it: "To end a stage that keeps its data" in docs/operations.md'


def kept_data(deployment: Deployment) -> Iterator[Finding]:
    """Check for what CloudFormation would make again without an error, since its name cannot be taken.

    With another user pool nobody can sign in, and with another pepper nobody is found.
    """
    stage = deployment.stage
    if not stage.keeps_data:
        return
    left: list[Finding] = []
    if USER_POOL not in _types_in(deployment, "identity"):
        left += [_left(f"user pool {pool}", stage.named("identity")) for pool in _user_pools(deployment)]
    if stage.pepper is None and SECRET not in _types_in(deployment, "data"):
        left += [_left(f"pepper {name}", stage.named("data")) for name in _peppers(deployment)]
    yield from left or [ok("no user pool or pepper is left over from a stack that was deleted")]


def _left(what: str, stack: str) -> Finding:
    return fault(f"{what} is left over from a stack: a deployment of {stack} would make another beside it", CURE)


def _types_in(deployment: Deployment, part: str) -> set[str]:
    """Return the types of the resources of a stack, empty if there is none."""
    cloudformation = deployment.client_of("cloudformation")
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=deployment.stage.named(part))
    try:
        resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    except ClientError as error:
        if is_missing(error):
            return set()
        raise
    gone = ("DELETE_COMPLETE", "DELETE_SKIPPED")
    return {resource["ResourceType"] for resource in resources if resource["ResourceStatus"] not in gone}


def _user_pools(deployment: Deployment) -> list[str]:
    """Return the ids of the user pools that bear the stage's name."""
    pages = deployment.client_of("cognito-idp").get_paginator("list_user_pools").paginate(MaxResults=60)
    return [pool["Id"] for page in pages for pool in page["UserPools"] if pool["Name"] == deployment.stage.named()]


def _peppers(deployment: Deployment) -> list[str]:
    """Return the names of the secrets that bear the stage's tags, but for those whose deletion is planned."""
    filters = [{"Key": "tag-key", "Values": ["stage"]}, {"Key": "tag-value", "Values": [deployment.stage.name]}]
    pages = deployment.client_of("secretsmanager").get_paginator("list_secrets").paginate(Filters=filters)
    secrets = [secret for page in pages for secret in page["SecretList"]]
    return [secret["Name"] for secret in secrets if _tags(secret).items() >= _tags_of(deployment.stage).items()]


def _tags(resource: dict[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in resource.get("Tags", [])}


def _tags_of(stage: Stage) -> dict[str, str]:
    return {"product": "usher", "stage": stage.name}


CHECKS: tuple[Check, ...] = (("Kept data", kept_data),)

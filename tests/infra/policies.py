"""Evaluate a role's policy as IAM would, and derive the rights that a call needs."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from shared.settings import settings
from tests import aws_fixture
from tests.aws_recorder import Exchange
from tests.infra.stages import PROD
from tests.infra.templates import Templates
from tests.proofs.dynamodb_access import accesses

Right = tuple[str, str]  # action, resource as `Templates` reads it

_MEMBERS = {"Effect", "Action", "Resource", "Sid", "Condition"}
FROM_THE_SENDER = {"StringEquals": {"ses:FromAddress": PROD.sender}}


class Policy:
    """The statements of one role. Fails on denials, and on conditions but that on the sender."""

    def __init__(self, templates: Templates, function: str) -> None:
        [role] = [
            role
            for role in templates.of_type("AWS::IAM::Role")
            if role.get("Description") == f"Rights of usher-{templates.stage}-{function}"
        ]
        assert "ManagedPolicyArns" not in role
        [policy] = role["Policies"]
        self._statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
        for statement in self._statements:
            assert statement["Effect"] == "Allow"
            assert set(statement) <= _MEMBERS, statement
            assert statement.get("Condition") in (None, FROM_THE_SENDER), statement

    @property
    def rights(self) -> set[Right]:
        """Return every pair of action and resource that is granted."""
        return {
            (action, resource)
            for statement in self._statements
            for action in _as_list(statement["Action"])
            for resource in _as_list(statement["Resource"])
        }

    def allows(self, right: Right) -> bool:
        """Return whether a granted right covers this one, with wildcards; actions ignore case."""
        action, resource = right
        return any(
            fnmatchcase(action.lower(), granted.lower()) and fnmatchcase(resource, on) for granted, on in self.rights
        )


def rights_needed(exchange: Exchange, *, stage: str) -> Iterator[Right]:
    """Yield the rights that IAM requires for this call, on the resources of that stage."""
    usher = f"usher-{stage}"
    match exchange.service:
        case "dynamodb":
            for access in accesses(exchange):
                table = f"{usher}-{access.table.removeprefix('usher-')}.Arn"
                yield f"dynamodb:{access.action}", f"{table}/index/{access.index}" if access.index else table
        case "kms":
            yield f"kms:{exchange.operation}", _key(exchange.asked["KeyId"])
        case "cognito-identity-provider":
            assert exchange.asked["UserPoolId"] == aws_fixture.USER_POOL_ID
            yield f"cognito-idp:{exchange.operation}", f"{usher}.Arn"
        case "eventbridge":
            assert {entry["EventBusName"] for entry in exchange.asked["Entries"]} == {aws_fixture.BUS}
            yield f"events:{exchange.operation}", f"{usher}.Arn"
        case "s3":
            yield f"s3:{exchange.operation}", _object(exchange.request.url, usher)
        case "sesv2":
            yield from _to_send(exchange, usher)
        case _:
            raise NotImplementedError(f"say here what {exchange.service} asks for")


def _to_send(exchange: Exchange, usher: str) -> Iterator[Right]:
    """Yield the rights for a raw mail: two actions on the configuration set and, in the sandbox, on any identity."""
    assert "Raw" in exchange.asked["Content"]
    assert exchange.asked["ConfigurationSetName"]
    arn = "arn:AWS::Partition:ses:us-east-1:111122223333:"
    for action in ("ses:SendEmail", "ses:SendRawEmail"):
        yield action, f"{arn}identity/*"
        yield action, f"{arn}configuration-set/{usher}"


def _object(url: str, usher: str) -> str:
    """Return the ARN pattern of the object's prefix in the bucket of logos."""
    found = urlsplit(url)
    assert found.netloc == f"{aws_fixture.LOGOS}.s3.us-east-1.amazonaws.com"
    return f"arn:AWS::Partition:s3:::{usher}-logos-111122223333/{found.path.split('/')[1]}/*"


def _key(arn: str) -> str:
    names = {
        settings().invitation_mailed_keys: "InvitationMailedKey1.Arn",
        settings().invitation_copied_keys: "InvitationCopiedKey1.Arn",
        settings().recovery_keys: "RecoveryKey1.Arn",
    }
    return names[f"1={arn}"]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

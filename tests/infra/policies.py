"""What a function's role allows, judged as IAM would, and which rights a call needs."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from shared.settings import settings
from tests import aws_fixture
from tests.aws_recorder import Exchange
from tests.infra.synthesised import Synthesised
from tests.proofs.dynamodb_access import touches

Right = tuple[str, str]  # action, resource as `Synthesised` reads it

_MEMBERS = {"Effect", "Action", "Resource", "Sid"}


class Policy:
    """The statements of one role; fails for what this judge does not understand, such as a condition or a denial."""

    def __init__(self, templates: Synthesised, function: str) -> None:
        [role] = [
            role
            for role in templates.of_type("AWS::IAM::Role")
            if role.get("Description") == f"What usher-{templates.stage}-{function} may do"
        ]
        assert "ManagedPolicyArns" not in role
        [policy] = role["Policies"]
        self._statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
        for statement in self._statements:
            assert statement["Effect"] == "Allow"
            assert set(statement) <= _MEMBERS, statement

    @property
    def rights(self) -> set[Right]:
        """Every action on every resource that the statements name."""
        return {
            (action, resource)
            for statement in self._statements
            for action in _as_list(statement["Action"])
            for resource in _as_list(statement["Resource"])
        }

    def allows(self, right: Right) -> bool:
        """Whether one right covers the other, wild cards and all; actions are compared without case."""
        action, resource = right
        return any(
            fnmatchcase(action.lower(), granted.lower()) and fnmatchcase(resource, on) for granted, on in self.rights
        )


def rights_needed(exchange: Exchange, *, stage: str) -> Iterator[Right]:
    """What IAM asks for before it lets this call pass, on the resources of that stage."""
    usher = f"usher-{stage}"
    match exchange.service:
        case "dynamodb":
            for touch in touches(exchange):
                table = f"{usher}-{touch.table.removeprefix('usher-')}.Arn"
                yield f"dynamodb:{touch.action}", f"{table}/index/{touch.index}" if touch.index else table
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
    """A raw mail is judged by two actions, on the identity that sends it and the configuration set that it names."""
    domain = exchange.asked["FromEmailAddress"].partition("@")[2]
    assert "Raw" in exchange.asked["Content"]
    assert exchange.asked["ConfigurationSetName"]
    arn = "arn:AWS::Partition:ses:us-east-1:AWS::AccountId:"
    for action in ("ses:SendEmail", "ses:SendRawEmail"):
        yield action, f"{arn}identity/{domain}"
        yield action, f"{arn}configuration-set/{usher}"


def _object(url: str, usher: str) -> str:
    """The part of the bucket of logos that an object is in: rights go no further."""
    found = urlsplit(url)
    assert found.netloc == f"{aws_fixture.LOGOS}.s3.us-east-1.amazonaws.com"
    return f"arn:AWS::Partition:s3:::{usher}-logos-AWS::AccountId/{found.path.split('/')[1]}/*"


def _key(arn: str) -> str:
    names = {settings().mailed_link_key: "MailedLinkKey.Arn", settings().copied_link_key: "CopiedLinkKey.Arn"}
    return names[arn]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

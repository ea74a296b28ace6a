"""Read the templates of a stage, with references replaced by names."""

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from infra.python_function import construct_name

STACKS = ("data", "identity", "edge", "web", "service")
HASH = re.compile(r"[0-9A-F]{8}$")
NAMES = {
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::Events::EventBus": "Name",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Cognito::UserPool": "UserPoolName",
    "AWS::SES::ConfigurationSet": "Name",
    "AWS::SES::EmailIdentity": "EmailIdentity",
}
Resource = dict[str, Any]


def log_group_of(function: str) -> str:
    """Return how `Templates` reads the log group of a function; CloudFormation chooses its physical name."""
    return f"{construct_name(function)}Logs"


def dead_letters_of(function: str) -> str:
    """Return how `Templates` reads the dead-letter queue of a function."""
    return f"{construct_name(function)}DeadLetters"


class Templates:
    """All stacks of a stage, called `data`, `identity`, `web` and `service`; `edge`, too, outside us-east-1."""

    def __init__(self, folder: Path, stage: str) -> None:
        self.folder = folder
        self.stage = stage
        self._templates = {
            word: json.loads((folder / f"usher-{stage}-{word}.template.json").read_text())
            for word in STACKS
            if (folder / f"usher-{stage}-{word}.template.json").exists()
        }

    def resources(self, stack: str) -> dict[str, Resource]:
        found: dict[str, Resource] = self._templates[stack]["Resources"]
        return found

    @property
    def regions(self) -> dict[str, str]:
        """Return each stack's region."""
        manifest = json.loads((self.folder / "manifest.json").read_text())["artifacts"]
        return {
            stack: manifest[f"usher-{self.stage}-{stack}"]["environment"].rpartition("/")[2]
            for stack in self._templates
        }

    def is_protected(self, stack: str) -> bool:
        """Return whether the stack cannot be deleted before its protection is taken off."""
        manifest = json.loads((self.folder / "manifest.json").read_text())
        return bool(manifest["artifacts"][f"usher-{self.stage}-{stack}"]["properties"]["terminationProtection"])

    @property
    def exported(self) -> set[str]:
        """Return what stacks give to others, readable."""
        return set(self._exports.values())

    def of_type(self, kind: str) -> list[Resource]:
        """Return the properties of the resources of this type in all stacks."""
        return [
            self.readable(stack, resource.get("Properties", {}))
            for stack in self._templates
            for resource in self.resources(stack).values()
            if resource["Type"] == kind
        ]

    def ids_of_type(self, kind: str) -> set[str]:
        """Return the logical ids of the resources of this type in all stacks, without their hashes."""
        return {
            HASH.sub("", logical)
            for stack in self._templates
            for logical, resource in self.resources(stack).items()
            if resource["Type"] == kind
        }

    def outputs(self, stack: str) -> dict[str, Any]:
        """Return the outputs of a stack."""
        found = self._templates[stack].get("Outputs", {})
        return {name: self.readable(stack, output["Value"]) for name, output in found.items()}

    def named(self, kind: str, name: str) -> Resource:
        """Return the only resource of this type with that name, given without its stage."""
        [found] = [
            resource for resource in self.of_type(kind) if resource.get(NAMES[kind]) == f"usher-{self.stage}-{name}"
        ]
        return found

    @cached_property
    def _exports(self) -> dict[str, str]:
        return {
            output["Export"]["Name"]: self.readable(stack, output["Value"])
            for stack, template in self._templates.items()
            for output in template.get("Outputs", {}).values()
            if "Export" in output
        }

    def readable(self, stack: str, value: Any) -> Any:  # noqa: PLR0911 (one line for each form)
        """`{"Fn::GetAtt": ["Directory0CCB7C5A", "Arn"]}` is `usher-prod-directory.Arn`."""
        match value:
            case {"Ref": str(logical)}:
                return self._name(stack, logical)
            case {"Fn::GetAtt": [logical, attribute]}:
                return f"{self._name(stack, logical)}.{attribute}"
            case {"Fn::ImportValue": export}:
                return self._exports[export]
            case {"Fn::Join": [separator, parts]}:
                return separator.join(str(self.readable(stack, part)) for part in parts)
            case dict():
                return {key: self.readable(stack, inner) for key, inner in value.items()}
            case list():
                return [self.readable(stack, inner) for inner in value]
        return value

    def _name(self, stack: str, logical: str) -> str:
        resource = self.resources(stack).get(logical)
        if resource is None:
            return logical  # of AWS itself, such as AWS::Region
        name = resource.get("Properties", {}).get(NAMES.get(resource["Type"], ""))
        return name if isinstance(name, str) else HASH.sub("", logical)


def alarm(prod: Templates, name: str) -> Resource:
    [found] = [one for one in prod.of_type("AWS::CloudWatch::Alarm") if one["AlarmName"] == f"usher-prod-{name}"]
    return found

"""Accept findings of cdk-nag, each with a reason, next to the construct concerned."""

from collections.abc import Mapping

import aws_cdk as cdk
from constructs import IConstruct


def acknowledge(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Accept findings about a construct and its children; `reasons` maps rule ids to reasons."""
    for rule, reason in reasons.items():
        cdk.Validations.of(construct).acknowledge(cdk.Acknowledgment(id=f"AwsSolutions::{rule}", reason=reason))


def acknowledge_below(stack: cdk.Stack, prefix: str, reasons: Mapping[str, str]) -> None:
    """Accept findings about the CDK's own constructs, by id prefix. Raises LookupError if there is none."""
    found = [child for child in stack.node.children if child.node.id.startswith(prefix)]
    if not found:
        raise LookupError(f"nothing in {stack.stack_name} begins with {prefix}")
    for child in found:
        acknowledge(child, reasons)

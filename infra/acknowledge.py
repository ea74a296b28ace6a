"""Findings of cdk-nag that we know and accept, each with its reason, beside what they are about."""

from collections.abc import Mapping

import aws_cdk as cdk
from constructs import IConstruct


def acknowledge(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Accept these findings about a construct and what is inside it; `reasons` by the rule's id."""
    for rule, reason in reasons.items():
        cdk.Validations.of(construct).acknowledge(cdk.Acknowledgment(id=f"AwsSolutions::{rule}", reason=reason))


def acknowledge_below(stack: cdk.Stack, prefix: str, reasons: Mapping[str, str]) -> None:
    """The same for what the CDK puts into a stack by itself, found by how its name begins."""
    found = [child for child in stack.node.children if child.node.id.startswith(prefix)]
    if not found:
        raise LookupError(f"nothing in {stack.stack_name} begins with {prefix}")
    for child in found:
        acknowledge(child, reasons)

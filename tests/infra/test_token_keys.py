import re
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

from infra.stages import KeyVersions, Stage
from infra.token_keys import TokenKeys
from shared.domain.model.signed_tokens import TokenPurpose
from tests.infra.stages import DEV

MAILED = TokenPurpose.INVITATION_MAILED


def a_stage(versions: KeyVersions) -> Stage:
    return Stage(
        name="test", keeps_data=False, sender=DEV.sender, staff_mail=DEV.staff_mail, token_keys={MAILED: versions}
    )


def keys_of(versions: KeyVersions) -> tuple[cdk.Stack, TokenKeys]:
    stack = cdk.Stack(cdk.App(), "data")
    return stack, TokenKeys(stack, stage=a_stage(versions), removal_policy=cdk.RemovalPolicy.RETAIN)


def versions_in(stack: cdk.Stack, value: Any) -> list[int]:
    """The versions of the keys that a value refers to."""
    return [int(version) for version in re.findall(r"InvitationMailedKey(\d)[0-9A-F]{8}", str(stack.resolve(value)))]


@pytest.mark.parametrize(
    ("versions", "signs", "verifies"),
    [
        (KeyVersions(), [1], [1]),
        (KeyVersions(oldest=1, newest=2), [2], [1, 2]),
        (KeyVersions(oldest=2, newest=2), [2], [2]),
        (KeyVersions(oldest=2, newest=3), [3], [2, 3]),
    ],
)
def test_the_newest_key_signs_and_all_that_live_verify(
    versions: KeyVersions, signs: list[int], verifies: list[int]
) -> None:
    stack, keys = keys_of(versions)

    found = [
        keys.signing_key(MAILED),
        keys.for_signing(MAILED),
        keys.verifying_keys(MAILED),
        keys.for_verifying(MAILED),
    ]

    assert [versions_in(stack, value) for value in found] == [signs, signs, verifies, verifies]


def test_a_setting_names_the_version_of_each_key() -> None:
    stack, keys = keys_of(KeyVersions(oldest=2, newest=3))

    [separator, parts] = stack.resolve(keys.for_verifying(MAILED))["Fn::Join"]

    assert (separator, [part for part in parts if isinstance(part, str)]) == ("", ["2=", ",3="])


def test_a_retired_key_keeps_its_resource_and_its_export() -> None:
    stack, _ = keys_of(KeyVersions(oldest=2, newest=2))

    template = Template.from_stack(stack)

    keys = template.find_resources("AWS::KMS::Key", {"DeletionPolicy": "Retain"})
    exported = [output["Value"] for output in template.find_outputs("*").values() if "Export" in output]
    assert len(keys) == len(TokenPurpose) + 1
    assert {value["Fn::GetAtt"][0] for value in exported} == set(keys)


@pytest.mark.parametrize(("oldest", "newest"), [(0, 1), (1, 3), (2, 1), (0, 0)])
def test_one_or_two_keys_live(oldest: int, newest: int) -> None:
    with pytest.raises(ValueError, match="one or two must live"):
        KeyVersions(oldest=oldest, newest=newest)

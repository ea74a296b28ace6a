"""What a deleted stack left over is named, and no deployment makes it a second time."""

import re
from typing import Any

import pytest

from infra import before_deploy
from infra.diagnosis.findings import Deployment
from infra.paths import ROOT
from infra.stages import Stage
from tests.infra.canned_aws import Answer, CannedAws, CannedDns, refused
from tests.infra.templates import Templates
from tests.infra.working_deployment import STAGE, WORKS, found

NO_STACK = refused("ValidationError", "Stack with id usher-shop-data does not exist")
RESOURCES: Any = WORKS["cloudformation.ListStackResources"]
OTHERS: dict[str, Answer] = {
    "cognito-idp.ListUserPools": {"UserPools": [{"Id": "us-east-1_Other", "Name": "usher-dev"}]},
    "secretsmanager.ListSecrets": {
        "SecretList": [
            {"Name": "another", "Tags": [{"Key": "stage", "Value": "shop"}]},
            {
                "Name": "of-dev",
                "Tags": [{"Key": "product", "Value": "usher"}, {"Key": "stage", "Value": "dev"}],
            },
        ]
    },
}


def check(differently: dict[str, Answer], *, stage: Stage = STAGE) -> CannedAws:
    aws = CannedAws({**WORKS, **differently})
    before_deploy.require_nothing_left_over(Deployment(stage, aws.client, CannedDns({})))
    return aws


def without(kind: str) -> dict[str, Answer]:
    """Answer that no stack has a resource of the kind."""
    left = [each for each in RESOURCES["StackResourceSummaries"] if each["ResourceType"] != kind]
    return {"cloudformation.ListStackResources": {"StackResourceSummaries": left}}


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("AWS::Cognito::UserPool", "user pool us-east-1_Pool is left over"),
        ("AWS::SecretsManager::Secret", "pepper PepperA1B2C3D4 is left over"),
    ],
)
def test_deployment_that_would_make_it_again_is_refused(kind: str, named: str) -> None:
    with pytest.raises(SystemExit, match=named) as refusal:
        check(without(kind))

    assert "left over" in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 2
    assert [finding for finding in found(without(kind)) if finding.verdict == "fault" and named in finding.what]


def test_deployment_after_both_stacks_were_deleted_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"user pool .*\n.*\n.*pepper "):
        check({"cloudformation.ListStackResources": NO_STACK})


def test_resource_that_its_stack_no_longer_holds_is_left_over() -> None:
    skipped = [each | {"ResourceStatus": "DELETE_SKIPPED"} for each in RESOURCES["StackResourceSummaries"]]

    with pytest.raises(SystemExit, match="user pool us-east-1_Pool"):
        check({"cloudformation.ListStackResources": {"StackResourceSummaries": skipped}})


def test_first_deployment_is_not_refused() -> None:
    check({"cloudformation.ListStackResources": NO_STACK, **OTHERS})


def test_deployment_of_a_stage_that_is_there_is_not_refused() -> None:
    check({})


def test_what_may_not_be_asked_refuses_no_deployment(capsys: pytest.CaptureFixture[str]) -> None:
    check({"cloudformation.ListStackResources": refused("AccessDenied")})

    assert "Not checked" in capsys.readouterr().out


def test_stage_that_keeps_no_data_is_not_asked_about() -> None:
    stage = STAGE.model_copy(update={"keeps_data": False})

    assert check({}, stage=stage).calls == []


def test_stage_that_names_its_pepper_needs_no_secret() -> None:
    check(without("AWS::SecretsManager::Secret"), stage=STAGE.model_copy(update={"pepper": "a pepper"}))


def test_pepper_is_the_only_secret_and_bears_the_tags_by_which_it_is_found(prod: Templates) -> None:
    [secret] = prod.of_type("AWS::SecretsManager::Secret")

    assert {tag["Key"]: tag["Value"] for tag in secret["Tags"]} == {"product": "usher", "stage": "prod"}
    assert [pool["UserPoolName"] for pool in prod.of_type("AWS::Cognito::UserPool")] == ["usher-prod"]


def test_make_deploy_checks_first() -> None:
    recipe = re.search(r"^deploy:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert recipe
    assert recipe[1].startswith("\tpython -m infra.before_deploy --stage $(STAGE)\n")

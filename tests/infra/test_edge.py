"""A stage in another region than us-east-1 keeps there only what CloudFront reads there."""

from pathlib import Path

import pytest

from infra import destroy, doctor
from infra.app import build
from infra.diagnosis.findings import Deployment
from infra.stages import Stage
from tests.infra.canned_aws import CannedAws, CannedDns
from tests.infra.stages import DEV, PROD
from tests.infra.templates import Templates
from tests.infra.working_deployment import RECORDS, STAGE, WORKS

HOME = "eu-central-1"
AWAY = PROD.model_copy(update={"name": "away", "region": HOME})


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Synthesise with cdk-nag."""
    folder = tmp_path_factory.mktemp("templates-away")
    build(AWAY, outdir=str(folder)).synth()
    return Templates(folder, AWAY.name)


def test_all_but_the_edge_is_in_the_region_of_the_stage(away: Templates) -> None:
    assert away.regions == {
        "data": HOME,
        "identity": HOME,
        "edge": "us-east-1",
        "web": HOME,
        "service": HOME,
    }
    for stack in ("data", "identity", "web", "service"):
        assert "us-east-1" not in (away.folder / f"usher-away-{stack}.template.json").read_text()


def test_edge_holds_the_certificate_and_web_acl_of_cloudfront(away: Templates) -> None:
    kinds = {resource["Type"]: resource.get("Properties", {}) for resource in away.resources("edge").values()}

    assert kinds["AWS::CertificateManager::Certificate"]["DomainName"] == AWAY.domain
    assert kinds["AWS::WAFv2::WebACL"]["Scope"] == "CLOUDFRONT"
    [distribution] = away.of_type("AWS::CloudFront::Distribution")
    config = distribution["DistributionConfig"]
    assert "EdgeWebAcl" in config["WebACLId"]
    assert "EdgeCertificate" in config["ViewerCertificate"]["AcmCertificateArn"]


def test_name_of_the_api_and_the_user_pool_are_protected_at_home(away: Templates) -> None:
    web, identity = (
        [resource for resource in away.resources(stack).values() if resource["Type"] == kind]
        for stack, kind in (("web", "AWS::CertificateManager::Certificate"), ("identity", "AWS::WAFv2::WebACL"))
    )

    assert [each["Properties"]["DomainName"] for each in web] == [f"api.{AWAY.domain}"]
    assert [each["Properties"]["Scope"] for each in identity] == ["REGIONAL"]


@pytest.mark.parametrize(
    ("stage", "has_edge"),
    [
        (AWAY, True),
        (AWAY.model_copy(update={"domain": None}), True),
        (AWAY.model_copy(update={"waf": False}), True),
        (AWAY.model_copy(update={"waf": False, "domain": None}), False),
        (PROD, False),
        (DEV, False),
    ],
)
def test_edge_is_a_stack_only_where_it_is_needed(stage: Stage, has_edge: bool) -> None:
    assert stage.has_edge is has_edge
    assert ("edge" in stage.stacks) is has_edge


def test_stage_in_us_east_1_has_four_stacks(prod: Templates) -> None:
    assert set(prod.regions) == {"data", "identity", "web", "service"}


def test_edge_is_destroyed_after_the_web_stack_that_reads_it() -> None:
    assert destroy.stacks(AWAY) == ["usher-away-service", "usher-away-web", "usher-away-edge"]


def test_stage_without_an_account_may_have_an_edge(tmp_path: Path) -> None:
    build(DEV.model_copy(update={"waf": True, "region": HOME}), outdir=str(tmp_path)).synth()

    assert Templates(tmp_path, DEV.name).regions["edge"] == "us-east-1"


def test_doctor_asks_each_service_where_it_is() -> None:
    aws = CannedAws(WORKS)

    report = list(doctor.report(Deployment(STAGE.model_copy(update={"region": HOME}), aws.client, CannedDns(RECORDS))))

    assert aws.regions["acm"] == aws.regions["cloudformation"] == {HOME, "us-east-1"}
    assert aws.regions["cognito-idp"] == aws.regions["dynamodb"] == {HOME}
    assert "stack usher-shop-edge: CREATE_COMPLETE" in [each.what for each in report]

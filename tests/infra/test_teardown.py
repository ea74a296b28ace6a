"""A stage can be deployed, torn down and deployed again; a failed first deployment can be repeated."""

import json
import os
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import boto3
import pytest

from infra import destroy, operators, redrive, reindex
from infra.paths import ROOT
from tests import aws_fixture
from tests.infra.stages import DEV, PROD
from tests.infra.templates import Templates

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
LASTING = {"data", "identity"}
SHORT_LIVED = {"web", "service"}
WITHIN_OTHERS = {
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Stage",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Cognito::UserPoolResourceServer",
}
NAMING = {
    "AlarmName",
    "AliasName",
    "BucketName",
    "DashboardName",
    "EmailIdentity",
    "FunctionName",
    "LogGroupName",
    "Name",
    "QueueName",
    "RoleName",
    "TableName",
    "TopicName",
}


def physical_names(templates: Templates, stack: str) -> Iterator[tuple[str, str, Any]]:
    """Yield the type, the physical name and the resource of each resource that a stack names itself."""
    for resource in templates.resources(stack).values():
        for key, value in resource.get("Properties", {}).items():
            is_reference = isinstance(value, dict) and value.keys() & {"Ref", "Fn::GetAtt", "Fn::ImportValue"}
            if key in NAMING and resource["Type"] not in WITHIN_OTHERS and not is_reference:
                yield resource["Type"], str(templates.readable(stack, value)), resource


def policy(resource: dict[str, Any]) -> str:
    return str(resource.get("DeletionPolicy", "Delete"))


@pytest.mark.parametrize("stack", sorted(LASTING | SHORT_LIVED))
def test_nothing_survives_the_rollback_of_its_creation(prod: Templates, stack: str) -> None:
    assert "Retain" not in {policy(resource) for resource in prod.resources(stack).values()}


@pytest.mark.parametrize("stack", sorted(SHORT_LIVED))
def test_only_logs_of_service_and_web_are_kept_and_bear_no_name(prod: Templates, stack: str) -> None:
    kept = {one["Type"] for one in prod.resources(stack).values() if policy(one) != "Delete"}
    named = {name for _, name, resource in physical_names(prod, stack) if policy(resource) != "Delete"}

    assert kept == {"AWS::Logs::LogGroup"}
    assert named == set()


@pytest.mark.parametrize("stack", sorted(LASTING | SHORT_LIVED))
def test_stage_without_lasting_data_leaves_nothing_behind(dev: Templates, stack: str) -> None:
    assert {policy(resource) for resource in dev.resources(stack).values()} == {"Delete"}


def test_runbook_of_the_end_of_a_stage_knows_what_stays_and_what_goes(prod: Templates) -> None:
    resources = [resource for stack in LASTING for resource in prod.resources(stack).values()]
    kept = {one["Type"] for one in resources if policy(one) != "Delete"}
    runbook = " ".join(OPERATIONS.partition("**To end a stage")[2].partition("Not there yet")[0].split())

    goes = {one["Type"] for one in resources} - kept
    stays = "tables, token keys, pepper, user pool, logos and the mail identity"
    gone = "the event bus with its archive, the configuration set, the app clients"

    assert kept == {
        "AWS::DynamoDB::GlobalTable",
        "AWS::KMS::Key",
        "AWS::SecretsManager::Secret",
        "AWS::Cognito::UserPool",
        "AWS::S3::Bucket",
        "AWS::SES::EmailIdentity",
    }
    assert f"is in no stack: {stays}." in runbook
    assert {
        "AWS::Events::EventBus",
        "AWS::Events::Archive",
        "AWS::SES::ConfigurationSet",
        "AWS::Cognito::UserPoolClient",
        "AWS::Cognito::UserPoolGroup",
    } <= goes
    assert f"Gone are {gone}" in runbook
    assert "Delete the rules that subscribers put on the event bus" in runbook


def test_only_tables_logos_and_mail_identity_cannot_be_made_a_second_time(prod: Templates) -> None:
    named = {
        kind for stack in LASTING for kind, _, resource in physical_names(prod, stack) if policy(resource) != "Delete"
    }

    assert named == {"AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::SES::EmailIdentity"}


def test_only_the_mail_identity_refers_to_what_goes_and_cannot_be_imported(prod: Templates) -> None:
    for stack in LASTING:
        resources = prod.resources(stack)
        gone = {name for name, one in resources.items() if policy(one) == "Delete"}
        for name in resources.keys() - gone:
            needs = gone & set(re.findall(r'"(?:Ref|Fn::GetAtt)": \[?"(\w+)"', json.dumps(resources[name])))
            assert bool(needs) is (resources[name]["Type"] == "AWS::SES::EmailIdentity"), (name, needs)


def test_buckets_that_are_deleted_are_emptied_first(prod: Templates, dev: Templates) -> None:
    for templates in (prod, dev):
        deleted = {
            templates.readable(stack, {"Ref": logical})
            for stack in LASTING | SHORT_LIVED
            for logical, resource in templates.resources(stack).items()
            if resource["Type"] == "AWS::S3::Bucket" and policy(resource) == "Delete"
        }
        assert {one["BucketName"] for one in templates.of_type("Custom::S3AutoDeleteObjects")} == deleted


def test_tables_without_lasting_data_can_be_deleted(dev: Templates) -> None:
    replicas = [replica for table in dev.of_type("AWS::DynamoDB::GlobalTable") for replica in table["Replicas"]]

    assert replicas
    assert not any(replica.get("DeletionProtectionEnabled") for replica in replicas)
    assert [pool.get("DeletionProtection") for pool in dev.of_type("AWS::Cognito::UserPool")] == ["INACTIVE"]


def test_two_stages_share_no_name(prod: Templates, dev: Templates) -> None:
    names = [
        {(kind, name) for stack in LASTING | SHORT_LIVED for kind, name, _ in physical_names(templates, stack)}
        for templates in (prod, dev)
    ]

    assert all(names)
    assert set.intersection(*names) == set()


def test_destroy_deletes_the_rules_of_subscribers_first() -> None:
    aws_fixture.reset()
    events, bus = boto3.client("events", region_name=DEV.region), DEV.named()
    arn = events.create_event_bus(Name=bus)["EventBusArn"]
    events.create_archive(ArchiveName="kept", EventSourceArn=arn)
    for name in ("one", "two"):
        events.put_rule(Name=name, EventBusName=bus, EventPattern='{"source": ["usher"]}')
    events.put_targets(Rule="one", EventBusName=bus, Targets=[{"Id": "queue", "Arn": "arn:aws:sqs:us-east-1:1:q"}])

    destroy.delete_rules(DEV)

    [left] = events.list_rules(EventBusName=bus)["Rules"]
    assert left["ManagedBy"].startswith("prod.vhs.events")
    events.delete_archive(ArchiveName="kept")
    events.delete_event_bus(Name=bus)
    destroy.delete_rules(DEV)


@pytest.mark.parametrize(
    ("command", "given"),
    [
        (destroy, ["--force"]),
        (operators, ["--email", "o@example.org", "--first-name", "Olga", "--last-name", "Lind"]),
        (redrive, ["--since", "2026-11-01"]),
        (reindex, []),
    ],
    ids=lambda command: getattr(command, "__name__", ""),
)
def test_no_command_changes_anything_with_credentials_of_another_account(
    command: ModuleType, given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[object] = []
    monkeypatch.setattr(os, "environ", {**os.environ})
    monkeypatch.setattr("sys.argv", ["command", "--stage", "dev", *given])
    monkeypatch.setattr(command, "stage_named", lambda *_: DEV.model_copy(update={"account": "999988887777"}))
    monkeypatch.setattr("subprocess.run", lambda *command, **_: run.append(command))

    with pytest.raises(SystemExit, match="in the account 999988887777; these credentials are of"):
        command.main()

    assert run == []


@pytest.mark.parametrize("stack", sorted(LASTING | SHORT_LIVED))
def test_stacks_that_keep_data_are_protected_from_termination(prod: Templates, dev: Templates, stack: str) -> None:
    assert prod.is_protected(stack) is (stack in LASTING)
    assert not dev.is_protected(stack)


def test_destroy_names_every_stack_of_a_stage_without_lasting_data() -> None:
    assert destroy.stacks(DEV) == ["usher-dev-service", "usher-dev-web", "usher-dev-identity", "usher-dev-data"]


def test_destroy_spares_the_stacks_that_keep_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE", "node")
    monkeypatch.setenv("CDK", "cdk")

    command = destroy.command(PROD, destroy.short_lived(PROD))

    assert destroy.stacks(PROD) == ["usher-prod-service", "usher-prod-web"]
    assert command[-2:] == ["usher-prod-service", "usher-prod-web"]
    assert "--all" not in command
    assert "usher-prod-data" in destroy.announcement(PROD)

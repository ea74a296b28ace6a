import pytest

from infra.catalog import CATALOG, Function
from tests.infra.stages import PROD
from tests.infra.templates import Resource, Templates, dead_letters_of
from tests.proofs.mappings import (
    AS_DEPLOYED,
    AS_DEPLOYED_FOR_EVENTS,
    AS_DEPLOYED_FOR_JOBS,
    AS_DEPLOYED_FOR_USERS,
    Mapping,
)
from tests.proofs.streams import view_of

WOKEN = [row for row in CATALOG if row.is_async]
BY_STREAM = [row for row in CATALOG if row.stream_source]
BY_DELIVERIES = [row for row in CATALOG if row.on_ses_events]
BY_CLOCK = [row for row in CATALOG if row.every_minute]


def test_routes_equal_the_catalogue(prod: Templates) -> None:
    routes = [route["RouteKey"] for route in prod.of_type("AWS::ApiGatewayV2::Route")]

    assert sorted(routes) == sorted(route for row in CATALOG for route in row.routes)


def test_route_requires_token_unless_public(prod: Templates) -> None:
    asks = {
        route["RouteKey"]: route.get("AuthorizationType", "NONE") == "JWT" and bool(route["AuthorizerId"])
        for route in prod.of_type("AWS::ApiGatewayV2::Route")
    }

    assert asks == {route: not row.public for row in CATALOG for route in row.routes}


def test_authorizer_accepts_only_the_clients_of_pages_and_host(prod: Templates) -> None:
    [authorizer] = prod.of_type("AWS::ApiGatewayV2::Authorizer")

    assert authorizer["AuthorizerType"] == "JWT"
    audience = sorted(authorizer["JwtConfiguration"]["Audience"])
    assert [client.partition("Ref")[0].rstrip("0123456789ABCDEF") for client in audience] == [
        "UserPoolHost",
        "UserPoolWeb",
    ]


@pytest.mark.parametrize("row", BY_STREAM, ids=lambda row: row.name)
def test_stream_source_is_the_simulated_one_and_has_dead_letters(prod: Templates, row: Function) -> None:
    [mapping] = [
        mapping
        for mapping in prod.of_type("AWS::Lambda::EventSourceMapping")
        if mapping["FunctionName"] == f"usher-prod-{row.name}"
    ]

    assert row.stream_source
    assert mapping["EventSourceArn"] == f"usher-prod-{row.stream_source.name}.StreamArn"
    simulated = {
        "publish_events": AS_DEPLOYED_FOR_EVENTS,
        "index_users": AS_DEPLOYED_FOR_USERS,
        "move_records": AS_DEPLOYED_FOR_JOBS,
    }
    assert Mapping.of(mapping) == simulated.get(row.name, AS_DEPLOYED), "tests/proofs simulates a different mapping"
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == f"{dead_letters_of(row.name)}.Arn"
    table = prod.named("AWS::DynamoDB::GlobalTable", row.stream_source.name)
    assert table["StreamSpecification"] == {"StreamViewType": view_of(row.stream_source)}


@pytest.mark.parametrize("row", BY_CLOCK, ids=lambda row: row.name)
def test_sweep_is_scheduled_every_minute(prod: Templates, row: Function) -> None:
    [target] = [
        schedule["Target"]
        for schedule in prod.of_type("AWS::Scheduler::Schedule")
        if schedule["ScheduleExpression"] == "rate(1 minute)"
        and schedule["Target"]["Arn"] == f"usher-prod-{row.name}.Arn"
    ]

    dead_letters = f"{dead_letters_of(row.name)}.Arn"
    assert target["DeadLetterConfig"]["Arn"] == dead_letters
    assert prod.named("AWS::Lambda::Function", row.name)["DeadLetterConfig"] == {"TargetArn": dead_letters}


@pytest.mark.parametrize("row", BY_DELIVERIES, ids=lambda row: row.name)
def test_ses_events_of_this_stage_only_invoke_the_tracker(prod: Templates, row: Function) -> None:
    [rule] = rules(prod, "aws.ses")

    dead_letters = f"{dead_letters_of(row.name)}.Arn"
    assert rule.get("EventBusName", "default") == "default"
    assert rule["EventPattern"]["source"] == ["aws.ses"]
    assert rule["EventPattern"]["detail"] == {"mail": {"tags": {"ses:configuration-set": ["usher-prod"]}}}
    [target] = rule["Targets"]
    assert (target["Arn"], target["DeadLetterConfig"]["Arn"]) == (f"usher-prod-{row.name}.Arn", dead_letters)
    assert prod.named("AWS::Lambda::Function", row.name)["DeadLetterConfig"] == {"TargetArn": dead_letters}


def test_event_sources_equal_the_catalogue(prod: Templates) -> None:
    assert len(prod.of_type("AWS::Lambda::EventSourceMapping")) == len(BY_STREAM)
    assert len(prod.of_type("AWS::Scheduler::Schedule")) == len(BY_CLOCK)
    assert len(rules(prod, "aws.ses")) == len(BY_DELIVERIES)


def test_scheduler_role_serves_this_stage_only(prod: Templates) -> None:
    """Otherwise a schedule of another AWS account could use the role (confused deputy)."""
    trusted = [
        statement
        for role in prod.of_type("AWS::IAM::Role")
        for statement in role["AssumeRolePolicyDocument"]["Statement"]
        if statement["Principal"].get("Service") == "scheduler.amazonaws.com"
    ]

    assert len(trusted) == len(BY_CLOCK)
    for statement in trusted:
        assert statement["Condition"] == {
            "StringEquals": {"aws:SourceAccount": PROD.account},
            "ArnLike": {"aws:SourceArn": "Schedules.Arn"},
        }


def test_end_of_a_token_key_notifies_the_on_call_topic(prod: Templates) -> None:
    [rule] = rules(prod, "aws.kms")

    assert rule["EventPattern"]["detail"]["eventName"] == ["DisableKey", "ScheduleKeyDeletion"]
    keys = {f"{name}.Arn" for name in prod.ids_of_type("AWS::KMS::Key")}
    watched = set(rule["EventPattern"]["detail"]["resources"]["ARN"])
    assert len(watched) == len(keys)
    assert [target["Arn"] for target in rule["Targets"]] == ["AlarmsTopic"]


def test_events_can_be_replayed_from_an_archive(prod: Templates) -> None:
    [archive] = prod.of_type("AWS::Events::Archive")

    assert archive["EventPattern"] == {"source": ["usher"]}
    assert archive["RetentionDays"] == 30


def test_async_function_has_dead_letters_with_alarm(prod: Templates) -> None:
    queues = prod.ids_of_type("AWS::SQS::Queue")
    alarmed = {
        dimension["Value"].removesuffix(".QueueName")
        for alarm in prod.of_type("AWS::CloudWatch::Alarm")
        for dimension in alarm.get("Dimensions", [])
        if dimension["Name"] == "QueueName" and alarm["Threshold"] == 1
    }

    assert queues == {dead_letters_of(row.name) for row in WOKEN}
    assert alarmed == queues


def test_every_alarm_notifies_the_on_call_topic(prod: Templates) -> None:
    heard = {tuple(alarm["AlarmActions"]) for alarm in prod.of_type("AWS::CloudWatch::Alarm")}

    assert heard == {("AlarmsTopic",)}
    assert [mail["Endpoint"] for mail in prod.of_type("AWS::SNS::Subscription")] == ["on-call@usher.example"]


def rules(prod: Templates, source: str) -> list[Resource]:
    return [rule for rule in prod.of_type("AWS::Events::Rule") if rule["EventPattern"]["source"] == [source]]

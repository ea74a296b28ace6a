import pytest

from infra.catalog import CATALOG, Function
from tests.infra.synthesised import Synthesised
from tests.proofs.mappings import AS_DEPLOYED, Mapping
from tests.proofs.streams import VIEW

WOKEN = [row for row in CATALOG if row.is_woken]
BY_STREAM = [row for row in CATALOG if row.woken_by]
BY_DELIVERIES = [row for row in CATALOG if row.woken_by_deliveries]
BY_CLOCK = [row for row in CATALOG if row.every_minute]


def test_the_routes_are_those_of_the_catalogue(prod: Synthesised) -> None:
    routes = [route["RouteKey"] for route in prod.of_type("AWS::ApiGatewayV2::Route")]

    assert sorted(routes) == sorted(route for row in CATALOG for route in row.routes)


def test_a_route_asks_for_a_token_unless_its_row_is_public(prod: Synthesised) -> None:
    asks = {
        route["RouteKey"]: route.get("AuthorizationType", "NONE") == "JWT" and bool(route["AuthorizerId"])
        for route in prod.of_type("AWS::ApiGatewayV2::Route")
    }

    assert asks == {route: not row.public for row in CATALOG for route in row.routes}


def test_tokens_of_the_web_client_alone_are_taken(prod: Synthesised) -> None:
    [authorizer] = prod.of_type("AWS::ApiGatewayV2::Authorizer")

    assert authorizer["AuthorizerType"] == "JWT"
    [audience] = authorizer["JwtConfiguration"]["Audience"]
    assert audience.startswith("UserPoolWeb")


@pytest.mark.parametrize("row", BY_STREAM, ids=lambda row: row.name)
def test_a_stream_wakes_its_function_by_new_items_and_gives_up_in_the_end(prod: Synthesised, row: Function) -> None:
    [mapping] = [
        mapping
        for mapping in prod.of_type("AWS::Lambda::EventSourceMapping")
        if mapping["FunctionName"] == f"usher-prod-{row.name}"
    ]

    assert row.woken_by
    assert mapping["EventSourceArn"] == f"usher-prod-{row.woken_by.name}.StreamArn"
    assert Mapping.of(mapping) == AS_DEPLOYED, "the proofs stand in for another mapping"
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == f"usher-prod-{row.name}-dead-letters.Arn"
    table = prod.named("AWS::DynamoDB::GlobalTable", row.woken_by.name)
    assert table["StreamSpecification"] == {"StreamViewType": VIEW}


@pytest.mark.parametrize("row", BY_CLOCK, ids=lambda row: row.name)
def test_the_clock_wakes_a_sweep_every_minute(prod: Synthesised, row: Function) -> None:
    [target] = [
        schedule["Target"]
        for schedule in prod.of_type("AWS::Scheduler::Schedule")
        if schedule["ScheduleExpression"] == "rate(1 minute)"
        and schedule["Target"]["Arn"] == f"usher-prod-{row.name}.Arn"
    ]

    dead_letters = f"usher-prod-{row.name}-dead-letters.Arn"
    assert target["DeadLetterConfig"]["Arn"] == dead_letters
    assert prod.named("AWS::Lambda::Function", row.name)["DeadLetterConfig"] == {"TargetArn": dead_letters}


@pytest.mark.parametrize("row", BY_DELIVERIES, ids=lambda row: row.name)
def test_ses_wakes_whoever_tracks_mails_of_this_stage_alone(prod: Synthesised, row: Function) -> None:
    [rule] = prod.of_type("AWS::Events::Rule")

    dead_letters = f"usher-prod-{row.name}-dead-letters.Arn"
    assert rule.get("EventBusName", "default") == "default"
    assert rule["EventPattern"]["source"] == ["aws.ses"]
    assert rule["EventPattern"]["detail"] == {"mail": {"tags": {"ses:configuration-set": ["usher-prod"]}}}
    [target] = rule["Targets"]
    assert (target["Arn"], target["DeadLetterConfig"]["Arn"]) == (f"usher-prod-{row.name}.Arn", dead_letters)
    assert prod.named("AWS::Lambda::Function", row.name)["DeadLetterConfig"] == {"TargetArn": dead_letters}


def test_nothing_wakes_a_function_but_what_its_row_names(prod: Synthesised) -> None:
    assert len(prod.of_type("AWS::Lambda::EventSourceMapping")) == len(BY_STREAM)
    assert len(prod.of_type("AWS::Scheduler::Schedule")) == len(BY_CLOCK)
    assert len(prod.of_type("AWS::Events::Rule")) == len(BY_DELIVERIES)


def test_whoever_is_woken_has_dead_letters_and_an_alarm_on_them(prod: Synthesised) -> None:
    queues = {queue["QueueName"] for queue in prod.of_type("AWS::SQS::Queue")}
    alarmed = {
        dimension["Value"].removesuffix(".QueueName")
        for alarm in prod.of_type("AWS::CloudWatch::Alarm")
        for dimension in alarm.get("Dimensions", [])
        if dimension["Name"] == "QueueName" and alarm["Threshold"] == 1
    }

    assert queues == {f"usher-prod-{row.name}-dead-letters" for row in WOKEN}
    assert alarmed == queues


def test_every_alarm_tells_the_person_on_call(prod: Synthesised) -> None:
    heard = {tuple(alarm["AlarmActions"]) for alarm in prod.of_type("AWS::CloudWatch::Alarm")}

    assert heard == {("AlarmsTopic",)}
    assert [mail["Endpoint"] for mail in prod.of_type("AWS::SNS::Subscription")] == ["on-call@usher.example"]

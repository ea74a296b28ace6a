"""Relations between time-outs, leases, retries, event ages and alarm thresholds that keep the product safe."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_apigatewayv2 as gateway

from infra.app import build
from infra.catalog import CATALOG, Function
from infra.http_api import HOST_STAGE
from infra.paths import ROOT
from infra.stages import Local, Stage, local_stage
from shared.adapters import clients
from shared.domain.model.identities import LOCK_LEASE
from shared.domain.model.mails import LEASE as MAIL_LEASE
from shared.retries import POLICY
from tests.infra.stages import DEV, PROD
from tests.infra.templates import Templates, alarm

HTTP_API_LIMIT_SECONDS = 29  # an integration of an HTTP API may take 30 s
STREAM_RETENTION_SECONDS = timedelta(hours=24).total_seconds()  # of DynamoDB streams
SCHEDULE_SECONDS = 60
EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
EVERY_API_ROW = pytest.mark.parametrize("row", [row for row in CATALOG if row.routes], ids=lambda row: row.name)
EVERY_SWEEP = pytest.mark.parametrize("row", [row for row in CATALOG if row.every_minute], ids=lambda row: row.name)
EVERY_CONSUMER = pytest.mark.parametrize("row", [row for row in CATALOG if row.stream_source], ids=lambda row: row.name)
EVERY_STAGE = pytest.mark.parametrize("stage", [local_stage(Local()), DEV, PROD], ids=lambda stage: stage.name)
LOCKS_IDENTITIES = [row.name for row in CATALOG if "AdminSetUserPassword" in row.user_pool]


def test_only_functions_that_set_passwords_lock_identities() -> None:
    sources = {row.name: (ROOT / "functions" / row.name).rglob("*.py") for row in CATALOG}

    locking = [name for name, files in sources.items() if any("identity_locks" in file.read_text() for file in files)]

    assert locking == LOCKS_IDENTITIES != []


@pytest.mark.parametrize("name", LOCKS_IDENTITIES)
def test_identity_lease_outlives_the_function_that_holds_it(prod: Templates, name: str) -> None:
    assert LOCK_LEASE.total_seconds() > timeout(prod, name)


def test_mail_lease_outlives_the_function_that_holds_it(prod: Templates) -> None:
    [sender] = [row.name for row in CATALOG if row.sends_mail]

    assert MAIL_LEASE.total_seconds() > timeout(prod, sender)


@EVERY_STAGE
def test_api_is_throttled_in_every_stage(stage: Stage, tmp_path: Path) -> None:
    app = build(stage, outdir=str(tmp_path))
    api_stages = [node for node in app.node.find_all() if isinstance(node, gateway.CfnStage)]

    assert {api_stage.stage_name for api_stage in api_stages} == {"$default", HOST_STAGE}
    for api_stage in api_stages:
        settings: dict[str, Any] = cdk.Stack.of(api_stage).resolve(api_stage.default_route_settings) or {}
        assert 0 < settings.get("throttlingRateLimit", 0) <= 1_000
        assert settings["throttlingRateLimit"] <= settings.get("throttlingBurstLimit", 0) <= 2_000


@EVERY_ROW
def test_calls_of_aws_end_before_the_function_times_out(prod: Templates, row: Function) -> None:
    longest = {service: longest_call(service) for service in services_of(row)}

    assert max(longest.values(), default=0) < timeout(prod, row.name), longest


@EVERY_API_ROW
def test_all_retries_fit_into_an_invocation(prod: Templates, row: Function) -> None:
    pauses = sum(1.5 * min(POLICY.cap, POLICY.base * 2**retry) for retry in range(POLICY.max_retries))

    assert pauses + POLICY.min_remaining_ms / 1_000 < timeout(prod, row.name)


@EVERY_API_ROW
def test_function_times_out_before_the_http_api(prod: Templates, row: Function) -> None:
    assert timeout(prod, row.name) < HTTP_API_LIMIT_SECONDS


def test_slow_requests_raise_an_alarm_before_they_time_out(prod: Templates) -> None:
    shortest = min(timeout(prod, row.name) for row in CATALOG if row.routes)

    assert alarm(prod, "SlowRequests")["Threshold"] < shortest * 1_000


@EVERY_SWEEP
def test_sweep_ends_before_the_next_one_is_due(prod: Templates, row: Function) -> None:
    target = schedule_target(prod, row)

    assert timeout(prod, row.name) < SCHEDULE_SECONDS
    assert target["RetryPolicy"]["MaximumEventAgeInSeconds"] <= SCHEDULE_SECONDS
    assert target["RetryPolicy"]["MaximumRetryAttempts"] == 0


@EVERY_SWEEP
def test_alarm_on_a_missing_sweep_allows_one_missed_run(prod: Templates, row: Function) -> None:
    assert alarm(prod, f"NotInvoked-{row.name}")["Period"] > 2 * SCHEDULE_SECONDS


def test_sweep_lag_alarm_allows_one_full_run(prod: Templates) -> None:
    assert alarm(prod, "SweepLag")["Threshold"] > SCHEDULE_SECONDS + timeout(prod, "expire")


def test_outbox_alarm_allows_one_rescue(prod: Templates) -> None:
    rescue = MAIL_LEASE.total_seconds() + SCHEDULE_SECONDS + timeout(prod, "send_mail")

    assert alarm(prod, "OutboxAge")["Threshold"] > rescue


@EVERY_CONSUMER
def test_stream_lag_alarm_is_between_failed_batch_and_loss(prod: Templates, row: Function) -> None:
    [mapping] = [
        mapping
        for mapping in prod.of_type("AWS::Lambda::EventSourceMapping")
        if mapping["FunctionName"] == f"usher-prod-{row.name}"
    ]
    lag = alarm(prod, f"IteratorAge-{row.name}")["Threshold"] / 1_000

    if row.stream_retries is not None:
        assert timeout(prod, row.name) * (mapping["MaximumRetryAttempts"] + 1) <= lag
    assert lag < mapping["MaximumRecordAgeInSeconds"] < STREAM_RETENTION_SECONDS


def test_dead_letters_are_kept_for_a_week(prod: Templates) -> None:
    kept = {queue["MessageRetentionPeriod"] for queue in prod.of_type("AWS::SQS::Queue")}

    assert kept
    assert min(kept) >= timedelta(days=7).total_seconds()


def timeout(prod: Templates, name: str) -> float:
    """Return a function's time-out in seconds, as deployed."""
    return float(prod.named("AWS::Lambda::Function", name)["Timeout"])


def schedule_target(prod: Templates, row: Function) -> dict[str, Any]:
    [target] = [
        schedule["Target"]
        for schedule in prod.of_type("AWS::Scheduler::Schedule")
        if schedule["Target"]["Arn"] == f"usher-prod-{row.name}.Arn"
    ]
    return dict(target)


def services_of(row: Function) -> set[str]:
    """Return the services that a function calls, as its row grants them."""
    services = {
        "dynamodb": bool(row.tables),
        "kms": bool(row.generates_mac_with or row.verifies_mac_with),
        "cognito-idp": bool(row.user_pool),
        "sesv2": row.sends_mail,
        "events": row.puts_events,
        "s3": row.manages_logos or row.deletes_logos,
    }
    return {service for service, is_called in services.items() if is_called}


def longest_call(service: str) -> float:
    """Return the seconds of a call whose attempts all time out, with the longest pauses of botocore: 1 s, then 2 s."""
    client = clients.client(service, **({"attempts": 1} if service == "sesv2" else {}))
    attempts = client.meta.config.retries["total_max_attempts"]
    pauses = sum(2**retry for retry in range(attempts - 1))
    return float(attempts * (client.meta.config.connect_timeout + client.meta.config.read_timeout) + pauses)

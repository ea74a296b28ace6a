"""Alarms and dashboard."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.catalog import CATALOG
from infra.paths import ROOT
from shared.domain.model.mails import MAX_ATTEMPTS, next_attempt_at
from tests.infra.templates import Resource, Templates, alarm, log_group_of

NOW = datetime(2026, 11, 28, tzinfo=UTC)
API = {row.name for row in CATALOG if row.routes}
SWEEPS = [row.name for row in CATALOG if row.every_minute]


def filters(prod: Templates, metric: str) -> list[Resource]:
    found = prod.of_type("AWS::Logs::MetricFilter")
    return [one for one in found if one["MetricTransformations"][0]["MetricName"] == f"prod-{metric}"]


def test_refusals_are_counted_by_code(prod: Templates) -> None:
    counting = filters(prod, "refusals")

    assert {one["LogGroupName"] for one in counting} == {log_group_of(name) for name in API}
    for one in counting:
        [counted] = one["MetricTransformations"]
        assert one["FilterPattern"] == '{ $.code = "*" }'
        assert counted["Dimensions"] == [{"Key": "code", "Value": "$.code"}]
        assert "DefaultValue" not in counted  # CloudWatch accepts either it or dimensions.
        assert (counted["MetricNamespace"], counted["MetricValue"]) == ("Usher", "1")


def test_metric_filters_are_created_one_after_the_other(prod: Templates) -> None:
    found = {name: one for name, one in prod.resources("service").items() if one["Type"] == "AWS::Logs::MetricFilter"}

    before = [name for one in found.values() for name in one.get("DependsOn", []) if name in found]
    assert len(found) > 30
    assert len(before) == len(set(before)) == len(found) - 1


def test_server_errors_raise_an_alarm(prod: Templates) -> None:
    found = alarm(prod, "ServerErrors")

    assert (found["Namespace"], found["MetricName"], found["Statistic"]) == ("Usher", "prod-refusals", "Sum")
    assert found["Dimensions"] == [{"Name": "code", "Value": "internal_error"}]
    assert (found["Threshold"], found["TreatMissingData"]) == (1, "notBreaching")


@pytest.mark.parametrize(("name", "code"), [("Conflicts", "conflict"), ("Busy", "busy")])
def test_many_refusals_to_repeat_raise_an_alarm(prod: Templates, name: str, code: str) -> None:
    found = alarm(prod, name)

    assert (found["MetricName"], found["Statistic"], found["Period"]) == ("prod-refusals", "Sum", 300)
    assert found["Dimensions"] == [{"Name": "code", "Value": code}]
    assert (found["Threshold"], found["ComparisonOperator"]) == (25, "GreaterThanOrEqualToThreshold")


@pytest.mark.parametrize(
    ("name", "function", "field", "metric", "seconds"),
    [
        ("SweepLag", "expire", "lag_seconds", "sweep-lag", 120),
        ("OutboxAge", "send_mail", "waited_seconds", "outbox-age", 600),
    ],
)
def test_lag_raises_an_alarm(
    prod: Templates, *, name: str, function: str, field: str, metric: str, seconds: int
) -> None:
    found = alarm(prod, name)
    [reading] = filters(prod, metric)
    [read] = reading["MetricTransformations"]

    assert reading["LogGroupName"] == log_group_of(function)
    assert reading["FilterPattern"] == f"{{ $.{field} >= 0 }}"
    assert read["MetricValue"] == f"$.{field}"
    assert (found["MetricName"], found["Statistic"]) == (f"prod-{metric}", "Maximum")
    assert (found["Threshold"], found["ComparisonOperator"]) == (seconds, "GreaterThanOrEqualToThreshold")


@pytest.mark.parametrize("seconds_into_minute", range(0, 60, 10))
def test_a_single_mail_that_ses_does_not_take_raises_the_alarm(prod: Templates, seconds_into_minute: int) -> None:
    """Each attempt logs the age of the mail; the sweep of the next minute makes those after the first."""
    found = alarm(prod, "OutboxAge")
    queued_at = at = NOW + timedelta(seconds=seconds_into_minute)
    late: list[float] = []
    for attempt in range(1, MAX_ATTEMPTS):
        if (at - queued_at).total_seconds() >= found["Threshold"]:
            late.append((at - NOW).total_seconds())
        at = next_attempt_at(attempt, now=at)
        at += (NOW - at) % timedelta(minutes=1)

    periods = sorted({int(each // found["Period"]) for each in late})
    first = [period for period in periods if period < periods[0] + found["EvaluationPeriods"]]

    assert len(first) >= found["DatapointsToAlarm"]
    assert late[0] < timedelta(minutes=20).total_seconds()
    assert (late[1] - late[0]) / found["Period"] <= found["EvaluationPeriods"]  # It does not end in between.


@pytest.mark.parametrize("name", [row.name for row in CATALOG if row.every_minute and not row.stream_source])
def test_sweep_without_invocations_raises_an_alarm(prod: Templates, name: str) -> None:
    found = alarm(prod, f"NotInvoked-{name}")

    assert found["Dimensions"] == [{"Name": "FunctionName", "Value": f"usher-prod-{name}"}]
    assert (found["Namespace"], found["MetricName"]) == ("AWS/Lambda", "Invocations")


@pytest.mark.parametrize("name", [row.name for row in CATALOG if row.every_minute and row.stream_source])
def test_invocations_by_a_stream_do_not_hide_a_missing_sweep(prod: Templates, name: str) -> None:
    found = alarm(prod, f"NotInvoked-{name}")
    [counting] = filters(prod, f"sweeps-{name}")

    assert (found["Namespace"], found["MetricName"]) == ("Usher", f"prod-sweeps-{name}")
    assert (counting["LogGroupName"], counting["FilterPattern"]) == (log_group_of(name), '{ $.message = "processed" }')


@pytest.mark.parametrize("name", SWEEPS)
def test_missing_sweep_raises_an_alarm_after_five_minutes(prod: Templates, name: str) -> None:
    found = alarm(prod, f"NotInvoked-{name}")

    assert (found["Statistic"], found["Period"], found["EvaluationPeriods"]) == ("Sum", 300, 1)
    assert (found["Threshold"], found["ComparisonOperator"]) == (1, "LessThanThreshold")
    assert found["TreatMissingData"] == "breaching"


def test_few_alarms_are_raised_by_a_single_period(prod: Templates) -> None:
    immediate = {
        one["AlarmName"].removeprefix("usher-prod-").partition("-")[0]
        for one in prod.of_type("AWS::CloudWatch::Alarm")
        if one["DatapointsToAlarm"] == 1
    }

    assert immediate == {"DeadLetters", "NotInvoked", "MailBounceRate", "MailComplaintRate"} | {
        "EventsDropped",
        "JournalRewritten",
        "MailsFailed",
        "OutboxAge",
    }


@pytest.mark.parametrize(
    ("name", "metric", "message"),
    [
        ("JournalRewritten", "journal-rewritten", "journal rewritten"),
        ("EventsDropped", "events-dropped", "entry not publishable"),
    ],
)
def test_what_the_publisher_cannot_publish_raises_an_alarm(
    prod: Templates, name: str, metric: str, message: str
) -> None:
    [counting] = filters(prod, metric)

    assert counting["FilterPattern"] == f'{{ $.message = "{message}" }}'
    assert message in (ROOT / "functions" / "publish_events" / "handler.py").read_text("utf-8")
    assert (alarm(prod, name)["MetricName"], alarm(prod, name)["Threshold"]) == (f"prod-{metric}", 1)


def test_mails_that_ses_does_not_take_raise_an_alarm(prod: Templates) -> None:
    given_up, rejected = alarm(prod, "MailsFailed"), alarm(prod, "MailsRejected")

    assert (given_up["MetricName"], given_up["Threshold"]) == ("prod-mails-failed", 1)
    assert (rejected["MetricName"], rejected["Threshold"]) == ("prod-mails-rejected", 1)
    [failed] = filters(prod, "mails-failed")
    assert failed["LogGroupName"] == log_group_of("send_mail")
    assert failed["FilterPattern"] == '{ $.state = "failed" }'


@pytest.mark.parametrize("seconds_into_period", range(0, 300, 20))
def test_a_single_rejected_mail_raises_the_alarm(prod: Templates, seconds_into_period: int) -> None:
    found = alarm(prod, "MailsRejected")
    attempts, at = [], NOW + timedelta(seconds=seconds_into_period)
    for attempt in range(1, 6):
        attempts.append((at - NOW).total_seconds())
        at = next_attempt_at(attempt, now=at)

    periods = sorted({int(at // found["Period"]) for at in attempts})

    window = [period for period in periods if period < periods[0] + found["EvaluationPeriods"]]
    assert len(window) >= found["DatapointsToAlarm"]


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ({"aws_operation": "SendEmail", "aws_code": "MessageRejected"}, True),
        ({"aws_operation": "SendEmail", "aws_code": "SendingPausedException"}, True),
        ({"aws_operation": "SendEmail", "aws_code": "TooManyRequestsException"}, False),
        ({"aws_operation": "SendEmail", "aws_code": None}, False),
        ({"aws_operation": "BatchGetItem", "aws_code": "ThrottlingException"}, False),
    ],
)
def test_throttled_mails_count_as_no_rejection(prod: Templates, line: dict[str, str | None], *, counts: bool) -> None:
    [found] = filters(prod, "mails-rejected")
    terms = re.findall(r'\(\$\.(\w+) (!?=) "([^"]+)"\)', found["FilterPattern"])

    assert len(terms) == found["FilterPattern"].count("&&") + 1
    assert (
        all(
            line[field] is not None and (value in ("*", line[field])) == (operator == "=")
            for field, operator, value in terms
        )
        == counts
    )


@pytest.mark.parametrize(("rate", "at"), [("BounceRate", 0.03), ("ComplaintRate", 0.0008)])
def test_mail_reputation_alarms_are_below_ses_limits(prod: Templates, rate: str, at: float) -> None:
    found = alarm(prod, f"Mail{rate}")

    assert (found["Namespace"], found["MetricName"], found["Threshold"]) == ("AWS/SES", f"Reputation.{rate}", at)


def test_dashboard_shows_all_metrics(prod: Templates) -> None:
    shown = {widget["properties"]["title"]: json.dumps(widget["properties"]["metrics"]) for widget in widgets(prod)}

    assert "internal_error" in shown["Failed requests"]
    by_code = shown["Refusals by code"]
    assert "SEARCH('{Usher,code}" in by_code
    assert "prod-refusals" in by_code
    assert "conflicts" in shown["Conflicts, % of requests"]
    rates = shown["Bounces and complaints, share of mails"]
    assert "Reputation.BounceRate" in rates
    assert "Reputation.ComplaintRate" in rates
    assert "prod-outbox-age" in shown["Seconds that the longest waiting mail has waited"]
    assert "prod-sweep-lag" in shown["Seconds that an expired invitation waited for the sweep"]
    assert len(shown["Dead letters"]) > len("[]")


def test_the_topic_of_the_alarms_is_an_output(prod: Templates) -> None:
    assert prod.outputs("service")["AlarmsTopic"] == "AlarmsTopic"


def test_outputs_name_what_the_host_product_needs(prod: Templates, dev: Templates) -> None:
    """The integration guide names these."""
    data, identity = prod.outputs("data"), prod.outputs("identity")

    assert data["EventBus"].endswith("usher-prod.Arn")
    assert data["EventArchive"]
    assert {"UserPoolId", "UserPoolClientId", "HostClientId", "HostTokenUrl"} <= identity.keys()
    assert prod.outputs("web")["HostApiUrl"] == "https://api.app.usher.example/host/v1"
    assert str(dev.outputs("web")["HostApiUrl"]).endswith("/host/v1")


def test_sender_domain_records_are_outputs(prod: Templates) -> None:
    records = {name: str(value) for name, value in prod.outputs("data").items() if name.endswith("Record")}
    dkim = [records.pop(f"Dkim{number}Record") for number in (1, 2, 3)]

    assert len({record for record in dkim if " CNAME " in record}) == 3
    assert records == {
        "DmarcRecord": '_dmarc.mail.usher.example TXT "v=DMARC1; p=none; rua=mailto:dmarc@usher.example"',
        "MailFromMxRecord": "bounce.mail.usher.example MX 10 feedback-smtp.us-east-1.amazonses.com",
        "MailFromSpfRecord": 'bounce.mail.usher.example TXT "v=spf1 include:amazonses.com -all"',
    }


def test_sender_identity_uses_the_mail_from_domain(prod: Templates) -> None:
    [identity] = prod.of_type("AWS::SES::EmailIdentity")

    assert identity["MailFromAttributes"]["MailFromDomain"] == "bounce.mail.usher.example"
    assert identity["EmailIdentity"] == "mail.usher.example"


def test_dmarc_record_rejects_no_mail_of_others(dev: Templates) -> None:
    assert dev.outputs("data")["DmarcRecord"] == '_dmarc.dev.usher.example TXT "v=DMARC1; p=none"'


def widgets(prod: Templates) -> list[dict[str, Any]]:
    [dashboard] = prod.of_type("AWS::CloudWatch::Dashboard")
    found: list[dict[str, Any]] = json.loads(dashboard["DashboardBody"])["widgets"]
    return found


def test_document_says_what_the_alarms_cost_while_nobody_is_there(prod: Templates) -> None:
    """In us-east-1 an alarm is $0.10 a month, and a metric of our own $0.30 if anything was counted in it."""
    metrics = {
        each["MetricName"] for one in prod.of_type("AWS::Logs::MetricFilter") for each in one["MetricTransformations"]
    }
    every_minute = {name for name in metrics if name.startswith("prod-sweep")}

    dollars = 0.1 * len(prod.of_type("AWS::CloudWatch::Alarm")) + 0.3 * len(every_minute)

    assert f"| alarms | `alarms` | ${dollars:.0f} |" in (ROOT / "docs" / "operations.md").read_text("utf-8")

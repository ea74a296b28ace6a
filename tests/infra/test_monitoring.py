"""Alarms and dashboard."""

import json
from typing import Any

import pytest

from infra.catalog import CATALOG
from tests.infra.templates import Resource, Templates

API = {row.name for row in CATALOG if row.routes}
SWEEPS = [row.name for row in CATALOG if row.every_minute]


def alarm(prod: Templates, name: str) -> Resource:
    [found] = [one for one in prod.of_type("AWS::CloudWatch::Alarm") if one["AlarmName"] == f"usher-prod-{name}"]
    return found


def filters(prod: Templates, metric: str) -> list[Resource]:
    found = prod.of_type("AWS::Logs::MetricFilter")
    return [one for one in found if one["MetricTransformations"][0]["MetricName"] == f"prod-{metric}"]


def test_refusals_are_counted_by_code(prod: Templates) -> None:
    counting = filters(prod, "refusals")

    assert {one["LogGroupName"] for one in counting} == {f"/aws/lambda/usher-prod-{name}" for name in API}
    for one in counting:
        [counted] = one["MetricTransformations"]
        assert one["FilterPattern"] == '{ $.code = "*" }'
        assert counted["Dimensions"] == [{"Key": "code", "Value": "$.code"}]
        assert "DefaultValue" not in counted  # CloudWatch accepts either it or dimensions.
        assert (counted["MetricNamespace"], counted["MetricValue"]) == ("Usher", "1")


def test_server_errors_raise_an_alarm(prod: Templates) -> None:
    found = alarm(prod, "ServerErrors")

    assert (found["Namespace"], found["MetricName"], found["Statistic"]) == ("Usher", "prod-refusals", "Sum")
    assert found["Dimensions"] == [{"Name": "code", "Value": "internal_error"}]
    assert (found["Threshold"], found["TreatMissingData"]) == (1, "notBreaching")


def test_many_conflicts_raise_an_alarm(prod: Templates) -> None:
    found = alarm(prod, "Conflicts")

    assert (found["MetricName"], found["Statistic"], found["Period"]) == ("prod-refusals", "Sum", 300)
    assert found["Dimensions"] == [{"Name": "code", "Value": "conflict"}]
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

    assert reading["LogGroupName"] == f"/aws/lambda/usher-prod-{function}"
    assert reading["FilterPattern"] == f"{{ $.{field} >= 0 }}"
    assert read["MetricValue"] == f"$.{field}"
    assert (found["MetricName"], found["Statistic"]) == (f"prod-{metric}", "Maximum")
    assert (found["Threshold"], found["ComparisonOperator"]) == (seconds, "GreaterThanOrEqualToThreshold")


@pytest.mark.parametrize("name", SWEEPS)
def test_sweep_without_invocations_raises_an_alarm(prod: Templates, name: str) -> None:
    found = alarm(prod, f"NotInvoked-{name}")

    assert found["Dimensions"] == [{"Name": "FunctionName", "Value": f"usher-prod-{name}"}]
    assert (found["MetricName"], found["Statistic"], found["Period"]) == ("Invocations", "Sum", 300)
    assert (found["Threshold"], found["ComparisonOperator"]) == (1, "LessThanThreshold")
    assert found["TreatMissingData"] == "breaching"


def test_few_alarms_are_raised_by_a_single_period(prod: Templates) -> None:
    immediate = {
        one["AlarmName"].removeprefix("usher-prod-").partition("-")[0]
        for one in prod.of_type("AWS::CloudWatch::Alarm")
        if one["DatapointsToAlarm"] == 1
    }

    assert immediate == {"DeadLetters", "NotInvoked", "MailBounceRate", "MailComplaintRate"}


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


def test_sender_domain_records_are_outputs(prod: Templates) -> None:
    records = {name: str(value) for name, value in prod.outputs("data").items() if name.endswith("Record")}
    dkim = [records.pop(f"Dkim{number}Record") for number in (1, 2, 3)]

    assert len({record for record in dkim if " CNAME " in record}) == 3
    assert records.pop("DmarcRecord").startswith('_dmarc.usher.example TXT "v=DMARC1; p=reject;')
    assert records == {
        "MailFromMxRecord": "bounce.usher.example MX 10 feedback-smtp.us-east-1.amazonses.com",
        "MailFromSpfRecord": 'bounce.usher.example TXT "v=spf1 include:amazonses.com -all"',
    }


def test_sender_identity_uses_the_mail_from_domain(prod: Templates) -> None:
    [identity] = prod.of_type("AWS::SES::EmailIdentity")

    assert identity["MailFromAttributes"]["MailFromDomain"] == "bounce.usher.example"
    assert identity["EmailIdentity"] == "usher.example"


def widgets(prod: Templates) -> list[dict[str, Any]]:
    [dashboard] = prod.of_type("AWS::CloudWatch::Dashboard")
    found: list[dict[str, Any]] = json.loads(dashboard["DashboardBody"])["widgets"]
    return found

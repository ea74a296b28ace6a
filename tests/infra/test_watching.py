"""What the person on call is woken by, and sees on one page."""

import json
from typing import Any

import pytest

from infra.catalog import CATALOG
from tests.infra.synthesised import Resource, Synthesised

API = {row.name for row in CATALOG if row.routes}
SWEEPS = [row.name for row in CATALOG if row.every_minute]


def alarm(prod: Synthesised, name: str) -> Resource:
    [found] = [one for one in prod.of_type("AWS::CloudWatch::Alarm") if one["AlarmName"] == f"usher-prod-{name}"]
    return found


def filters(prod: Synthesised, metric: str) -> list[Resource]:
    found = prod.of_type("AWS::Logs::MetricFilter")
    return [one for one in found if one["MetricTransformations"][0]["MetricName"] == f"prod-{metric}"]


def test_every_refusal_of_every_route_is_counted_by_its_code(prod: Synthesised) -> None:
    counting = filters(prod, "refusals")

    assert {one["LogGroupName"] for one in counting} == {f"/aws/lambda/usher-prod-{name}" for name in API}
    for one in counting:
        [counted] = one["MetricTransformations"]
        assert one["FilterPattern"] == '{ $.code = "*" }'
        assert counted["Dimensions"] == [{"Key": "code", "Value": "$.code"}]
        assert "DefaultValue" not in counted  # CloudWatch takes either it or dimensions.
        assert (counted["MetricNamespace"], counted["MetricValue"]) == ("Usher", "1")


def test_a_request_that_ends_in_an_unforeseen_error_wakes_somebody(prod: Synthesised) -> None:
    found = alarm(prod, "ServerErrors")

    assert (found["Namespace"], found["MetricName"], found["Statistic"]) == ("Usher", "prod-refusals", "Sum")
    assert found["Dimensions"] == [{"Name": "code", "Value": "internal_error"}]
    assert (found["Threshold"], found["TreatMissingData"]) == (1, "notBreaching")


def test_conflicts_wake_somebody_when_there_are_many(prod: Synthesised) -> None:
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
def test_what_comes_late_wakes_somebody(
    prod: Synthesised, *, name: str, function: str, field: str, metric: str, seconds: int
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
def test_a_sweep_that_rests_wakes_somebody(prod: Synthesised, name: str) -> None:
    found = alarm(prod, f"Resting-{name}")

    assert found["Dimensions"] == [{"Name": "FunctionName", "Value": f"usher-prod-{name}"}]
    assert (found["MetricName"], found["Statistic"], found["Period"]) == ("Invocations", "Sum", 300)
    assert (found["Threshold"], found["ComparisonOperator"]) == (1, "LessThanThreshold")
    assert found["TreatMissingData"] == "breaching"


@pytest.mark.parametrize(("rate", "at"), [("BounceRate", 0.03), ("ComplaintRate", 0.0008)])
def test_mail_is_watched_before_ses_stops_it(prod: Synthesised, rate: str, at: float) -> None:
    found = alarm(prod, f"Mail{rate}")

    assert (found["Namespace"], found["MetricName"], found["Threshold"]) == ("AWS/SES", f"Reputation.{rate}", at)


def test_one_page_shows_all_of_it(prod: Synthesised) -> None:
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


def test_the_records_that_prove_the_senders_domain_are_told_to_its_keeper(prod: Synthesised) -> None:
    records = {name: str(value) for name, value in prod.outputs("data").items() if name.endswith("Record")}
    dkim = [records.pop(f"Dkim{number}Record") for number in (1, 2, 3)]

    assert len({record for record in dkim if " CNAME " in record}) == 3
    assert records.pop("DmarcRecord").startswith('_dmarc.usher.example TXT "v=DMARC1; p=reject;')
    assert records == {
        "MailFromMxRecord": "bounce.usher.example MX 10 feedback-smtp.us-east-1.amazonses.com",
        "MailFromSpfRecord": 'bounce.usher.example TXT "v=spf1 include:amazonses.com -all"',
    }


def test_mail_is_sent_from_where_these_records_stand(prod: Synthesised) -> None:
    [identity] = prod.of_type("AWS::SES::EmailIdentity")

    assert identity["MailFromAttributes"]["MailFromDomain"] == "bounce.usher.example"
    assert identity["EmailIdentity"] == "usher.example"


def widgets(prod: Synthesised) -> list[dict[str, Any]]:
    [dashboard] = prod.of_type("AWS::CloudWatch::Dashboard")
    found: list[dict[str, Any]] = json.loads(dashboard["DashboardBody"])["widgets"]
    return found

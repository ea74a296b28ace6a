"""Every alarm has a runbook in docs/operations.md, and every runbook an alarm."""

import re

import pytest

from infra.catalog import CATALOG
from infra.http_api import ACCESS_LOG
from infra.paths import ROOT
from tests.infra.templates import Templates

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")


def runbook(alarm: str) -> str:
    """Return the text of an alarm's runbook, in one line."""
    return " ".join(OPERATIONS.partition(f"\n### {alarm}\n")[2].partition("\n#")[0].split())


def test_each_kind_of_alarm_has_a_runbook(prod: Templates) -> None:
    names = [str(alarm["AlarmName"]) for alarm in prod.of_type("AWS::CloudWatch::Alarm")]
    kinds = {name.removeprefix("usher-prod-").partition("-")[0] for name in names}

    runbooks = re.findall(r"^### (\w+)$", OPERATIONS.partition("## Alarms")[2].partition("\n## ")[0], re.MULTILINE)

    assert len(names) > 20
    assert sorted(runbooks) == sorted(kinds)


def test_runbook_of_crashes_searches_for_what_lambda_logs(prod: Templates) -> None:
    """Lambda writes `[ERROR]` in its text format, the default; `errorMessage` is a field of its JSON format."""
    formats = {one.get("LoggingConfig", {}).get("LogFormat", "Text") for one in prod.of_type("AWS::Lambda::Function")}
    [access_log] = [name for name in prod.ids_of_type("AWS::Logs::LogGroup") if name.endswith("Requests")]

    assert formats == {"Text"}
    assert "`[ERROR]`" in runbook("GatewayErrors")
    assert "errorMessage" not in OPERATIONS
    assert f"`usher-STAGE-web-{access_log}...`" in runbook("GatewayErrors")
    assert {"route", "request_id", "integration_error"} <= ACCESS_LOG.keys() & set(
        re.findall(r"`(\w+)`", runbook("GatewayErrors"))
    )


def test_runbook_of_mails_given_up_names_those_that_were_paused() -> None:
    assert "`paused = true`" in runbook("MailsFailed")


def test_runbook_of_lag_says_how_often_each_stream_is_retried() -> None:
    retried = {row.name: row.stream_retries for row in CATALOG if row.stream_source}
    by_limit = {limit: {name for name, each in retried.items() if each == limit} for limit in retried.values()}

    assert by_limit == {None: {"index_users", "publish_events"}, 5: {"move_records", "send_mail"}}
    assert "`publish_events` and `index_users` are retried for 23 hours" in runbook("IteratorAge")
    assert "`send_mail` and `move_records` five times" in runbook("IteratorAge")


def test_runbook_of_rejected_mails_names_errors_of_ses_itself(prod: Templates) -> None:
    """The filter counts every code but the two that say that the quota is used up."""
    [pattern] = [
        one["FilterPattern"]
        for one in prod.of_type("AWS::Logs::MetricFilter")
        if one["MetricTransformations"][0]["MetricName"] == "prod-mails-rejected"
    ]

    assert re.findall(r'\$\.aws_code != "(\w+)"', pattern) == ["TooManyRequestsException", "LimitExceededException"]
    assert "`InternalFailure`, `ServiceUnavailable`" in runbook("MailsRejected")


@pytest.mark.parametrize("alarm", ["EventsDropped", "JournalRewritten"])
def test_runbook_of_the_journal_says_how_the_entry_is_found(alarm: str) -> None:
    assert {"account_id", "entry_id"} <= set(re.findall(r"`(\w+)`", runbook(alarm)))

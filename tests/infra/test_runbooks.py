"""Every alarm has a runbook in docs/operations.md, and every runbook an alarm."""

import re

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

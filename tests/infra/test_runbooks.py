"""Every alarm has a runbook in docs/operations.md, and every runbook an alarm."""

import re

from infra.paths import ROOT
from tests.infra.templates import Templates


def test_each_kind_of_alarm_has_a_runbook(prod: Templates) -> None:
    names = [str(alarm["AlarmName"]) for alarm in prod.of_type("AWS::CloudWatch::Alarm")]
    kinds = {name.removeprefix("usher-prod-").partition("-")[0] for name in names}

    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    runbooks = re.findall(r"^### (\w+)$", text.partition("## Alarms")[2].partition("\n## ")[0], re.MULTILINE)

    assert len(names) > 20
    assert sorted(runbooks) == sorted(kinds)

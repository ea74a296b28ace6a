"""Metric filters on the functions' logs: refusals by code, sweeps and their lag, outbox age, mails that SES refuses."""

import re
from collections.abc import Iterable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs

from infra.python_function import PythonFunction
from infra.stages import Stage
from shared.jobs import PROCESSED

NAMESPACE = "Usher"
CODE = "code"  # field of the log line and dimension of the metric
MINUTE = cdk.Duration.minutes(1)
FIVE_MINUTES = cdk.Duration.minutes(5)
# SES said no for a reason that waiting does not mend: sandbox, unverified sender, paused or suspended account, rights.
REJECTED_BY_SES = (
    '{ ($.aws_operation = "SendEmail") && ($.aws_code = "*")'
    ' && ($.aws_code != "TooManyRequestsException") && ($.aws_code != "LimitExceededException") }'
)


class LogMetrics:
    """One metric filter per function and metric; several functions may feed one metric.

    Each waits for the one before: CloudWatch Logs takes a few a second, and CloudFormation does not repeat a refusal.
    `sweeps` counts the runs of the schedule, by name, of each function that a stream invokes, too.
    """

    def __init__(self, *, stage: Stage, functions: Iterable[PythonFunction]) -> None:
        self._stage = stage
        self._last: logs.MetricFilter | None = None
        by_name = {function.row.name: function for function in functions}
        for function in by_name.values():
            if function.row.routes:
                self._count_refusals(function)
        self.sweep_lag = self._seconds("sweep-lag", by_name["expire"], field="lag_seconds")
        self.outbox_age = self._seconds("outbox-age", by_name["send_mail"], field="waited_seconds")
        self.mails_failed = self._count("mails-failed", by_name["send_mail"], pattern='{ $.state = "failed" }')
        self.mails_rejected = self._count("mails-rejected", by_name["send_mail"], pattern=REJECTED_BY_SES)
        self.sweeps = {
            name: self._count(f"sweeps-{name}", function, pattern=f'{{ $.message = "{PROCESSED}" }}')
            for name, function in by_name.items()
            if function.row.every_minute and function.row.stream_source
        }
        publisher = by_name["publish_events"]
        self.journal_rewritten = self._count(
            "journal-rewritten", publisher, pattern='{ $.message = "journal rewritten" }'
        )
        self.events_dropped = self._count(
            "events-dropped", publisher, pattern='{ $.message = "entry not publishable" }'
        )

    @property
    def refusals(self) -> str:
        """Return the name of the metric that counts refused requests by error code."""
        return f"{self._stage.name}-refusals"

    def refused_with(self, code: str, *, period: cdk.Duration = MINUTE) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=self.refusals,
            dimensions_map={CODE: code},
            period=period,
            statistic="Sum",
        )

    def refused_by_code(self, *, period: cdk.Duration) -> cloudwatch.MathExpression:
        """Return one graph line per code that occurs."""
        search = f"SEARCH('{{{NAMESPACE},{CODE}}} MetricName=\"{self.refusals}\"', 'Sum', {period.to_seconds()})"
        return cloudwatch.MathExpression(expression=search, using_metrics={}, label="", period=period)

    def _count_refusals(self, function: PythonFunction) -> None:
        """Count the error codes in the request log lines, `internal_error` included."""
        self._add(
            function,
            "Refusals",
            logs.FilterPattern.exists(f"$.{CODE}"),
            metric_name=self.refusals,
            dimensions={CODE: f"$.{CODE}"},
        )

    def _count(self, name: str, function: PythonFunction, *, pattern: str) -> cloudwatch.Metric:
        """Count the log lines of a function that match the pattern."""
        metric = cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=f"{self._stage.name}-{name}",
            period=FIVE_MINUTES,
            statistic="Sum",
        )
        construct_id = "".join(word.capitalize() for word in re.split("[-_]", name))
        self._add(function, construct_id, logs.FilterPattern.literal(pattern), metric_name=metric.metric_name)
        return metric

    def _seconds(self, name: str, function: PythonFunction, *, field: str) -> cloudwatch.Metric:
        metric = cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=f"{self._stage.name}-{name}",
            period=MINUTE,
            statistic="Maximum",
        )
        pattern = logs.FilterPattern.number_value(f"$.{field}", ">=", 0)
        self._add(function, "Seconds", pattern, metric_name=metric.metric_name, metric_value=f"$.{field}")
        return metric

    def _add(self, function: PythonFunction, construct_id: str, pattern: logs.IFilterPattern, **metric: Any) -> None:
        """Create a filter on the function's log, after the last one."""
        created = logs.MetricFilter(
            function,
            construct_id,
            log_group=function.log_group,
            filter_pattern=pattern,
            metric_namespace=NAMESPACE,
            **metric,
        )
        if self._last:
            created.node.add_dependency(self._last)
        self._last = created

"""The CloudWatch dashboard: requests, errors, latency, backlogs, dead letters."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.alarms import MAX_MAIL_RATES, mail_rate
from infra.log_metrics import LogMetrics
from infra.python_function import PythonFunction
from infra.stages import Stage

PERIOD = cdk.Duration.minutes(5)


def dashboard(
    scope: Construct,
    *,
    stage: Stage,
    functions: Sequence[PythonFunction],
    api: gateway.HttpApi,
    logged: LogMetrics,
) -> cloudwatch.Dashboard:
    dead_letters = [
        function.dead_letters.metric_approximate_number_of_messages_visible(
            period=PERIOD, statistic="Maximum", label=function.row.name
        )
        for function in functions
        if function.dead_letters
    ]
    behind = [
        function.function.metric("IteratorAge", period=PERIOD, statistic="Maximum", label=function.row.name)
        for function in functions
        if function.row.stream_source
    ]
    sweeps = [
        function.function.metric_duration(period=PERIOD, statistic="Maximum", label=function.row.name)
        for function in functions
        if function.row.every_minute
    ]
    refused = api.metric_client_error(period=PERIOD, statistic="Sum")
    failed = [
        api.metric_server_error(period=PERIOD, statistic="Sum"),
        logged.refused_with("internal_error").with_(label="internal_error"),
    ]
    times = [api.metric_latency(period=PERIOD, statistic=statistic) for statistic in ("p50", "p99")]
    return cloudwatch.Dashboard(
        scope,
        "Dashboard",
        dashboard_name=stage.named(),
        widgets=[
            [
                _graph("Requests", [api.metric_count(period=PERIOD, statistic="Sum"), refused]),
                _graph("Failed requests", failed),
                _graph("Milliseconds a request takes", times),
            ],
            [
                _graph("Dead letters", dead_letters),
                _graph("Milliseconds behind the stream", behind),
                _graph("Milliseconds a sweep takes", sweeps),
            ],
            [
                _graph("Refusals by code", [logged.refused_by_code(period=PERIOD)]),
                _graph("Conflicts, % of requests", [_share_of_conflicts(logged, api=api)]),
                _graph("Bounces and complaints, share of mails", [mail_rate(name) for name in MAX_MAIL_RATES]),
            ],
            [
                _graph("Seconds that the longest waiting mail has waited", [logged.outbox_age]),
                _graph("Mails rejected by SES, and given up", [logged.mails_rejected, logged.mails_failed]),
                _graph("Seconds that an expired invitation waited for the sweep", [logged.sweep_lag]),
            ],
        ],
    )


def _graph(title: str, metrics: Sequence[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=metrics, width=8)


def _share_of_conflicts(logged: LogMetrics, *, api: gateway.HttpApi) -> cloudwatch.MathExpression:
    return cloudwatch.MathExpression(
        expression="100 * FILL(conflicts, 0) / requests",
        using_metrics={
            "conflicts": logged.refused_with("conflict", period=PERIOD),
            "requests": api.metric_count(period=PERIOD, statistic="Sum"),
        },
        label="% of requests",
        period=PERIOD,
    )

"""CloudWatch alarms: failed requests, dead letters, lag, missing invocations, throttling, mail reputation."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as event_targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.log_metrics import LogMetrics
from infra.python_function import PythonFunction
from infra.stages import Stage

MINUTE = cdk.Duration.minutes(1)
HOUR = cdk.Duration.hours(1)
MAX_STREAM_LAG = cdk.Duration.minutes(5)
MAX_LATENCY = cdk.Duration.seconds(3)
MAX_SWEEP_LAG = cdk.Duration.minutes(2)  # promised in the product's rules
MAX_OUTBOX_AGE = cdk.Duration.minutes(10)
REFUSALS = 25  # with `conflict` or `busy`, in five minutes
# Below SES's limits: it reviews a sender at 5 % bounces or 0.1 % complaints.
MAX_MAIL_RATES = {"BounceRate": 0.03, "ComplaintRate": 0.0008}
# Datapoints to alarm, out of the latest periods: a single bad minute does not page anyone.
ONE_OF_ONE = (1, 1)
TWO_OF_THREE = (2, 3)
TWO_OF_FIVE = (2, 5)
# A single mail has one datapoint for each attempt: it is late with the fifth, after 15 minutes; the next is after 31.
ONE_OF_TWENTY = (1, 20)


def mail_rate(name: str) -> cloudwatch.Metric:
    """Return a rate of the AWS account's mails, between 0 and 1."""
    return cloudwatch.Metric(namespace="AWS/SES", metric_name=f"Reputation.{name}", period=HOUR, statistic="Average")


class Alarms(Construct):
    """All alarms, and the end of a token key, notify one topic, to which the stage may subscribe an email address."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        functions: Sequence[PythonFunction],
        api: gateway.HttpApi,
        logged: LogMetrics,
        token_keys: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._topic = self._notification_topic()
        self._notify_of_keys(token_keys)
        server_errors = logged.refused_with("internal_error")
        self._alarm(
            "ServerErrors",
            server_errors,
            at=1,
            periods=TWO_OF_FIVE,
            description="A request ended in an unexpected error (500)",
        )
        self._alarm(
            "GatewayErrors",
            api.metric_server_error(period=MINUTE, statistic="Sum"),
            at=1,
            periods=TWO_OF_FIVE,
            description="The HTTP API answered 5xx: a function crashed, timed out, or answered so itself",
        )
        self._alarm(
            "SlowRequests",
            api.metric_latency(period=cdk.Duration.minutes(5), statistic="p99"),
            at=MAX_LATENCY.to_milliseconds(),
            periods=TWO_OF_THREE,
            description="p99 latency of the API is above three seconds",
        )
        for name, code, description in (
            ("Conflicts", "conflict", "Many requests end in 409 conflict"),
            ("Busy", "busy", "Many requests end in 503 busy: AWS throttles the functions"),
        ):
            self._alarm(
                name,
                logged.refused_with(code, period=cdk.Duration.minutes(5)),
                at=REFUSALS,
                periods=TWO_OF_THREE,
                description=description,
            )
        self._alarm(
            "SweepLag",
            logged.sweep_lag,
            at=MAX_SWEEP_LAG.to_seconds(),
            periods=TWO_OF_FIVE,
            description="Invitations expire more than two minutes late",
        )
        for function in functions:
            self._watch(function, logged)
        self._alarm(
            "OutboxAge",
            logged.outbox_age,
            at=MAX_OUTBOX_AGE.to_seconds(),
            periods=ONE_OF_TWENTY,
            description="A mail has waited for ten minutes",
        )
        self._alarm(
            "MailsRejected",
            logged.mails_rejected,
            at=1,
            periods=TWO_OF_THREE,
            description="SES rejects mails: sandbox, sender not verified, or sending paused. They are kept and retried",
        )
        self._alarm("MailsFailed", logged.mails_failed, at=1, description="A mail was given up and will not be sent")
        self._alarm(
            "JournalRewritten",
            logged.journal_rewritten,
            at=1,
            description="An entry of the journal was changed or deleted",
        )
        self._alarm(
            "EventsDropped", logged.events_dropped, at=1, description="A journal entry cannot be published as an event"
        )
        for name, at in MAX_MAIL_RATES.items():
            self._alarm(f"Mail{name}", mail_rate(name), at=at, description="SES may suspend sending at this rate")

    def _notification_topic(self) -> sns.Topic:
        topic = sns.Topic(self, "Topic", display_name=self._stage.named("alarms"), enforce_ssl=True)
        topic.add_to_resource_policy(
            # A topic policy replaces the default one, which admits CloudWatch.
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Stack.of(self).account}},
            )
        )
        cdk.CfnOutput(self, "TopicOutput", value=topic.topic_arn).override_logical_id("AlarmsTopic")
        if self._stage.alarm_mail:
            topic.add_subscription(subscriptions.EmailSubscription(self._stage.alarm_mail))
        return topic

    def _notify_of_keys(self, arns: Sequence[str]) -> None:
        """Notify when someone disables a token key or schedules its deletion, as CloudTrail records it."""
        events.Rule(
            self,
            "TokenKeys",
            event_pattern=events.EventPattern(
                source=["aws.kms"],
                detail_type=["AWS API Call via CloudTrail"],
                detail={"eventName": ["DisableKey", "ScheduleKeyDeletion"], "resources": {"ARN": [*arns]}},
            ),
            targets=[event_targets.SnsTopic(self._topic)],
        )

    def _watch(self, function: PythonFunction, logged: LogMetrics) -> None:
        name = function.row.name
        if function.dead_letters:
            self._alarm(
                f"DeadLetters-{name}",
                function.dead_letters.metric_approximate_number_of_messages_visible(period=MINUTE, statistic="Maximum"),
                at=1,
                description=f"{name} moved events to its dead-letter queue",
            )
            self._alarm(
                f"Errors-{name}",
                function.function.metric_errors(period=cdk.Duration.minutes(5), statistic="Sum"),
                at=3,
                periods=TWO_OF_THREE,
                description=f"{name} fails repeatedly",
            )
        if function.row.every_minute:
            self._alarm(
                f"NotInvoked-{name}",
                # A stream's invocations would hide that those of the schedule are missing.
                logged.sweeps.get(name)
                or function.function.metric_invocations(period=cdk.Duration.minutes(5), statistic="Sum"),
                below=1,
                description=f"The schedule of {name} has not run it for five minutes",
            )
        if function.row.stream_source:
            self._alarm(
                f"IteratorAge-{name}",
                function.function.metric("IteratorAge", period=MINUTE, statistic="Maximum"),
                at=MAX_STREAM_LAG.to_milliseconds(),
                periods=TWO_OF_FIVE,
                description=f"{name} is more than five minutes behind its stream",
            )
        if function.row.public and self._stage.public_concurrency:
            self._alarm(
                f"Throttles-{name}",
                function.function.metric_throttles(period=cdk.Duration.minutes(5), statistic="Sum"),
                at=10,
                periods=TWO_OF_THREE,
                description=f"{name} is throttled: its reserved concurrency is used up",
            )

    def _alarm(
        self,
        construct_id: str,
        metric: cloudwatch.IMetric,
        *,
        description: str,
        at: float | None = None,
        below: float | None = None,
        periods: tuple[int, int] = ONE_OF_ONE,
    ) -> None:
        """Alarm at `at` and above, or below `below`, in M of N periods. Missing data counts as zero."""
        compared, missing = cloudwatch.ComparisonOperator, cloudwatch.TreatMissingData
        rises = at is not None
        breaching, evaluated = periods
        cloudwatch.Alarm(
            self,
            construct_id,
            alarm_name=self._stage.named(construct_id),
            alarm_description=description,
            metric=metric,
            threshold=(at if rises else below) or 0,
            evaluation_periods=evaluated,
            datapoints_to_alarm=breaching,
            comparison_operator=(
                compared.GREATER_THAN_OR_EQUAL_TO_THRESHOLD if rises else compared.LESS_THAN_THRESHOLD
            ),
            treat_missing_data=missing.NOT_BREACHING if rises else missing.BREACHING,
        ).add_alarm_action(actions.SnsAction(self._topic))

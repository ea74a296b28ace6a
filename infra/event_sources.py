"""Event sources of functions: DynamoDB streams, schedules, SES events."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as event_targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_scheduler_targets as targets
from aws_cdk import aws_ses as ses
from aws_cdk import aws_sqs as sqs

from infra.catalog import Function
from infra.python_function import PythonFunction
from infra.stages import Stage
from shared.jobs import EVERY_MINUTE

MAX_RECORD_AGE = cdk.Duration.hours(23)  # the stream forgets after 24


def add_stream_source(function: PythonFunction, *, table: dynamodb.TableV2, stage: Stage) -> None:
    """Invoke on the row's changes. A failing batch is bisected and retried, then goes to the dead-letter queue."""
    row = function.row
    lambda_.EventSourceMapping(
        function,
        "Stream",
        target=function.function,
        event_source_arn=table.table_stream_arn,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        filters=[lambda_.FilterCriteria.filter(_pattern(row))],
        batch_size=10,
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=row.stream_retries,
        # The emulator ignores retry_attempts: there only the record age ends retries.
        max_record_age=cdk.Duration.minutes(1) if stage.local else MAX_RECORD_AGE,
        on_failure=sources.SqsDlq(_dead_letters(function)),
    )


def _pattern(row: Function) -> dict[str, Any]:
    pattern: dict[str, Any] = {"eventName": [*row.stream_changes]}
    if row.stream_keys:
        pattern["dynamodb"] = {"Keys": {"sk": {"S": [{"prefix": row.stream_keys}]}}}
    return pattern


def add_schedule(function: PythonFunction, *, group: scheduler.ScheduleGroup) -> None:
    """Invoke every minute, without retries: the next run does the work of a failed one."""
    dead_letters = _dead_letters(function)
    rights = {
        "lambda:InvokeFunction": function.function.function_arn,
        "sqs:SendMessage": dead_letters.queue_arn,
    }
    statements = [iam.PolicyStatement(actions=[action], resources=[arn]) for action, arn in rights.items()]
    of_this_group = {
        "StringEquals": {"aws:SourceAccount": cdk.Stack.of(function).account},
        "ArnLike": {"aws:SourceArn": group.schedule_group_arn},
    }
    role = iam.Role(
        function,
        "ScheduleRole",
        assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions=of_this_group),
        inline_policies={"Wake": iam.PolicyDocument(statements=statements)},
    )
    schedule = scheduler.Schedule(
        function,
        "EveryMinute",
        schedule=scheduler.ScheduleExpression.rate(cdk.Duration.minutes(1)),
        schedule_group=group,
        target=targets.LambdaInvoke(
            function.function,
            role=role.without_policy_updates(),
            input=scheduler.ScheduleTargetInput.from_object(EVERY_MINUTE),
            max_event_age=cdk.Duration.minutes(1),
            retry_attempts=0,
            dead_letter_queue=dead_letters,
        ),
    )
    schedule.node.add_dependency(group)  # the schedule has only its name, so CloudFormation sees no dependency


def add_ses_events(function: PythonFunction, *, configuration_set: ses.ConfigurationSet) -> None:
    """Invoke on SES events of this stage from the default bus. Lambda retries twice."""
    events.Rule(
        function,
        "Deliveries",
        event_pattern=events.EventPattern(
            source=["aws.ses"],
            detail={"mail": {"tags": {"ses:configuration-set": [configuration_set.configuration_set_name]}}},
        ),
        targets=[event_targets.LambdaFunction(function.function, dead_letter_queue=_dead_letters(function))],
    )


def _dead_letters(function: PythonFunction) -> sqs.Queue:
    if function.dead_letters is None:
        raise ValueError(f"{function.row.name} has no dead-letter queue")
    return function.dead_letters

"""How a table's stream, the clock and SES wake a function."""

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

from infra.python_function import PythonFunction
from infra.stages import Stage


def wake_by_stream(function: PythonFunction, *, table: dynamodb.TableV2, stage: Stage) -> None:
    """By new items alone; a batch that keeps failing is halved, tried again, and ends among the dead letters."""
    lambda_.EventSourceMapping(
        function,
        "Stream",
        target=function.function,
        event_source_arn=table.table_stream_arn,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        filters=[lambda_.FilterCriteria.filter({"eventName": lambda_.FilterRule.is_equal("INSERT")})],
        batch_size=10,
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=5,
        # The emulator counts no attempts: only a record's age ends them there.
        max_record_age=cdk.Duration.minutes(1) if stage.local else cdk.Duration.hours(6),
        on_failure=sources.SqsDlq(_dead_letters(function)),
    )


def wake_every_minute(function: PythonFunction, *, group: scheduler.ScheduleGroup) -> None:
    """Without retries: the next minute does the work of one that failed."""
    dead_letters = _dead_letters(function)
    rights = {
        "lambda:InvokeFunction": function.function.function_arn,
        "sqs:SendMessage": dead_letters.queue_arn,
    }
    statements = [iam.PolicyStatement(actions=[action], resources=[arn]) for action, arn in rights.items()]
    role = iam.Role(
        function,
        "ScheduleRole",
        assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"),
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
            input=scheduler.ScheduleTargetInput.from_object({"every": "minute"}),
            max_event_age=cdk.Duration.minutes(1),
            retry_attempts=0,
            dead_letter_queue=dead_letters,
        ),
    )
    schedule.node.add_dependency(group)  # which it names, so that the template alone would not tell


def wake_by_deliveries(function: PythonFunction, *, configuration_set: ses.ConfigurationSet) -> None:
    """By SES's events on the account's default bus, the only one that it knows; Lambda itself tries twice more."""
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
        raise ValueError(f"{function.row.name} has nowhere to leave what it cannot do")
    return function.dead_letters

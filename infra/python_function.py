"""The Lambda function of one catalogue row, with its own zip, role, log group and dead-letter queue."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.catalog import Function
from infra.function_code import FunctionCode
from infra.retention import removal_policy, retention
from infra.stages import Stage

RUNTIME = lambda_.Runtime.PYTHON_3_13
MEMORY = 1024  # MB; CPU grows with it, and a cold start is CPU-bound


def construct_name(name: str) -> str:
    """Return the construct id of a function: `SendMail` for `send_mail`."""
    return "".join(word.capitalize() for word in name.split("_"))


class PythonFunction(Construct):
    """Has a queue `dead_letters` if the function is invoked asynchronously, else None."""

    def __init__(
        self,
        scope: Construct,
        *,
        row: Function,
        stage: Stage,
        code: FunctionCode,
        layers: list[lambda_.ILayerVersion],
        environment: dict[str, str],
        statements: list[iam.PolicyStatement],
    ) -> None:
        super().__init__(scope, construct_name(row.name))
        self.row = row
        self._stage = stage
        self.function_name = stage.named(row.name)
        self.log_group = logs.LogGroup(
            self,
            "Logs",
            retention=retention(stage),
            removal_policy=removal_policy(stage),
        )
        self.dead_letters = self._dead_letters() if row.is_async else None
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=self.function_name,
            description=row.description,
            code=code.asset(row.name),
            handler=f"functions.{row.name}.handler.lambda_handler",
            runtime=RUNTIME,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=MEMORY,
            timeout=cdk.Duration.seconds(row.timeout_seconds),
            layers=layers,
            environment=environment,
            role=self._role(statements),
            log_group=self.log_group,
            tracing=lambda_.Tracing.ACTIVE if stage.tracing else lambda_.Tracing.DISABLED,
            reserved_concurrent_executions=stage.public_concurrency if row.public else None,
            dead_letter_queue=self.dead_letters if row.every_minute or row.on_ses_events else None,
            # A failed sweep is not retried: the next minute's run does its work.
            retry_attempts=0 if row.every_minute else None,
        )
        acknowledge(self.function, {"AwsSolutions-L1": "newer Pythons have slower cold starts"})
        if stage.tracing:
            acknowledge(self, {"AwsSolutions-IAM5[Resource::*]": "X-Ray knows no resources"})

    def _role(self, allowed: list[iam.PolicyStatement]) -> iam.IRole:
        """Create the role. Policy updates are off, so that only the catalogue grants rights."""
        to_log = iam.PolicyStatement(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[self.log_group.log_group_arn]
        )
        statements = [to_log, *allowed]
        if self._stage.tracing:
            statements.append(
                iam.PolicyStatement(actions=["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources=["*"])
            )
        if self.dead_letters:
            statements.append(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[self.dead_letters.queue_arn]))
        return iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"Rights of {self.function_name}",
            inline_policies={"Catalogue": iam.PolicyDocument(statements=statements)},
        ).without_policy_updates()

    def _dead_letters(self) -> sqs.Queue:
        queue = sqs.Queue(
            self,
            "DeadLetters",
            retention_period=cdk.Duration.days(14),
            enforce_ssl=not self._stage.local,
        )
        acknowledge(queue, {"AwsSolutions-SQS3": "it is a dead-letter queue itself"})
        return queue

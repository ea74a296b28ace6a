"""One row of the catalogue as a Lambda function: its own zip, role, log group and environment."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.catalog import Function
from infra.function_code import FunctionCode
from infra.log_retention import retention
from infra.stages import Stage

RUNTIME = lambda_.Runtime.PYTHON_3_13
MEMORY = 1024  # megabytes; the processor's share grows with it, and a cold start is nothing but processor


def construct_name(name: str) -> str:
    """`send_mail` is `SendMail` in templates."""
    return "".join(word.capitalize() for word in name.split("_"))


class PythonFunction(Construct):
    """`function` is the Lambda; `dead_letters` is there when nobody waits for its answer."""

    def __init__(
        self,
        scope: Construct,
        *,
        row: Function,
        stage: Stage,
        code: FunctionCode,
        layer: lambda_.ILayerVersion,
        environment: dict[str, str],
        rights: list[iam.PolicyStatement],
    ) -> None:
        super().__init__(scope, construct_name(row.name))
        self.row = row
        self._stage = stage
        self.function_name = stage.named(row.name)
        self.log_group = logs.LogGroup(
            self,
            "Logs",
            log_group_name=f"/aws/lambda/{self.function_name}",
            retention=retention(stage),
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        self.dead_letters = self._dead_letters() if row.is_woken else None
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=self.function_name,
            description=row.does,
            code=code.asset(row.name),
            handler=f"functions.{row.name}.handler.lambda_handler",
            runtime=RUNTIME,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=MEMORY,
            timeout=cdk.Duration.seconds(row.timeout_seconds),
            layers=[layer],
            environment=environment,
            role=self._role(rights),
            log_group=self.log_group,
            reserved_concurrent_executions=stage.public_concurrency if row.public else None,
            dead_letter_queue=self.dead_letters if row.every_minute or row.woken_by_deliveries else None,
            # The next minute tries again; a sweep that failed need not be repeated at once.
            retry_attempts=0 if row.every_minute else None,
        )
        acknowledge(self.function, {"AwsSolutions-L1": "a newer Python starts more slowly"})

    def _role(self, rights: list[iam.PolicyStatement]) -> iam.IRole:
        """Closed, so that nothing but the catalogue adds to it."""
        to_log = iam.PolicyStatement(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[self.log_group.log_group_arn]
        )
        statements = [to_log, *rights]
        if self.dead_letters:
            statements.append(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[self.dead_letters.queue_arn]))
        return iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"What {self.function_name} may do",
            inline_policies={"Catalogue": iam.PolicyDocument(statements=statements)},
        ).without_policy_updates()

    def _dead_letters(self) -> sqs.Queue:
        queue = sqs.Queue(
            self,
            "DeadLetters",
            queue_name=f"{self.function_name}-dead-letters",
            retention_period=cdk.Duration.days(14),
            enforce_ssl=not self._stage.local,
        )
        acknowledge(queue, {"AwsSolutions-SQS3": "it is a dead-letter queue itself"})
        return queue

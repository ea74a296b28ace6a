"""How long a stage keeps its logs, in the CDK's words."""

from aws_cdk import aws_logs as logs

from infra.stages import Stage

KNOWN = {
    7: logs.RetentionDays.ONE_WEEK,
    30: logs.RetentionDays.ONE_MONTH,
    365: logs.RetentionDays.ONE_YEAR,
}


def retention(stage: Stage) -> logs.RetentionDays:
    return KNOWN[stage.log_retention_days]

"""Log retention of a stage as the CDK's enum."""

from aws_cdk import aws_logs as logs

from infra.stages import Stage

RETENTION_BY_DAYS = {
    7: logs.RetentionDays.ONE_WEEK,
    30: logs.RetentionDays.ONE_MONTH,
    365: logs.RetentionDays.ONE_YEAR,
}


def retention(stage: Stage) -> logs.RetentionDays:
    """Return the retention. Raises KeyError for days that CloudWatch does not offer or the table lacks."""
    return RETENTION_BY_DAYS[stage.log_retention_days]

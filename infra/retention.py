"""What of a stage outlives its stack, and how long logs are kept."""

import aws_cdk as cdk
from aws_cdk import aws_logs as logs

from infra.stages import Stage

RETENTION_BY_DAYS = {
    7: logs.RetentionDays.ONE_WEEK,
    30: logs.RetentionDays.ONE_MONTH,
    365: logs.RetentionDays.ONE_YEAR,
}


def retention(stage: Stage) -> logs.RetentionDays:
    """Return the log retention. Raises KeyError for days that CloudWatch does not offer or the table lacks."""
    return RETENTION_BY_DAYS[stage.log_retention_days]


def removal_policy(stage: Stage) -> cdk.RemovalPolicy:
    """Return the policy of data and logs. Where they are kept, a failed first deployment still removes what it created.

    Plain RETAIN would leave those resources behind, and the next deployment would find their names taken.
    """
    return cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if stage.keeps_data else cdk.RemovalPolicy.DESTROY


def empties_buckets(stage: Stage) -> bool:
    """Return whether buckets of data are emptied before their deletion, which CloudFormation refuses otherwise.

    Not in the local stage: the emulator's folder is deleted as a whole.
    """
    return not stage.keeps_data and not stage.local

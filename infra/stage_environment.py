"""The environment in which the adapters of `shared` work on a deployed stage, for commands of this machine."""

import os

from infra.doctor import require_account_of
from infra.stages import Stage
from shared.storage_schema import TABLES


def use_stage(stage: Stage) -> None:
    """Set region, event bus and tables of the stage. Exits unless the credentials are of its account."""
    os.environ.update(AWS_REGION=stage.region, AWS_DEFAULT_REGION=stage.region, EVENT_BUS=stage.named())
    os.environ.update({table.environment: stage.named(table.name) for table in TABLES})
    require_account_of(stage)

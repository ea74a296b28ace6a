"""Actor, operation id and time of the current command."""

from datetime import datetime
from typing import NamedTuple

from shared.domain.policy.authorization import Actor


class OperationContext(NamedTuple):
    """`operation_id` is the request's own id: what it writes bears it, which tells a lost answer from a lost race."""

    actor: Actor
    operation_id: str
    now: datetime

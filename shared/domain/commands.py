"""The circumstances of a command: who gives it, which operation it is, and when."""

from datetime import datetime
from typing import NamedTuple

from shared.domain.actors import Actor


class Command(NamedTuple):
    """`operation` is the request's own id; what it writes bears it, which tells a lost answer from a lost race."""

    by: Actor
    operation: str
    now: datetime

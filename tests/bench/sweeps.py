"""What the sweep asks and writes for each invitation that has expired, with few and with many others waiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.model.users import Status
from tests import aws_fixture
from tests.bench import crowds
from tests.bench.figures import Figure
from tests.bench.metering import metered
from tests.bench.write_units import cost, snapshot
from tests.invoke import wake

EXPIRED = 50
FEW, MANY = 200, 20_000


@dataclass(frozen=True)
class Sweep:
    """For each invitation that has expired."""

    requests: float
    base: float
    indexes: float

    @property
    def all(self) -> float:
        return self.requests + self.base + self.indexes


def swept(number_waiting: int) -> Sweep:
    """Run the sweep once, in an emulated AWS of its own; every expired invitation must have been written."""
    aws_fixture.reset()
    model = crowds.an_invited_user()
    due = crowds.waiting(model, EXPIRED, expired_for=timedelta(minutes=1))
    crowds.write(due)
    crowds.write(crowds.waiting(model, number_waiting, from_number=EXPIRED))
    before = snapshot()
    with crowds.patched(), metered() as calls:
        wake("expire")
    after = snapshot()
    ids = {user.user_id for user in due}
    users = [item for item in after.values() if "email" in item and item["user_id"]["S"] in ids]
    assert [item["status"]["S"] for item in users] == [Status.EXPIRED] * EXPIRED
    found = cost(calls, before, after)
    return Sweep(found.requests / EXPIRED, found.base / EXPIRED, found.indexes / EXPIRED)


def figures(*, many: int = MANY) -> Iterator[Figure]:
    few, lots = swept(FEW), swept(many)
    for waiting, found in ((FEW, few), (many, lots)):
        name = f"{waiting:,} waiting"
        yield Figure(f"{name}: requests", found.requests, at_most=1.1, note=f"{EXPIRED} expired in one run")
        yield Figure(f"{name}: base", found.base, "WRU", at_most=10)
        yield Figure(f"{name}: indexes", found.indexes, "WRU", at_most=6)
    yield Figure(f"{many:,} waiting ÷ {FEW} waiting", lots.all / few.all, at_most=1.02)

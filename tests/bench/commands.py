"""What each command case asks of AWS and writes: when it succeeds, when it is repeated and when it is refused."""

from collections.abc import Callable, Iterable, Iterator

from tests import aws_fixture
from tests.bench.figures import Figure
from tests.bench.metering import Calls, metered
from tests.bench.write_units import Cost as Measured
from tests.bench.write_units import cost, snapshot
from tests.command_cases import CASES
from tests.command_cases.case import CommandCase, Cost, Given, RefusedCase
from tests.invoke import Answer
from tests.proofs import movable_clock, snapshots
from tests.proofs.snapshots import KeptState

ROUTE_CASES = tuple(case for case in CASES if case.is_route)


def measured(request: Callable[[], Answer], *, status: int) -> tuple[Calls, Measured]:
    """One request in the state as it is now."""
    before = snapshot()
    with metered() as calls:
        answer = request()
    assert answer.status == status, answer.text
    return calls, cost(calls, before, snapshot())


def figures(cases: Iterable[CommandCase] = ROUTE_CASES) -> Iterator[Figure]:
    """Requests of each case, and what its writes, its repeat and its refusals cost."""
    movable_clock.install()
    for case in cases:
        yield from _figures(case)
    movable_clock.uninstall()


def _figures(case: CommandCase) -> Iterator[Figure]:
    aws_fixture.reset()
    given = case.arrange()
    arranged = snapshots.keep()
    calls, found = measured(lambda: case.run(given, headers={}), status=case.status)
    order = " → ".join(call.operation for call in calls.made)
    most = 2 if case.cost is Cost.CHANGE else None
    yield Figure(f"{case.name}: DynamoDB requests", found.dynamodb, at_most=most, note=order)
    yield from _written(case, found)
    if case.keyed and case.cost is not Cost.READ:
        snapshots.put_back(arranged)
        _, keyed = measured(lambda: case.run(given), status=case.status)
        yield Figure(f"{case.name} with Idempotency-Key: DynamoDB requests", keyed.dynamodb, at_most=most)
        _, repeated = measured(lambda: case.run(given), status=case.status)
        yield from _unwritten(case, "repeated", [repeated])
    if case.refusals:
        yield from _unwritten(case, "refused", [refused(case, one, given, arranged)[1] for one in case.refusals])


def refused(case: CommandCase, refusal: RefusedCase, given: Given, arranged: KeptState) -> tuple[Calls, Measured]:
    """The command where it is refused, in its own state or in that of the refusal."""
    if refusal.arrange:
        aws_fixture.reset()
        given = refusal.arrange()
    else:
        snapshots.put_back(arranged)
    if refusal.happens:
        refusal.happens(given)
    changes = refusal.changed(given) if refusal.changed else {}
    return measured(lambda: case.run(given, **changes), status=refusal.status)


def _written(case: CommandCase, found: Measured) -> Iterator[Figure]:
    if case.cost is Cost.READ:
        yield Figure(f"{case.name}: items", found.items, at_most=0)
    elif found.items or found.base:
        mails, is_unbounded = case.extra_mails, case.cost is Cost.UNBOUNDED
        indexes = 6 + mails if case.cost is Cost.CHANGE else None
        yield Figure(f"{case.name}: items", found.items, at_most=None if is_unbounded else 7 + mails)
        note = f"largest item {found.largest} bytes"
        base = None if is_unbounded else 14 + 2 * mails
        yield Figure(f"{case.name}: base", found.base, "WRU", at_most=base, note=note)
        yield Figure(f"{case.name}: indexes", found.indexes, "WRU", at_most=indexes)


def _unwritten(case: CommandCase, what: str, found: list[Measured]) -> Iterator[Figure]:
    """Of some requests that must not write: the most that one of them reads, and what all of them write."""
    most = 1 if case.cost is Cost.CHANGE else None
    yield Figure(f"{case.name} {what}: DynamoDB requests", max(one.dynamodb for one in found), at_most=most)
    written = sum(one.base + one.indexes for one in found)
    yield Figure(f"{case.name} {what}: base and indexes", written, "WRU", at_most=0)

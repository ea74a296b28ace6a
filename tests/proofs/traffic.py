"""Everything that functions do, in one process: each route in all its ways, each command and its repeat."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from shared.adapters.dynamodb.codec import to_item
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import an_account
from tests.invoke import call, wake
from tests.proofs import moments
from tests.proofs.commands import COMMANDS
from tests.proofs.every_route import ROUTES, Parts, RouteWorld, described, parts_of, route_world, success_of
from tests.proofs.snapshots import rows

_KEYED = {"headers": {"idempotency-key": "one"}}


def tell_everything() -> None:
    """Each in a world of its own."""
    for route in ROUTES:
        aws_fixture.begin_anew()
        for change in _ways(route, route_world()):
            aws_fixture.begin_anew()
            answer = call(route, **parts_of(route, route_world()) | _KEYED | change)
            assert answer.status == success_of(route), f"{route} {change}: {answer.text}"
    for prepare in COMMANDS:
        aws_fixture.begin_anew()
        moments.put(timedelta())
        command = prepare()
        for _ in range(2):
            assert command.give().status == command.status, prepare.__name__
    aws_fixture.begin_anew()
    an_account()
    wake("publish_events", {"Records": list(_as_the_stream_tells())})


def _ways(route: str, there: RouteWorld) -> Iterator[Parts]:
    """The plain request, one for each choice that a query has, and one with a link that was copied."""
    yield {}
    body = parts_of(route, there).get("body", {})
    if "token" in body:
        yield {"body": body | {"token": there.copied[body["token"]]}}
    for parameter in described(route)["parameters"]:
        if parameter["in"] == "query":
            name, schema = parameter["name"], parameter["schema"]
            values = [there.ids[name]] if name in there.ids else schema.get("enum", [])
            yield from ({"query": {name: value}} for value in values)


def _as_the_stream_tells() -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows(JOURNAL)):
        yield {"dynamodb": {"NewImage": to_item(row), "SequenceNumber": f"{number}"}}

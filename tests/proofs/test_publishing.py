"""Every journal entry is published once the bus works again: from the stream, and by redrive."""

import json
import random
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from infra.redrive import redrive
from infra.stages import Stage
from shared.adapters.dynamodb.codec import to_item
from shared.adapters.event_bus import open_event_bus
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import an_account, invited
from tests.invoke import wake
from tests.proofs.faults import Call, Perform, injected, response
from tests.proofs.mappings import AS_DEPLOYED_FOR_EVENTS, Consumer
from tests.proofs.promises import PROMISES, tried
from tests.proofs.random_faults import RandomFaults
from tests.proofs.snapshots import rows
from tests.proofs.streams import Stream

MANY = 500  # entries
ACCOUNTS = [f"ab{number}" for number in range(100, 108)]


class Here(Stage):
    """Whose tables bear no stage in their names."""

    def named(self, *words: str) -> str:
        return "-".join(["usher", *words])


class Bus:
    """Every tenth request meets a fault, every fiftieth entry is refused at first, some are until the bus is mended.

    `heard` is what came, as rate as it came: a subscriber knows a repeat by its id.
    """

    def __init__(self, chance: random.Random, *, unwelcome: set[str]) -> None:
        self.heard: list[dict[str, Any]] = []
        self.refused = set[str]()
        self.faults = RandomFaults("PutEvents", rate=0.1, chance=chance)
        self._chance, self._unwelcome, self._fickle = chance, unwelcome, 0.02

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        if call.operation != "PutEvents":
            return perform()
        return self.faults.meet(call, partial(self._take, call))

    def mend(self) -> None:
        self._unwelcome, self._fickle = set(), 0.0
        self.faults.rate = 0

    def _take(self, call: Call) -> AWSResponse:
        results = [self._result(json.loads(entry["Detail"])) for entry in call.body["Entries"]]
        return response(call, 200, {"Entries": results, "FailedEntryCount": sum("ErrorCode" in one for one in results)})

    def _result(self, detail: dict[str, Any]) -> dict[str, str]:
        if detail["entry_id"] in self._unwelcome or self._chance.random() < self._fickle:
            self.refused.add(detail["entry_id"])
            return {"ErrorCode": "InternalFailure", "ErrorMessage": "not now"}
        self.heard.append(detail)
        return {"EventId": detail["entry_id"]}


@pytest.mark.parametrize("seed", range(PROMISES["events"].cases // MANY))
def test_every_entry_is_published_in_the_order_of_its_account(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    began = datetime.now(UTC) - timedelta(days=1)
    invited(an_account())
    stream, written = Stream(JOURNAL), journaled(chance)
    bus = Bus(chance, unwelcome=set(chance.sample(written, MANY // 100)))
    wake_publisher = partial(wake, "publish_events")
    consumer = Consumer(stream, wake_publisher, AS_DEPLOYED_FOR_EVENTS, chance=chance, repeats=0.05)

    with injected(bus):
        for _ in range(MANY):
            consumer.poll()
        waited = set(written) - {event["entry_id"] for event in bus.heard}
        bus.mend()
        consumer.run_dry()
        from_stream = [event["entry_id"] for event in bus.heard]
        again, refused = publish_again(since=began)

    assert consumer.given_up() == []
    assert set(from_stream) >= set(written)
    assert (again >= MANY, refused) == (True, [])
    assert_in_order(bus, from_stream)
    tried("events", MANY, bus.faults.met | {"waited for the bus": len(waited)})


def assert_in_order(bus: Bus, heard: list[str]) -> None:
    """Of each account, as they came for the first time; one that the bus itself refused may come late."""
    accounts = {event["entry_id"]: event["account_id"] for event in bus.heard}
    firsts = [entry_id for entry_id in dict.fromkeys(heard) if entry_id not in bus.refused]
    for account_id in ACCOUNTS:
        of_account = [entry_id for entry_id in firsts if accounts[entry_id] == account_id]
        assert of_account == sorted(of_account) != []


def journaled(chance: random.Random) -> list[str]:
    """Entries like a real one, of many people in some accounts, in the order in which they were written."""
    likeness = next(row for row in rows(JOURNAL) if row["type"] == "user.invited")
    written = []
    for number in range(MANY):
        entry_id = f"{likeness['at']}-{number:010d}"
        keys = {"account_id": chance.choice(ACCOUNTS), "entry_id": entry_id, "sk": entry_id}
        row = likeness | keys | {"pk": keys["account_id"]}
        aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(JOURNAL), Item=to_item(row))
        written.append(entry_id)
    return written


def publish_again(*, since: datetime) -> tuple[int, list[str]]:
    until = datetime.now(UTC) + timedelta(days=1)
    return redrive(
        Here(name="tests", keeps_data=False, sender="no-reply@usher.example", staff_mail="staff@usher.example"),
        since=since,
        until=until,
        publish=open_event_bus().publish,
    )

import os
import sys
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from infra import redrive as redrive_module
from infra.redrive import moment, redrive
from shared.adapters.dynamodb.codec import to_item
from shared.adapters.event_bus import EventBus
from shared.storage_schema import JOURNAL
from tests.infra.stages import DEV

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ONE = datetime(2026, 11, 1, 13, tzinfo=UTC)


@pytest.fixture
def journal() -> Any:
    dynamodb = boto3.client("dynamodb")
    dynamodb.create_table(
        TableName=DEV.named("journal"),
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[
            {"AttributeName": JOURNAL.partition_key, "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
    )
    return dynamodb


def test_redrive_command_uses_the_region_of_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ | {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "eu-west-1"})
    monkeypatch.setattr(sys, "argv", ["redrive", "--stage", "dev", "--since", "2026-11-01"])
    asked: list[str] = []

    def note(*_: Any, **__: Any) -> tuple[int, list[str]]:
        asked.append(os.environ["AWS_DEFAULT_REGION"])
        return 0, []

    monkeypatch.setattr(redrive_module, "redrive", note)
    # The real one would keep that stage's bus for the rest of this process.
    monkeypatch.setattr(redrive_module, "open_event_bus", lambda: object.__new__(EventBus))

    with pytest.raises(SystemExit) as ended:
        redrive_module.main()

    assert (ended.value.code, asked) == (0, [DEV.region])


def test_redrive_publishes_entries_of_the_period_unchanged(journal: Any) -> None:
    write(journal, at="2026-11-01T11:59:59.999Z")
    write(journal, at="2026-11-01T12:00:00.000Z")
    write(journal, at="2026-11-01T13:00:00.000Z")
    bus = Bus()

    count, refused = redrive(DEV, since=NOON, until=ONE, publish=bus.publish)

    assert (count, refused) == (1, [])
    [published] = bus.published
    assert published == published | an_entry(at="2026-11-01T12:00:00.000Z")


def test_redrive_returns_rejected_ids(journal: Any) -> None:
    write(journal, at="2026-11-01T12:00:00.000Z")
    write(journal, at="2026-11-01T12:30:00.000Z")

    answer = redrive(DEV, since=NOON, until=ONE, publish=lambda entries: [entries[0]["entry_id"]])

    assert answer == (1, ["entry-2026-11-01T12:00:00.000Z"])


def test_moment_without_offset_is_utc() -> None:
    assert moment("2026-11-01T12:00") == NOON
    assert moment("2026-11-01T13:00+01:00") == NOON


class Bus:
    """Accepts every entry."""

    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []

    def publish(self, entries: list[dict[str, Any]]) -> list[str]:
        self.published += entries
        return []


def write(journal: Any, *, at: str) -> None:
    entry = an_entry(at=at)
    keys = {"pk": entry["account_id"], "sk": entry["entry_id"]}
    journal.put_item(TableName=DEV.named("journal"), Item=to_item(keys | entry))


def an_entry(*, at: str) -> dict[str, Any]:
    return {
        "entry_id": f"entry-{at}",
        "at": at,
        "type": "user.joined",
        "account_id": "ab123",
        "actor": "ljqvpcwtb32arssyuc2daq6x7s",
        "user_id": "ljqvpcwtb32arssyuc2daq6x7s",
        "before": {"status": "invited"},
        "after": {"status": "active"},
    }

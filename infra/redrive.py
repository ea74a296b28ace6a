"""Publishes journal entries anew, for subscribers that missed them: `make redrive STAGE=dev SINCE=2026-11-01`.

Subscribers tell a repeat by its `entry_id`.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import boto3

from infra.stages import Local, Stage, stage_named
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.event_bus import open_event_bus
from shared.domain.model.base import iso

Publish = Callable[[list[dict[str, Any]]], list[str]]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--stage", required=True)
    words.add_argument("--since", required=True, type=moment, help="ISO-8601, in UTC unless it says otherwise")
    words.add_argument("--until", default=datetime.now(UTC), type=moment, help="not included; now, if left out")
    chosen = words.parse_args()
    stage = stage_named(chosen.stage, Local())
    os.environ.setdefault("AWS_REGION", stage.region)
    os.environ.setdefault("AWS_DEFAULT_REGION", stage.region)
    os.environ["EVENT_BUS"] = stage.named()
    published, refused = redrive(stage, since=chosen.since, until=chosen.until, publish=open_event_bus().publish)
    print(f"{published} entries published, {len(refused)} refused")
    for entry_id in refused:
        print(entry_id)
    sys.exit(1 if refused else 0)


def redrive(stage: Stage, *, since: datetime, until: datetime, publish: Publish) -> tuple[int, list[str]]:
    """How many entries were published, and the ids of those that the bus did not take."""
    published, refused = 0, []
    for entries in pages_of_journal(stage.named("journal"), since=since, until=until):
        turned_down = publish(entries)
        published += len(entries) - len(turned_down)
        refused += turned_down
    return published, refused


def pages_of_journal(table: str, *, since: datetime, until: datetime) -> Iterator[list[dict[str, Any]]]:
    """Reads the whole table, whose keys know no time across accounts."""
    dynamodb: Any = boto3.client("dynamodb")
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="#at >= :since AND #at < :until",
        ExpressionAttributeNames={"#at": "at"},
        ExpressionAttributeValues={":since": {"S": iso(since)}, ":until": {"S": iso(until)}},
    )
    for page in pages:
        if page["Items"]:
            yield [from_item(item) for item in page["Items"]]


def moment(text: str) -> datetime:
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


if __name__ == "__main__":
    main()

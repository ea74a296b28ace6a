"""Publish journal entries again, for subscribers that missed them: `make redrive STAGE=dev SINCE=2026-11-01`.

Subscribers recognise duplicates by `entry_id`.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import boto3

from infra.stage_environment import use_stage
from infra.stages import Local, Stage, stage_named
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.event_bus import open_event_bus
from shared.domain.model.values import iso

Publish = Callable[[list[dict[str, Any]]], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("--since", required=True, type=moment, help="ISO-8601, UTC unless it has an offset")
    parser.add_argument("--until", default=datetime.now(UTC), type=moment, help="exclusive; default: now")
    arguments = parser.parse_args()
    stage = stage_named(arguments.stage, Local())
    use_stage(stage)
    published, refused = redrive(stage, since=arguments.since, until=arguments.until, publish=open_event_bus().publish)
    print(f"{published} entries published, {len(refused)} refused")
    for entry_id in refused:
        print(entry_id)
    sys.exit(1 if refused else 0)


def redrive(stage: Stage, *, since: datetime, until: datetime, publish: Publish) -> tuple[int, list[str]]:
    """Publish the entries of a period. Returns the number published and the ids that the bus rejected."""
    published, refused = 0, []
    for entries in pages_of_journal(stage.named("journal"), since=since, until=until):
        rejected = publish(entries)
        published += len(entries) - len(rejected)
        refused += rejected
    return published, refused


def pages_of_journal(table: str, *, since: datetime, until: datetime) -> Iterator[list[dict[str, Any]]]:
    """Scan the whole table, which has no index by time across accounts."""
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
    """Parse an ISO-8601 time, as UTC if it has no offset."""
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


if __name__ == "__main__":
    main()

"""Make the search index of users again from the directory: `make reindex STAGE=dev`.

Needed after a restore of the directory, and for changes that ended in the dead-letter queue of `index_users`. It may
run while people work: what changes meanwhile, the stream brings.
"""

import argparse
from collections.abc import Callable, Iterator
from typing import Any

import boto3

from infra.stage_environment import use_stage
from infra.stages import Local, Stage, stage_named
from shared.adapters.dynamodb.account_items import ACCOUNT

Rebuild = Callable[[str], int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    stage = stage_named(parser.parse_args().stage, Local())
    use_stage(stage)
    from shared.adapters.dynamodb.search_index import open_search_index  # noqa: PLC0415 (reads the environment)

    accounts, entries = reindex(stage, rebuild=open_search_index().rebuild)
    print(f"{accounts} accounts read, {entries} entries put or deleted")


def reindex(stage: Stage, *, rebuild: Rebuild) -> tuple[int, int]:
    """Rebuild every account's part of the index. Returns the number of accounts, and of entries that changed."""
    changed = [rebuild(account_id) for account_id in accounts_of(stage.named("directory"))]
    return len(changed), sum(changed)


def accounts_of(table: str) -> Iterator[str]:
    """Scan the whole table, which has no index of accounts."""
    dynamodb: Any = boto3.client("dynamodb")
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="sk = :account",
        ExpressionAttributeValues={":account": {"S": ACCOUNT}},
        ProjectionExpression="pk",
    )
    for page in pages:
        yield from (item["pk"]["S"] for item in page["Items"])


if __name__ == "__main__":
    main()

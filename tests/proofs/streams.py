"""A stand-in for a DynamoDB stream: every write becomes a record, and records of one key keep their order."""

import zlib
from collections import deque
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from shared.clock import utc_now
from shared.storage_schema import Table
from tests import aws_fixture

Record = dict[str, Any]

SHARD = "shardId-"


class Stream:
    """The writes of a table from now on, transactions included, in shards that are read from the left.

    The records are the emulator's, which has one shard; here records are split by partition key.
    """

    def __init__(self, table: Table, *, shards: int = 4) -> None:
        self.shards = [deque[Record]() for _ in range(shards)]
        self._table, self._name, self._read = table, aws_fixture.physical(table), 0
        aws_fixture.dynamodb.update_table(
            TableName=self._name, StreamSpecification={"StreamEnabled": True, "StreamViewType": view_of(table)}
        )
        self.arn: str = aws_fixture.dynamodb.describe_table(TableName=self._name)["Table"]["LatestStreamArn"]

    def flow(self) -> None:
        """Move what was written since the last call into the shards."""
        written = self._written()
        for record in written[self._read :]:
            change = record["dynamodb"] | {"ApproximateCreationDateTime": utc_now().timestamp()}
            self.shard_of(record).append(record | {"dynamodb": change, "eventSourceARN": self.arn})
        self._read = len(written)

    def shard_of(self, record: Record) -> deque[Record]:
        """Return the shard of the record's partition."""
        partition: str = record["dynamodb"]["Keys"][self._table.partition_key]["S"]
        return self.shards[zlib.crc32(partition.encode()) % len(self.shards)]

    def pointed_at(self, dead_letter: dict[str, Any]) -> list[Record]:
        """Return the records that a dead letter points to."""
        info = dead_letter["DDBStreamBatchInfo"]
        first, last = int(info["startSequenceNumber"]), int(info["endSequenceNumber"])
        shard = self.shards[int(info["shardId"].removeprefix(SHARD))]
        between = [record for record in self._written() if first <= sequence_number(record) <= last]
        return [record for record in between if self.shard_of(record) is shard]

    def _written(self) -> list[Record]:
        table = dynamodb_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].tables[self._name]
        kept: Any = table.stream_shard
        return [one.to_json() for one in kept.items]


def view_of(table: Table) -> str:
    """Return what a record of the table's stream holds beside the keys."""
    return "NEW_AND_OLD_IMAGES" if table.stream_has_old_images else "NEW_IMAGE"


def sequence_number(record: Record) -> int:
    """Return a record's position in its stream."""
    return int(record["dynamodb"]["SequenceNumber"])

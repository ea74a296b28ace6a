"""DynamoDB's part of a stream: every write of a table becomes a record, and each key's records keep their order."""

import zlib
from collections import deque
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from shared.clock import utc_now
from shared.tables import Table
from tests import world

Record = dict[str, Any]

VIEW = "NEW_IMAGE"


class Stream:
    """A table's writes from now on, transactions included, in shards from whose left end they are taken.

    The records are the emulator's own, which knows but one shard; here each key has its shard.
    """

    def __init__(self, table: Table, *, shards: int = 4) -> None:
        self.shards = [deque[Record]() for _ in range(shards)]
        self._table, self._name, self._read = table, world.physical(table), 0
        world.dynamodb.update_table(
            TableName=self._name, StreamSpecification={"StreamEnabled": True, "StreamViewType": VIEW}
        )
        self.arn: str = world.dynamodb.describe_table(TableName=self._name)["Table"]["LatestStreamArn"]

    def flow(self) -> None:
        """What was written since the last time arrives in the shards."""
        written: list[Any] = dynamodb_backends[DEFAULT_ACCOUNT_ID][world.REGION].tables[self._name].stream_shard.items
        for one in written[self._read :]:
            record = one.to_json()
            change = record["dynamodb"] | {"ApproximateCreationDateTime": utc_now().timestamp()}
            self.shard_of(change["Keys"]).append(record | {"dynamodb": change, "eventSourceARN": self.arn})
        self._read = len(written)

    def shard_of(self, keys: dict[str, dict[str, str]]) -> deque[Record]:
        """All items of a partition are in one shard."""
        partition = keys[self._table.partition_key]["S"]
        return self.shards[zlib.crc32(partition.encode()) % len(self.shards)]


def sequence_number(record: Record) -> int:
    """A record's place among all records of its stream."""
    return int(record["dynamodb"]["SequenceNumber"])

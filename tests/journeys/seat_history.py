"""The seats of one account over time, as the stream of its table tells them."""

from typing import Any, NamedTuple

from shared.adapters.dynamodb.codec import from_item
from tests.journeys.emulator import Emulator


class SeatsThen(NamedTuple):
    """The seats of an account after one write of its item."""

    limit: int
    used: int
    available: int


class SeatHistory:
    """Every write of an account's item from now on, in the order in which the table took them."""

    def __init__(self, emulator: Emulator, account_id: str) -> None:
        self._account_id, self._streams = account_id, emulator.client("dynamodbstreams")
        table = emulator.table("directory")
        arn = emulator.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
        [shard] = self._streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        place = {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "LATEST"}
        self._next = self._streams.get_shard_iterator(**place)["ShardIterator"]

    def read(self) -> list[SeatsThen]:
        """Return the seats after each write since the last call."""
        history = []
        while records := self._records():
            images = [from_item(record["dynamodb"]["NewImage"]) for record in records]
            history += [_seats_of(image) for image in images if self._is_of_account(image)]
        return history

    def _records(self) -> list[dict[str, Any]]:
        answer = self._streams.get_records(ShardIterator=self._next)
        self._next = answer["NextShardIterator"]
        return list(answer["Records"])

    def _is_of_account(self, image: dict[str, Any]) -> bool:
        return (image["pk"], image["sk"]) == (self._account_id, "account")


def _seats_of(account: dict[str, Any]) -> SeatsThen:
    limit = account["seats_purchased"] + account["seats_granted"]
    return SeatsThen(limit, account["seats_used"], account["seats_available"])

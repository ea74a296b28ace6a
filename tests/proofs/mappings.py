"""A stand-in for Lambda's event source mapping, as AWS documents it, with a parallelization factor of 1.

A batch is delivered until its function succeeds, and sometimes once more. Later records of the shard wait for it, so
that order is kept within a shard.
"""

import json
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from shared.clock import utc_now
from tests.proofs.faults import Killed
from tests.proofs.streams import SHARD, Record, Stream, sequence_number

Invoke = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Mapping:
    """Settings of an event source mapping; one of the filter `patterns` must match."""

    batch_size: int
    retries: int | None  # None: until the record is too old
    max_age: timedelta
    window: timedelta = timedelta()
    patterns: tuple[str, ...] = ()
    reports_failures: bool = False
    bisects: bool = False

    @classmethod
    def of(cls, properties: dict[str, Any]) -> "Mapping":
        """Return the settings of an AWS::Lambda::EventSourceMapping."""
        assert properties.get("ParallelizationFactor", 1) == 1, "only one batch at a time is supported"
        return cls(
            batch_size=properties["BatchSize"],
            retries=properties.get("MaximumRetryAttempts"),
            max_age=timedelta(seconds=properties["MaximumRecordAgeInSeconds"]),
            window=timedelta(seconds=properties.get("MaximumBatchingWindowInSeconds", 0)),
            patterns=tuple(one["Pattern"] for one in properties.get("FilterCriteria", {}).get("Filters", [])),
            reports_failures="ReportBatchItemFailures" in properties.get("FunctionResponseTypes", []),
            bisects=properties.get("BisectBatchOnFunctionError", False),
        )

    def passes(self, record: Record) -> bool:
        return not self.patterns or any(_matches(json.loads(pattern), record) for pattern in self.patterns)


# The settings of every stage by function; a test compares them with the template.
AS_DEPLOYED = Mapping(
    batch_size=10,
    retries=5,
    max_age=timedelta(hours=23),
    patterns=('{"eventName":["INSERT"]}',),
    reports_failures=True,
    bisects=True,
)
AS_DEPLOYED_FOR_EVENTS = replace(AS_DEPLOYED, retries=None, patterns=('{"eventName":["INSERT","MODIFY","REMOVE"]}',))

AS_DEPLOYED_FOR_USERS = replace(
    AS_DEPLOYED_FOR_EVENTS,
    patterns=('{"eventName":["INSERT","MODIFY","REMOVE"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"user#"}]}}}}',),
)

AS_DEPLOYED_FOR_JOBS = replace(
    AS_DEPLOYED, patterns=('{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"job#"}]}}}}',)
)


def _matches(pattern: dict[str, Any], value: dict[str, Any]) -> bool:
    """Compare values and their beginnings, which is all that the product's filters use."""
    for name, wanted in pattern.items():
        found = value.get(name)
        if isinstance(wanted, dict):
            if not isinstance(found, dict) or not _matches(wanted, found):
                return False
        elif not any(_is_one(each, found) for each in wanted):
            return False
    return True


def _is_one(wanted: Any, found: Any) -> bool:
    return str(found).startswith(wanted["prefix"]) if isinstance(wanted, dict) else bool(wanted == found)


@dataclass(frozen=True)
class StreamBatch:
    """Records of one shard that are delivered together, after this number of retries."""

    records: list[Record]
    retries: int = 0

    def halved(self) -> "list[StreamBatch]":
        half = len(self.records) // 2
        return [replace(self, records=self.records[:half]), replace(self, records=self.records[half:])]


class Consumer:
    """One function behind a stream. `repeats` is the probability that a successful batch is delivered again."""

    def __init__(
        self,
        stream: Stream,
        invoke: Invoke,
        mapping: Mapping = AS_DEPLOYED,
        *,
        chance: random.Random | None = None,
        repeats: float = 0,
    ) -> None:
        self.dead_letters: list[dict[str, Any]] = []
        self._stream, self._invoke, self._mapping = stream, invoke, mapping
        self._chance, self._repeats = chance or random.Random(0), repeats  # noqa: S311 (chance, not secrecy)
        self._pending = [deque[StreamBatch]() for _ in stream.shards]

    def poll(self) -> bool:
        """Deliver one batch of each shard, in random order of shards; return False if there was none."""
        self._stream.flow()
        order = list(range(len(self._stream.shards)))
        self._chance.shuffle(order)
        delivered = [self._deliver(shard) for shard in order]
        return any(delivered)

    def run_dry(self) -> None:
        """Deliver until every record has succeeded or become a dead letter."""
        while self.poll():
            pass

    def given_up(self) -> list[Record]:
        """Return the records of all dead letters."""
        return [record for letter in self.dead_letters for record in self._stream.pointed_at(letter)]

    def _deliver(self, shard: int) -> bool:
        pending = self._pending[shard]
        if not pending and not (fresh := self._gathered(self._stream.shards[shard])):
            return False
        batch = self._without_old(pending.popleft() if pending else StreamBatch(fresh), shard=shard)
        if batch.records:
            pending.extendleft(reversed(self._left_of(batch, shard=shard)))
        return True

    def _gathered(self, waiting: deque[Record]) -> list[Record]:
        """Return the next batch of a shard once it is full or its window is over; filtered records are dropped."""
        passed = [record for record in waiting if self._mapping.passes(record)]
        is_full = len(passed) >= self._mapping.batch_size
        if not passed or not (is_full or _age(passed[0]) >= self._mapping.window):
            return []
        batch = passed[: self._mapping.batch_size]
        while waiting and sequence_number(waiting[0]) <= sequence_number(batch[-1]):
            waiting.popleft()
        return batch

    def _without_old(self, batch: StreamBatch, *, shard: int) -> StreamBatch:
        """Drop records that are too old to be delivered, with a dead letter."""
        old = [record for record in batch.records if _age(record) > self._mapping.max_age]
        self._give_up(old, shard=shard, condition="RecordAgeExceeded")
        return replace(batch, records=batch.records[len(old) :])

    def _left_of(self, batch: StreamBatch, *, shard: int) -> list[StreamBatch]:
        """Invoke the function; return the batches that must be delivered again."""
        try:
            first = self._first_failed(batch, self._invoke({"Records": batch.records}))
        except (Exception, Killed):  # noqa: BLE001 (any failure of the function)
            can_be_halved = self._mapping.bisects and len(batch.records) > 1
            return batch.halved() if can_be_halved else self._retried(batch, shard=shard)
        if first is None:
            return [batch] if self._chance.random() < self._repeats else []
        rest = replace(batch, records=batch.records[first:])
        # A bisected batch, or one cut where it failed, spends no retry.
        return [rest] if first and self._mapping.bisects else self._retried(rest, shard=shard)

    def _first_failed(self, batch: StreamBatch, answer: Any) -> int | None:
        """Return the checkpoint: everything from the lowest reported record on counts as failed."""
        failures = (answer or {}).get("batchItemFailures") if self._mapping.reports_failures else None
        if not failures:
            return None
        places = {record["dynamodb"]["SequenceNumber"]: place for place, record in enumerate(batch.records)}
        return min(places[failure["itemIdentifier"]] for failure in failures)

    def _retried(self, batch: StreamBatch, *, shard: int) -> list[StreamBatch]:
        if self._mapping.retries is None or batch.retries < self._mapping.retries:
            return [replace(batch, retries=batch.retries + 1)]
        self._give_up(batch.records, shard=shard, condition="RetryAttemptsExhausted")
        return []

    def _give_up(self, records: list[Record], *, shard: int, condition: str) -> None:
        """Write a dead letter, which holds the range of sequence numbers and not the records."""
        if not records:
            return
        numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
        info = {
            "shardId": f"{SHARD}{shard}",
            "startSequenceNumber": numbers[0],
            "endSequenceNumber": numbers[-1],
            "batchSize": len(records),
            "streamArn": self._stream.arn,
        }
        self.dead_letters.append({"requestContext": {"condition": condition}, "DDBStreamBatchInfo": info})


def _age(record: Record) -> timedelta:
    return timedelta(seconds=utc_now().timestamp() - record["dynamodb"]["ApproximateCreationDateTime"])

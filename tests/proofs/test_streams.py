"""The stand-ins for streams and event source mappings behave as AWS documents."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.dynamodb.codec import to_item
from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.proofs import movable_clock
from tests.proofs.faults import Killed
from tests.proofs.mappings import AS_DEPLOYED, Consumer, Mapping
from tests.proofs.streams import Stream

PLAIN = Mapping(batch_size=4, retries=2, max_age=timedelta(hours=1))
REPORTING = replace(PLAIN, reports_failures=True)
ONE_SHARD = 1


def put(*names: str, **values: Any) -> None:
    for name in names:
        aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(MAIL), Item=to_item({"pk": name} | values))


class SubscribedFunction:
    """A function that records the names in each batch, and fails on demand."""

    def __init__(self, answer: Callable[[list[str]], Any] | None = None) -> None:
        self.batches: list[list[str]] = []
        self._answer = answer

    def __call__(self, event: dict[str, Any]) -> Any:
        self.batches.append([name_of(record) for record in event["Records"]])
        numbers = {name_of(record): record["dynamodb"]["SequenceNumber"] for record in event["Records"]}
        failed = self._answer(self.batches[-1]) if self._answer else []
        return {"batchItemFailures": [{"itemIdentifier": numbers.get(name, name)} for name in failed]}

    @property
    def seen(self) -> list[str]:
        return [name for batch in self.batches for name in batch]


def name_of(record: dict[str, Any]) -> str:
    return str(record["dynamodb"]["Keys"]["pk"]["S"])


def poisoned(name: str) -> Callable[[list[str]], list[str]]:
    """Fail on a batch that holds this record."""

    def answer(batch: list[str]) -> list[str]:
        if name in batch:
            raise ValueError(name)
        return []

    return answer


def dead_letters_of(consumer: Consumer) -> list[tuple[str, int]]:
    return [
        (letter["requestContext"]["condition"], letter["DDBStreamBatchInfo"]["batchSize"])
        for letter in consumer.dead_letters
    ]


def test_records_have_the_shape_that_lambda_delivers() -> None:
    stream, handed = Stream(MAIL), list[Any]()
    put("a", state="queued")

    Consumer(stream, handed.append, PLAIN).run_dry()

    [[record]] = [event["Records"] for event in handed]
    assert record["eventSource"] == "aws:dynamodb"
    assert record["eventName"] == "INSERT"
    assert record["eventSourceARN"] == stream.arn
    assert record["dynamodb"]["NewImage"] == {"pk": {"S": "a"}, "state": {"S": "queued"}}
    assert "OldImage" not in record["dynamodb"]
    assert isinstance(record["dynamodb"]["SequenceNumber"], str)


def test_each_shard_keeps_its_order_and_all_are_polled() -> None:
    stream, function = Stream(MAIL), SubscribedFunction()
    names = [f"mail-{number}" for number in range(40)]
    put(*names)
    stream.flow()
    shards = [[name_of(record) for record in shard] for shard in stream.shards]

    Consumer(stream, function, PLAIN, chance=random.Random(1)).run_dry()  # noqa: S311 (chance, not secrecy)

    assert sorted(function.seen) == sorted(names)
    assert function.seen != names
    for shard in shards:
        assert [name for name in function.seen if name in shard] == shard != []
        assert all(len({name in shard for name in batch}) == 1 for batch in function.batches)


def test_a_batch_is_full_or_has_waited() -> None:
    function = SubscribedFunction()
    consumer = Consumer(Stream(MAIL, shards=ONE_SHARD), function, replace(PLAIN, window=timedelta(minutes=1)))
    put("a", "b", "c", "d", "e")

    consumer.run_dry()
    before = list(function.batches)
    movable_clock.forward(timedelta(minutes=1))
    consumer.run_dry()

    assert before == [["a", "b", "c", "d"]]
    assert function.batches == [*before, ["e"]]


def test_a_filter_passes_only_matching_records() -> None:
    function = SubscribedFunction()
    consumer = Consumer(Stream(MAIL), function, AS_DEPLOYED)
    put("a", "b")
    put("b", state="sent")
    aws_fixture.dynamodb.delete_item(TableName=aws_fixture.physical(MAIL), Key={"pk": {"S": "a"}})

    consumer.run_dry()

    assert sorted(function.seen) == ["a", "b"]


def test_a_transaction_that_fails_leaves_no_records() -> None:
    function = SubscribedFunction()
    consumer = Consumer(Stream(MAIL), function, PLAIN)
    table = aws_fixture.physical(MAIL)
    put("a")
    new = {"Put": {"TableName": table, "Item": {"pk": {"S": "b"}}}}
    impossible = {
        "ConditionCheck": {
            "TableName": table,
            "Key": {"pk": {"S": "a"}},
            "ConditionExpression": "attribute_not_exists(pk)",
        }
    }

    with pytest.raises(aws_fixture.dynamodb.exceptions.TransactionCanceledException):
        aws_fixture.dynamodb.transact_write_items(TransactItems=[new, impossible])
    aws_fixture.dynamodb.transact_write_items(TransactItems=[{"Put": {"TableName": table, "Item": {"pk": {"S": "c"}}}}])
    consumer.run_dry()

    assert sorted(function.seen) == ["a", "c"]


def test_records_from_the_lowest_failure_on_are_delivered_again() -> None:
    failures = iter([["c", "b"], []])
    function = SubscribedFunction(lambda _: next(failures, []))
    consumer = Consumer(Stream(MAIL, shards=ONE_SHARD), function, REPORTING)
    put("a", "b", "c", "d")

    consumer.run_dry()

    assert function.batches == [["a", "b", "c", "d"], ["b", "c", "d"]]
    assert not consumer.dead_letters


def test_reported_failures_are_ignored_unless_enabled() -> None:
    function = SubscribedFunction(lambda _: ["a"])
    consumer = Consumer(Stream(MAIL), function, PLAIN)
    put("a")

    consumer.run_dry()

    assert function.batches == [["a"]]


@pytest.mark.parametrize("identifier", ["", "of no record"])
def test_a_report_that_names_no_record_fails_the_whole_batch(identifier: str) -> None:
    failures = iter([[identifier]])
    function = SubscribedFunction(lambda _: next(failures, []))
    consumer = Consumer(Stream(MAIL, shards=ONE_SHARD), function, REPORTING)
    put("a", "b")

    consumer.run_dry()

    assert function.batches == [["a", "b"], ["a", "b"]]


@pytest.mark.parametrize("end", [ValueError, Killed])
def test_a_crash_delivers_the_whole_batch_again(end: type[BaseException]) -> None:
    ends = iter([end])

    def fail_once(_: list[str]) -> list[str]:
        for error in ends:
            raise error
        return []

    function = SubscribedFunction(fail_once)
    consumer = Consumer(Stream(MAIL, shards=ONE_SHARD), function, REPORTING)
    put("a", "b")

    consumer.run_dry()

    assert function.batches == [["a", "b"], ["a", "b"]]


def test_exhausted_retries_end_in_a_dead_letter_and_free_the_shard() -> None:
    function = SubscribedFunction(poisoned("b"))
    consumer = Consumer(Stream(MAIL, shards=ONE_SHARD), function, PLAIN)
    put("a", "b", "c", "d", "e")

    consumer.run_dry()

    assert function.batches == [["a", "b", "c", "d"]] * 3 + [["e"]]
    assert dead_letters_of(consumer) == [("RetryAttemptsExhausted", 4)]


def test_bisecting_isolates_a_poison_record_and_spends_no_retry() -> None:
    function = SubscribedFunction(poisoned("c"))
    consumer = Consumer(Stream(MAIL, shards=ONE_SHARD), function, replace(PLAIN, bisects=True))
    put("a", "b", "c", "d", "e")

    consumer.run_dry()

    assert function.batches == [["a", "b", "c", "d"], ["a", "b"], ["c", "d"], ["c"], ["c"], ["c"], ["d"], ["e"]]
    assert dead_letters_of(consumer) == [("RetryAttemptsExhausted", 1)]
    assert [name_of(record) for record in consumer.given_up()] == ["c"]


def test_a_record_too_old_becomes_a_dead_letter_undelivered() -> None:
    function = SubscribedFunction(poisoned("a"))
    consumer = Consumer(Stream(MAIL, shards=ONE_SHARD), function, replace(PLAIN, batch_size=2, retries=100))
    put("a", "b", "c")
    consumer.poll()
    movable_clock.forward(timedelta(hours=1, seconds=1))
    put("d")

    consumer.run_dry()

    assert function.batches == [["a", "b"], ["d"]]
    assert dead_letters_of(consumer) == [("RecordAgeExceeded", 2), ("RecordAgeExceeded", 1)]


def test_a_successful_batch_may_be_delivered_again() -> None:
    function = SubscribedFunction()
    chance = random.Random(7)  # noqa: S311 (chance, not secrecy)
    consumer = Consumer(Stream(MAIL), function, PLAIN, chance=chance, repeats=0.5)
    names = [f"mail-{number}" for number in range(20)]
    put(*names)

    consumer.run_dry()

    assert set(function.seen) == set(names)
    assert len(function.seen) > len(names)

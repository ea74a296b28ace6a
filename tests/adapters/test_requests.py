from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.adapters import clients
from shared.adapters.dynamodb.requests import Key, batch_get, transact
from shared.domain.model import errors
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.functions.faults import counting, losing_answers, refusing
from tests.proofs.faults import Fault, Strike, injected

TABLE = "usher-directory"


def a_put(sk: str, *, operation: str = "mine", **attributes: Any) -> dict[str, Any]:
    return {
        "Put": {
            "TableName": TABLE,
            "Item": {"pk": {"S": "ab123"}, "sk": {"S": sk}, "operation": {"S": operation}} | attributes,
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def written() -> list[str]:
    return sorted(row["sk"] for row in aws_fixture.items(DIRECTORY))


def a_key(sk: str) -> Key:
    return TABLE, "ab123", sk


def test_all_writes_are_done_or_none() -> None:
    dynamodb = clients.client("dynamodb")
    transact(dynamodb, [a_put("a"), a_put("b")], operation_id="mine")

    with pytest.raises(errors.StaleRead):
        transact(dynamodb, [a_put("c", operation="other"), a_put("b", operation="other")], operation_id="other")

    assert written() == ["a", "b"]


def test_someone_who_meets_their_own_write_has_won() -> None:
    dynamodb = clients.client("dynamodb")

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        transact(dynamodb, [a_put("a"), a_put("b")], operation_id="mine")

    assert (lost, written()) == (["TransactWriteItems"], ["a", "b"])


@pytest.mark.parametrize("code", ["TransactionInProgressException", "TransactionConflictException"])
def test_a_transient_error_is_retried(code: str) -> None:
    with refusing("dynamodb", "TransactWriteItems", code, times=2) as refused:
        transact(clients.client("dynamodb"), [a_put("a")], operation_id="mine")

    assert (len(refused), written()) == (2, ["a"])


def test_a_transaction_that_meets_another_is_tried_again() -> None:
    strike = Strike(fault=Fault.CONTENDED)

    with injected(strike):
        transact(clients.client("dynamodb"), [a_put("a")], operation_id="mine")

    assert (strike.strikes, written()) == (1, ["a"])


def test_a_transient_error_that_lasts_is_a_conflict() -> None:
    with refusing("dynamodb", "TransactWriteItems", "TransactionConflictException"), pytest.raises(errors.Contended):
        transact(clients.client("dynamodb"), [a_put("a")], operation_id="mine")

    assert written() == []


def test_a_permanent_error_is_raised_at_once() -> None:
    with refusing("dynamodb", "TransactWriteItems", "ValidationException") as refused, pytest.raises(ClientError):
        transact(clients.client("dynamodb"), [a_put("a")], operation_id="mine")

    assert len(refused) == 1


def test_one_read_brings_what_is_there_and_asks_for_each_key_once() -> None:
    dynamodb = clients.client("dynamodb")
    transact(dynamodb, [a_put("a"), a_put("b")], operation_id="mine")

    found = batch_get(dynamodb, [a_key("a"), a_key("b"), a_key("a"), a_key("gone")])

    assert {key[2] for key in found} == {"a", "b"}
    assert found[a_key("a")]["sk"] == {"S": "a"}


def test_more_than_a_hundred_keys_take_more_than_one_read() -> None:
    dynamodb = clients.client("dynamodb")
    transact(dynamodb, [a_put(f"{number:03}") for number in range(0, 110, 10)], operation_id="mine")

    with counting("dynamodb") as made:
        found = batch_get(dynamodb, [a_key(f"{number:03}") for number in range(101)])

    assert made == ["BatchGetItem"] * 2
    assert len(found) == 11


def test_what_a_read_left_unprocessed_is_read_again() -> None:
    dynamodb = clients.client("dynamodb")
    transact(dynamodb, [a_put("a"), a_put("b")], operation_id="mine")
    postponed: list[str] = []

    def postpone(parsed: dict[str, Any], **_: Any) -> None:
        if not postponed:
            postponed.append("b")
            parsed["Responses"][TABLE] = [item for item in parsed["Responses"][TABLE] if item["sk"] != {"S": "b"}]
            key = {"pk": {"S": "ab123"}, "sk": {"S": "b"}}
            parsed["UnprocessedKeys"] = {TABLE: {"Keys": [key], "ConsistentRead": True}}

    dynamodb.meta.events.register("after-call.*.BatchGetItem", postpone)
    try:
        found = batch_get(dynamodb, [a_key("a"), a_key("b")])
    finally:
        dynamodb.meta.events.unregister("after-call.*.BatchGetItem", postpone)

    assert {key[2] for key in found} == {"a", "b"}


def test_every_read_is_consistent() -> None:
    dynamodb = clients.client("dynamodb")
    asked: list[Any] = []

    def look(params: dict[str, Any], **_: Any) -> None:
        asked.extend(request["ConsistentRead"] for request in params["RequestItems"].values())

    dynamodb.meta.events.register("provide-client-params.*.BatchGetItem", look)
    try:
        batch_get(dynamodb, [a_key("a")])
    finally:
        dynamodb.meta.events.unregister("provide-client-params.*.BatchGetItem", look)

    assert asked == [True]

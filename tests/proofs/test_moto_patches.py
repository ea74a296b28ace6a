"""The patched mock answers like the unpatched one."""

import pytest

from shared.adapters.dynamodb.codec import to_item
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.proofs.snapshots import rows

TABLE = aws_fixture.physical(DIRECTORY)
KEY = to_item({"pk": "ab123", "sk": "counter"})
COUNT = {
    "Update": {
        "TableName": TABLE,
        "Key": KEY,
        "UpdateExpression": "ADD counts.here :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
}
ADD = {"Put": {"TableName": TABLE, "Item": to_item({"pk": "ab123", "sk": "another"})}}
REFUSE = {
    "ConditionCheck": {
        "TableName": TABLE,
        "Key": to_item({"pk": "nobody", "sk": "nothing"}),
        "ConditionExpression": "attribute_exists(pk)",
    }
}


def test_only_a_transaction_that_succeeds_changes_anything() -> None:
    aws_fixture.dynamodb.put_item(TableName=TABLE, Item=KEY | to_item({"counts": {"here": 1}}))
    before = list(rows(DIRECTORY))

    with pytest.raises(aws_fixture.dynamodb.exceptions.TransactionCanceledException):
        aws_fixture.dynamodb.transact_write_items(TransactItems=[COUNT, ADD, REFUSE])
    after_failing = list(rows(DIRECTORY))
    aws_fixture.dynamodb.transact_write_items(TransactItems=[COUNT, ADD])

    assert after_failing == before
    assert [row.get("counts") for row in rows(DIRECTORY)] == [{"here": 2}, None]


def test_an_expression_with_two_clauses_of_a_kind_is_refused() -> None:
    with pytest.raises(aws_fixture.dynamodb.exceptions.ClientError, match="can only be used once"):
        aws_fixture.dynamodb.update_item(
            TableName=TABLE,
            Key=KEY,
            UpdateExpression="SET a = :one SET b = :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )
    assert list(rows(DIRECTORY)) == []


def test_attributes_of_every_stored_kind_are_read_as_they_were_written() -> None:
    item = KEY | {
        "members": {"M": {"list": {"L": [{"N": "1"}, {"S": ""}, {"NULL": True}]}, "empty": {"M": {}}}},
        "is_so": {"BOOL": False},
        "names": {"SS": ["a", "b"]},
    }
    aws_fixture.dynamodb.put_item(TableName=TABLE, Item=item)

    found = aws_fixture.dynamodb.get_item(TableName=TABLE, Key=KEY)["Item"]

    assert found == item

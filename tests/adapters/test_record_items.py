"""What a user owns is checked by numbers, which may have become wrong before."""

import pytest

from shared.adapters.dynamodb.record_items import check_owned, owner_key
from shared.adapters.dynamodb.requests import transact
from shared.domain.model import errors
from shared.domain.model.records import OwnedRecords
from shared.storage_schema import RECORDS
from tests import aws_fixture
from tests.domain_factories import a_member

USER = a_member()


def counted(**numbers: int) -> None:
    item = {"pk": {"S": USER.account_id}, "sk": {"S": owner_key(USER.user_id)}}
    values = {f"move#{name}": {"N": str(number)} for name, number in numbers.items()}
    aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(RECORDS), Item=item | values)


def check(read: OwnedRecords) -> None:
    transact(aws_fixture.dynamodb, [check_owned(aws_fixture.physical(RECORDS), USER, read)], operation_id="operation-1")


@pytest.mark.parametrize("number", [0, -1])
def test_less_than_nothing_is_nothing(number: int) -> None:
    counted(contact=number)

    check(OwnedRecords())
    with pytest.raises(errors.StaleRead):
        check(OwnedRecords(moves={"contact": 1}))


def test_more_than_was_read_fails_the_check() -> None:
    counted(contact=2)

    check(OwnedRecords(moves={"contact": 2}))
    for read in (OwnedRecords(), OwnedRecords(moves={"contact": 1})):
        with pytest.raises(errors.StaleRead):
            check(read)

"""The fault injection does to a call what it names."""

from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from shared.adapters.ses import open_mailer
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.proofs.faults import Fault, Killed, Strike, injected
from tests.proofs.snapshots import rows

MIME = b"From: no-reply@usher.example\r\nTo: lee@example.org\r\nSubject: Hello\r\n\r\nHello\r\n"


def count() -> None:
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(DIRECTORY),
        Key={"pk": {"S": "ab123"}, "sk": {"S": "counter"}},
        UpdateExpression="ADD counted :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )


def counted() -> int:
    return sum(int(row["counted"]) for row in rows(DIRECTORY))


def test_lost_answer_makes_a_retrying_client_write_twice() -> None:
    strike = Strike(0, Fault.LOST)

    with injected(strike):
        count()

    assert strike.struck == "UpdateItem"
    assert counted() == 2


@pytest.mark.parametrize("fault", [Fault.THROTTLED, Fault.DOWN])
def test_passing_fault_is_hidden_by_retries(fault: Fault) -> None:
    with injected(Strike(0, fault)):
        count()

    assert counted() == 1


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.CONTENDED, Fault.THROTTLED_LASTING, Fault.DOWN_LASTING])
def test_refused_call_takes_no_effect(fault: Fault) -> None:
    with injected(Strike(0, fault)), pytest.raises(ClientError):
        count()

    assert counted() == 0


def test_killed_process_makes_no_further_call() -> None:
    for fault, took_effect in ((Fault.KILLED_BEFORE, 0), (Fault.KILLED_AFTER, 1)):
        aws_fixture.reset()
        with injected(Strike(0, fault)):
            for _ in range(2):
                with pytest.raises(Killed):
                    count()

        assert counted() == took_effect


def test_conflicting_transaction_takes_no_effect() -> None:
    row = {"pk": {"S": "ab123"}, "sk": {"S": "counter"}, "counted": {"N": "1"}}
    write = {"Put": {"TableName": aws_fixture.physical(DIRECTORY), "Item": row}}

    with injected(Strike(0, Fault.CONTENDED)), pytest.raises(ClientError) as caught:
        aws_fixture.dynamodb.transact_write_items(TransactItems=[write])

    assert [reason["Code"] for reason in caught.value.response["CancellationReasons"]] == ["TransactionConflict"]
    assert counted() == 0


def test_lost_answer_repeats_a_mail_of_stock_clients_but_not_of_ours() -> None:
    stock: Any = botocore.session.get_session().create_client("sesv2")

    with injected(Strike(0, Fault.LOST)):
        stock.send_email(
            FromEmailAddress=aws_fixture.SENDER,
            Destination={"ToAddresses": ["lee@example.org"]},
            Content={"Raw": {"Data": MIME}},
        )
    sent_by_stock = len(aws_fixture.sent_mails())
    with injected(Strike(0, Fault.LOST)), pytest.raises(ConnectionClosedError):
        open_mailer().send(MIME, to="lee@example.org", mail_id="m1")

    assert sent_by_stock == 2
    assert len(aws_fixture.sent_mails()) - sent_by_stock == 1

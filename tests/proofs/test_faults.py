"""The injector bites: what it is said to do to a call is what happens."""

from typing import Any

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


def test_a_client_that_retries_counts_twice_when_an_answer_is_lost() -> None:
    strike = Strike(0, Fault.LOST)

    with injected(strike):
        count()

    assert strike.struck == "UpdateItem"
    assert counted() == 2


@pytest.mark.parametrize("fault", [Fault.THROTTLED, Fault.DOWN])
def test_a_client_that_retries_hides_what_passes(fault: Fault) -> None:
    with injected(Strike(0, fault)):
        count()

    assert counted() == 1


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.CONTENDED, Fault.THROTTLED_LASTING, Fault.DOWN_LASTING])
def test_what_was_refused_took_no_effect(fault: Fault) -> None:
    with injected(Strike(0, fault)), pytest.raises(ClientError):
        count()

    assert counted() == 0


def test_a_process_is_killed_on_either_side_of_a_call_and_makes_no_other() -> None:
    for fault, took_effect in ((Fault.KILLED_BEFORE, 0), (Fault.KILLED_AFTER, 1)):
        aws_fixture.begin_anew()
        with injected(Strike(0, fault)):
            for _ in range(2):
                with pytest.raises(Killed):
                    count()

        assert counted() == took_effect


def test_a_transaction_in_conflict_says_so_and_takes_no_effect() -> None:
    row = {"pk": {"S": "ab123"}, "sk": {"S": "counter"}, "counted": {"N": "1"}}
    write = {"Put": {"TableName": aws_fixture.physical(DIRECTORY), "Item": row}}

    with injected(Strike(0, Fault.CONTENDED)), pytest.raises(ClientError) as caught:
        aws_fixture.dynamodb.transact_write_items(TransactItems=[write])

    assert [reason["Code"] for reason in caught.value.response["CancellationReasons"]] == ["TransactionConflict"]
    assert counted() == 0


def test_a_mail_client_that_retries_sends_twice_when_an_answer_is_lost_and_ours_does_not() -> None:
    import botocore.session  # noqa: PLC0415 (a client as everybody has it)

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

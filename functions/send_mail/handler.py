"""Send queued mails: as the outbox's stream reports them, and every minute those that are due for a retry."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from functions.send_mail.delivery import deliver
from shared.adapters.dynamodb.outbox import open_outbox
from shared.clock import utc_now
from shared.logging import described, logger

outbox = open_outbox()

_MIN_REMAINING_MS = 10_000  # For one more mail.


def lambda_handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse | None:
    """Handle a batch of the outbox's stream, or the scheduler's `{"every": "minute"}`; raises for any other event."""
    if event == {"every": "minute"}:
        _rescue(context)
        return None
    processor = BatchProcessor(event_type=EventType.DynamoDBStreams)

    def deliver_record(record: DynamoDBRecord) -> None:
        deliver(record.raw_event["dynamodb"]["Keys"]["pk"]["S"], operation=context.aws_request_id)

    return process_partial_response(event=event, record_handler=deliver_record, processor=processor, context=context)


def _rescue(context: Any) -> None:
    """Deliver due mails; one that fails stops no other, but fails the run in the end, so that the alarm fires."""
    outcomes = {"rescued": 0, "failed": 0}
    for mail_id in outbox.due(now=utc_now()):
        if context.get_remaining_time_in_millis() < _MIN_REMAINING_MS:
            break
        try:
            deliver(mail_id, operation=context.aws_request_id)
        except Exception as error:  # noqa: BLE001 (logged and counted; the others go on)
            logger.error("mail not handled", extra={"mail_id": mail_id, **described(error)})
            outcomes["failed"] += 1
        else:
            outcomes["rescued"] += 1
    logger.info("rescued", extra=outcomes)
    if outcomes["failed"]:
        raise RuntimeError("Some mails could not be handled.")

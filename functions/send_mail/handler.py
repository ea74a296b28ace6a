"""Queued mails go out as they are written; every minute those follow that the stream dropped or SES did not take."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from functions.send_mail.delivery import deliver
from shared.adapters.dynamodb.outbox import open_outbox
from shared.clock import utc_now
from shared.logging import described, logger

outbox = open_outbox()

_ENOUGH_TIME = 10_000  # Milliseconds that must be left to begin with one more.


def lambda_handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse | None:
    """Woken by the outbox's stream, or by the scheduler with `{"every": "minute"}`."""
    if event == {"every": "minute"}:
        _rescue(context)
        return None
    processor = BatchProcessor(event_type=EventType.DynamoDBStreams)

    def deliver_record(record: DynamoDBRecord) -> None:
        deliver(record.raw_event["dynamodb"]["Keys"]["pk"]["S"], operation=context.aws_request_id)

    return process_partial_response(event=event, record_handler=deliver_record, processor=processor, context=context)


def _rescue(context: Any) -> None:
    """One mail that cannot be handled holds up no other; the run then fails, so that the alarm sees it."""
    outcomes = {"rescued": 0, "failed": 0}
    for mail_id in outbox.due(now=utc_now()):
        if context.get_remaining_time_in_millis() < _ENOUGH_TIME:
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

"""Queued mails go out as they are written; every minute those follow that the stream dropped or SES did not take."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from functions.send_mail.delivery import deliver
from shared.adapters.outbox import open_outbox
from shared.clock import utc_now
from shared.observability import logger

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
    rescued = 0
    for mail_id in outbox.due(now=utc_now()):
        if context.get_remaining_time_in_millis() < _ENOUGH_TIME:
            break
        deliver(mail_id, operation=context.aws_request_id)
        rescued += 1
    logger.info("rescued", extra={"mails": rescued})

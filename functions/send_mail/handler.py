"""Send queued mails: as the outbox's stream reports them, and every minute those that are due for a retry."""

from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from functions.send_mail.delivery import deliver
from shared.adapters.dynamodb.outbox import open_outbox
from shared.clock import utc_now
from shared.domain.model.ids import derived_id
from shared.jobs import EVERY_MINUTE, process_due, process_records
from shared.logging import entry_point

outbox = open_outbox()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse | None:
    """Handle a batch of the outbox's stream, or the scheduler's `{"every": "minute"}`; raises for any other event."""
    operation_id = context.aws_request_id

    def deliver_record(record: DynamoDBRecord) -> None:
        # An operation of its own, which does not take a mail for its own that another record of the batch has claimed.
        claim_id = derived_id(operation_id, str(record.event_id))
        deliver(record.raw_event["dynamodb"]["Keys"]["pk"]["S"], operation_id=claim_id)

    def deliver_due(mail_id: str) -> str:
        deliver(mail_id, operation_id=operation_id)
        return "rescued"

    if event != EVERY_MINUTE:
        return process_records(deliver_record, event=event, context=context)
    due = outbox.due(now=utc_now())
    process_due(
        due,
        deliver_due,
        event=event,
        context=context,
        ids=lambda mail_id: {"mail_id": mail_id},
        min_remaining_ms=10_000,
    )
    return None

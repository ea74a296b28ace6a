"""Publish journal entries on the event bus, as the journal's stream reports them."""

from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from shared.adapters.dynamodb.codec import from_item
from shared.adapters.event_bus import open_event_bus, require_publishable
from shared.jobs import process_records
from shared.logging import entry_point, error_fields, logger

bus = open_event_bus()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse:
    """Handle a batch of the journal's stream; the stream delivers again what the bus refuses.

    An entry that cannot be read is logged, which alarms, and dropped: it would hold up its shard until the stream
    forgets all of it. So is any change of an entry: the journal is append-only by the code's conditions, and IAM could
    not forbid `PutItem` to replace.
    """
    entries: dict[str, dict[str, Any]] = {}

    def read(record: DynamoDBRecord) -> None:
        change = record.raw_event["dynamodb"]
        if record.raw_event["eventName"] != "INSERT":
            logger.error("journal rewritten", extra=_ids(record) | {"change": record.raw_event["eventName"]})
            return
        sequence = change["SequenceNumber"]
        try:
            entries[sequence] = require_publishable(from_item(change["NewImage"]))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is so at every attempt)
            logger.error("entry not publishable", extra=_ids(record) | error_fields(error))

    response = process_records(read, event=event, context=context)
    refused = set(bus.publish([*entries.values()]))
    failed = [sequence for sequence, entry in entries.items() if entry["entry_id"] in refused]
    logger.info("published", extra={"entries": len(entries), "refused": len(failed)})
    response["batchItemFailures"] += [{"itemIdentifier": sequence} for sequence in failed]
    return response


def _ids(record: DynamoDBRecord) -> dict[str, object]:
    """Return the loggable ids of an entry, by which it is found in the table."""
    keys = from_item(record.raw_event["dynamodb"]["Keys"])
    return {"event_id": record.raw_event["eventID"], "account_id": keys["pk"], "entry_id": keys["sk"]}

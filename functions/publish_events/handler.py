"""Journal entries go onto the event bus as they are written; what the bus does not take is offered again."""

from typing import Any

from shared.adapters.dynamodb.codec import from_item
from shared.adapters.event_bus import open_event_bus
from shared.logging import logger

bus = open_event_bus()


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Woken by the journal's stream; reports the records whose events were not taken."""
    images = {record["dynamodb"]["SequenceNumber"]: record["dynamodb"]["NewImage"] for record in event["Records"]}
    entries = {sequence: from_item(image) for sequence, image in images.items()}
    refused = set(bus.publish([*entries.values()]))
    failed = [sequence for sequence, entry in entries.items() if entry["entry_id"] in refused]
    logger.info("published", extra={"entries": len(entries), "refused": len(failed)})
    return {"batchItemFailures": [{"itemIdentifier": sequence} for sequence in failed]}

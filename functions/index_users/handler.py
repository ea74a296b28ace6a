"""Keep the search index of users in step with the directory, as its stream reports changes."""

from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from pydantic import ValidationError

from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.search_index import open_search_index
from shared.domain.model.users import User
from shared.jobs import process_records
from shared.logging import entry_point, error_fields, logger

index = open_search_index()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse:
    """Handle a batch of changes of users; the stream delivers again what DynamoDB refuses.

    A user who cannot be read is logged and left out: the record would hold up its shard until the stream forgets it.
    """
    written = 0

    def follow(record: DynamoDBRecord) -> None:
        nonlocal written
        change = record.raw_event["dynamodb"]
        try:
            written += index.update_entries(_user(change.get("OldImage")), _user(change.get("NewImage")))
        except ValidationError as error:
            logger.error("user not readable", extra={"event_id": record.event_id, **error_fields(error)})

    response = process_records(follow, event=event, context=context)
    logger.info("indexed", extra={"entries": written})
    return response


def _user(image: dict[str, Any] | None) -> User | None:
    return User.model_validate(from_item(image)) if image else None

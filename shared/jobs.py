"""Invocations that no caller waits for: work that is due by a schedule, and batches of a stream's records."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, TypeVar

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from pydantic import ValidationError

from shared import retries
from shared.domain.model import errors
from shared.logging import error_fields, logger

EVERY_MINUTE = {"every": "minute"}  # the schedule's event
PROCESSED = "processed"  # ends the log of each run of a schedule; an alarm misses it
_NO_FIELDS: Mapping[str, float] = MappingProxyType({})

Item = TypeVar("Item")


def process_due(
    due: Iterable[Item | ValidationError],
    process: Callable[[Item], str],
    *,
    event: dict[str, Any],
    context: Any,
    ids: Callable[[Item], Mapping[str, str]],
    log_fields: Mapping[str, float] = _NO_FIELDS,
    min_remaining_ms: int = 5_000,
) -> None:
    """Process each due item while there is time, and log the count of each outcome that `process` returned.

    A failed item is logged with its `ids` and stops no other. It fails the run in the end, as does one that other
    transactions held all the time: the alarm fires, and the next run finds what this one left. `log_fields` are read
    after the last item. Raises ValueError for any event but the schedule's, and RuntimeError for a run that fails.
    """
    if event != EVERY_MINUTE:
        raise ValueError("This is not the event of the schedule.")
    outcomes: Counter[str] = Counter()
    for item in due:
        if context.get_remaining_time_in_millis() < min_remaining_ms:
            break
        with _retries(context):
            outcomes[_outcome(item, process, ids)] += 1
    logger.info(PROCESSED, extra={**outcomes, **log_fields})
    if outcomes["failed"] or outcomes["contended"]:
        raise RuntimeError("Some of the due items could not be processed.")


def process_records(
    process: Callable[[DynamoDBRecord], None], *, event: dict[str, Any], context: Any
) -> PartialItemFailureResponse:
    """Process each record of a stream's batch, and return which failed, for the stream to deliver again.

    A failed record is logged. Raises BatchProcessingError, which quotes no record, if all failed; raises for an event
    of another shape.
    """

    def process_record(record: DynamoDBRecord) -> None:
        try:
            with _retries(context):
                process(record)
        except Exception as error:
            logger.error("record not processed", extra={"event_id": record.event_id, **error_fields(error)})
            raise

    processor = BatchProcessor(event_type=EventType.DynamoDBStreams)
    try:
        return process_partial_response(
            event=event, record_handler=process_record, processor=processor, context=context
        )
    except BatchProcessingError:
        # Its message, which Lambda logs, has those of all records, and they may quote what people wrote.
        raise BatchProcessingError("All records failed.") from None


def _outcome(
    item: Item | ValidationError, process: Callable[[Item], str], ids: Callable[[Item], Mapping[str, str]]
) -> str:
    if isinstance(item, ValidationError):
        logger.error("not readable", extra=error_fields(item))
        return "failed"
    try:
        return process(item)
    except errors.Contended:
        return "contended"
    except errors.StaleRead:
        return "changed_meanwhile"
    except Exception as error:  # noqa: BLE001 (logged and counted; the other items are processed)
        logger.error("not processed", extra={**ids(item), **error_fields(error)})
        return "failed"


def _retries(context: Any) -> AbstractContextManager[retries.RetryBudget]:
    return retries.budget(retries.RetryBudget(remaining_ms=context.get_remaining_time_in_millis))

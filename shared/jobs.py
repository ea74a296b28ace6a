"""What the schedule wakes: work that is due, one piece after the other, while there is time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from shared.domain.model import errors
from shared.logging import described, logger

EVERY_MINUTE = {"every": "minute"}
_NOTHING: Mapping[str, float] = MappingProxyType({})
_ENOUGH_TIME = 5_000  # Milliseconds that must be left to begin with one more.

Piece = TypeVar("Piece")


def process_due(
    due: Iterable[Piece | ValidationError],
    work: Callable[[Piece], str],
    *,
    event: dict[str, Any],
    context: Any,
    told: Mapping[str, float] = _NOTHING,
) -> None:
    """Does each piece of work that is due, and logs how often it had which outcome; the next run does the rest.

    `told` is what the work found out meanwhile, and is logged with it. One that fails holds up no other; the run then
    fails, so that the alarm sees it.
    """
    if event != EVERY_MINUTE:
        raise ValueError("This is not the event of a sweep.")
    outcomes: Counter[str] = Counter()
    for piece in due:
        if context.get_remaining_time_in_millis() < _ENOUGH_TIME:
            break
        outcomes[_outcome(piece, work)] += 1
    logger.info("swept", extra={**outcomes, **told})
    if outcomes["failed"]:
        raise RuntimeError("Some of the work could not be done.")


def _outcome(piece: Piece | ValidationError, work: Callable[[Piece], str]) -> str:
    if isinstance(piece, ValidationError):
        logger.error("not readable", extra=described(piece))
        return "failed"
    try:
        return work(piece)
    except errors.Conflict:
        return "changed_meanwhile"
    except Exception as error:  # noqa: BLE001 (logged and counted; the others go on)
        logger.error("not done", extra=described(error))
        return "failed"

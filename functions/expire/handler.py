"""Every minute: what the clock has decided is written, so that lists, counts and seats follow it."""

from typing import Any

from pydantic import ValidationError

from shared.adapters.sweep import open_sweep
from shared.clock import utc_now
from shared.domain import errors, invitations
from shared.domain.actors import CLOCK
from shared.domain.commands import Command
from shared.domain.users import User
from shared.observability import described, logger

sweep = open_sweep()

_ENOUGH_TIME = 5_000  # Milliseconds that must be left to begin with one more.


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Woken by the scheduler with `{"every": "minute"}`; what one run has no time for is the next one's.

    One invitation that cannot be written holds up no other; the run then fails, so that the alarm sees it. How late
    the latest of those came that were written is logged, and watched, too.
    """
    if event != {"every": "minute"}:
        raise ValueError("This is not the event of the sweep.")
    outcomes = {"expired": 0, "changed_meanwhile": 0, "failed": 0}
    lag = 0.0
    for user in sweep.due(now=utc_now()):
        if context.get_remaining_time_in_millis() < _ENOUGH_TIME:
            break
        outcome = _expire(user, context.aws_request_id)
        outcomes[outcome] += 1
        if isinstance(user, User) and outcome == "expired":
            lag = max(lag, (utc_now() - user.invitation.expires_at).total_seconds())
    logger.info("swept", extra={**outcomes, "lag_seconds": lag})
    if outcomes["failed"]:
        raise RuntimeError("Some invitations could not be expired.")


def _expire(user: User | ValidationError, operation: str) -> str:
    if isinstance(user, ValidationError):
        logger.error("not readable", extra=described(user))
        return "failed"
    command = Command(by=CLOCK, operation=operation, now=utc_now())
    if not invitations.is_due(user, now=command.now):
        return "changed_meanwhile"
    try:
        sweep.save(invitations.expire(user, command=command), operation=operation)
    except errors.Conflict:
        return "changed_meanwhile"
    except Exception as error:  # noqa: BLE001 (logged and counted; the others go on)
        logger.error("not expired", extra={"account_id": user.account_id, "user_id": user.user_id, **described(error)})
        return "failed"
    return "expired"

"""Every minute: what the clock has decided is written, so that lists, counts and seats follow it; and it reminds."""

from typing import Any

from shared.adapters.sweep import open_sweep
from shared.clock import utc_now
from shared.domain import deadlines
from shared.domain.actors import CLOCK
from shared.domain.commands import Command
from shared.domain.users import User
from shared.sweeping import work_off

sweep = open_sweep()


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Woken by the scheduler with `{"every": "minute"}`; an alarm watches how late the latest came that was written."""
    operation = context.aws_request_id

    def follow_the_clock(user: User) -> str:
        change = deadlines.due(user, command=Command(by=CLOCK, operation=operation, now=utc_now()))
        if change is None:
            return "changed_meanwhile"
        sweep.save(change, operation=operation)
        is_expired = change.after.status is not user.status
        deadline = user.invitation.expires_at if is_expired else user.invitation.next_deadline
        told["lag_seconds"] = max(told["lag_seconds"], (utc_now() - deadline).total_seconds())
        return "expired" if is_expired else "reminded"

    told = {"lag_seconds": 0.0}
    work_off(sweep.due(now=utc_now()), follow_the_clock, event=event, context=context, told=told)

"""Every minute: what the clock has decided is written, so that lists, counts and seats follow it; and it reminds."""

from typing import Any

from shared.adapters.dynamodb.due_items import open_due_items
from shared.clock import utc_now
from shared.domain.commands import deadlines
from shared.domain.model.users import User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.operation_context import OperationContext
from shared.jobs import process_due

sweep = open_due_items()


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Woken by the scheduler with `{"every": "minute"}`; an alarm watches how late the latest came that was written."""
    operation = context.aws_request_id

    def follow_the_clock(user: User) -> str:
        change = deadlines.due(user, context=OperationContext(actor=CLOCK, operation_id=operation, now=utc_now()))
        if change is None:
            return "changed_meanwhile"
        sweep.save(change, operation=operation)
        is_expired = change.after.status is not user.status
        deadline = user.invitation.expires_at if is_expired else user.invitation.next_deadline
        told["lag_seconds"] = max(told["lag_seconds"], (utc_now() - deadline).total_seconds())
        return "expired" if is_expired else "reminded"

    told = {"lag_seconds": 0.0}
    process_due(sweep.due(now=utc_now()), follow_the_clock, event=event, context=context, told=told)

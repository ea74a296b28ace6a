"""Every minute: store due reminders and expiries, so that lists, counts and seats follow the clock (rule 36)."""

from typing import Any

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.due_items import open_due_items
from shared.clock import utc_now
from shared.domain.commands import invitations
from shared.domain.model.users import User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.snapshot import CommitBasis, OperationContext
from shared.jobs import process_due
from shared.logging import entry_point

committer = open_committer()
due_items = open_due_items()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle the scheduler's `{"every": "minute"}`; logs the lag of the latest item, which an alarm watches."""
    operation_id = context.aws_request_id

    def follow_clock(user: User) -> str:
        now = utc_now()
        changes = invitations.follow_clock(user, context=OperationContext(CLOCK, operation_id, now))
        if changes is None:
            return "changed_meanwhile"
        committer.commit(changes, CommitBasis(operation_id, now), answer=None)
        is_expired = changes.user.status is not user.status
        deadline = user.invitation.expires_at if is_expired else user.invitation.next_deadline
        measured["lag_seconds"] = max(measured["lag_seconds"], (utc_now() - deadline).total_seconds())
        return "expired" if is_expired else "reminded"

    measured = {"lag_seconds": 0.0}
    due = due_items.due(now=utc_now())
    process_due(due, follow_clock, event=event, context=context, ids=_ids, log_fields=measured)


def _ids(user: User) -> dict[str, str]:
    return {"account_id": user.account_id, "user_id": user.user_id}

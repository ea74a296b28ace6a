"""Every minute: store due reminders, expiries and ends of access, so that lists, counts and seats follow the clock."""

from typing import Any

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.due_users import open_due_users
from shared.clock import utc_now
from shared.domain.commands import access_ends, invitation_deadlines
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.snapshot import OperationContext
from shared.jobs import process_due
from shared.logging import entry_point

_OUTCOME_BY_STATUS = {Status.EXPIRED: "expired", Status.INACTIVE: "access_ended"}

committer = open_committer()
due_users = open_due_users()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle the scheduler's `{"every": "minute"}`; logs the lag of the latest item, which an alarm watches."""
    measured = {"lag_seconds": 0.0}

    def apply_deadline(user: User) -> str:
        by_clock = OperationContext(CLOCK, context.aws_request_id, utc_now())
        if user.status is Status.INVITED:
            changes = invitation_deadlines.apply_deadline(user, context=by_clock)
        else:
            changes = access_ends.apply_deadline(due_users.with_account(user), context=by_clock)
        if changes is None:
            return "changed_meanwhile"
        committer.commit(changes, by_clock.basis, answer=None)
        measured["lag_seconds"] = max(measured["lag_seconds"], _lag_seconds(user, changes.user))
        return _outcome(user, changes.user)

    due = due_users.due(now=utc_now())
    process_due(due, apply_deadline, event=event, context=context, ids=_ids, log_fields=measured)


def _lag_seconds(before: User, after: User) -> float:
    """Return how long after its deadline the user was processed."""
    deadline = before.next_deadline
    if after.status is not before.status:
        deadline = before.invitation.expires_at if before.status is Status.INVITED else before.access_until
    now = utc_now()
    return (now - (deadline or now)).total_seconds()


def _outcome(before: User, after: User) -> str:
    return "reminded" if after.status is before.status else _OUTCOME_BY_STATUS[after.status]


def _ids(user: User) -> dict[str, str]:
    return {"account_id": user.account_id, "user_id": user.user_id}

"""Every minute: invitations whose inviters are gone are withdrawn; their links refuse since the inviters went."""

from typing import Any

from shared.adapters.dynamodb.due_items import OrphanedInvitation, open_due_items
from shared.clock import utc_now
from shared.domain.commands import invitations
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.operation_context import OperationContext
from shared.jobs import process_due

sweep = open_due_items()


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Woken by the scheduler with `{"every": "minute"}`; whatever a run leaves is found again by the next."""
    operation = context.aws_request_id

    def withdraw(withdrawal: OrphanedInvitation) -> str:
        if withdrawal.user is None:
            sweep.finish_revoking(withdrawal.inviter, operation=operation)
            return "ended"
        operation_context = OperationContext(actor=CLOCK, operation_id=operation, now=utc_now())
        revoked = invitations.revoked(withdrawal.user, context=operation_context)
        sweep.save(revoked, operation=operation, inviter=withdrawal.inviter)
        return "withdrawn"

    process_due(sweep.orphaned_invitations(now=utc_now()), withdraw, event=event, context=context)

"""Every minute: revoke pending invitations of users who have gone or lost a right; the links refuse already."""

from typing import Any

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.due_items import OrphanedInvitation, open_due_items
from shared.clock import utc_now
from shared.domain.commands import invitations
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.snapshot import CommitBasis, OperationContext
from shared.jobs import process_due
from shared.logging import entry_point

committer = open_committer()
due_items = open_due_items()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle the scheduler's `{"every": "minute"}`; what a run leaves is found by the next one."""
    operation_id = context.aws_request_id

    def revoke(orphaned: OrphanedInvitation) -> str:
        now = utc_now()
        basis = CommitBasis(operation_id, now, groups_version=orphaned.groups_version)
        if orphaned.user is None:
            committer.commit(invitations.finish_revoking(orphaned.inviter), basis, answer=None)
            return "ended"
        changes = invitations.end_invitation(orphaned.user, context=OperationContext(CLOCK, operation_id, now))
        committer.commit(changes, basis._replace(unchanged_users=(orphaned.inviter,)), answer=None)
        return "revoked"

    due = due_items.orphaned_invitations(now=utc_now())
    process_due(due, revoke, event=event, context=context, ids=_ids)


def _ids(orphaned: OrphanedInvitation) -> dict[str, str]:
    return {"account_id": orphaned.inviter.account_id, "user_id": (orphaned.user or orphaned.inviter).user_id}

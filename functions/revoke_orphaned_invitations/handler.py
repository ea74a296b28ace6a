"""Every minute: revoke pending invitations of users who have gone or lost a right; the links refuse already."""

from typing import Any

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.orphaned_invitations import OrphanedInvitation, open_orphaned_invitations
from shared.clock import utc_now
from shared.domain.commands import invitations
from shared.domain.model.users import User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.snapshot import CommitBasis, OperationContext
from shared.jobs import process_due
from shared.logging import entry_point

committer = open_committer()
orphaned_invitations = open_orphaned_invitations()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle the scheduler's `{"every": "minute"}`; what a run leaves is found by the next one."""
    operation_id = context.aws_request_id

    def revoke(orphaned: OrphanedInvitation) -> str:
        now = utc_now()
        basis = CommitBasis(operation_id, now, groups_version=orphaned.groups_version)
        if orphaned.user and orphaned.inviter:
            changes = invitations.end_invitation(orphaned.user, context=OperationContext(CLOCK, operation_id, now))
            committer.commit(changes, basis._replace(unchanged_users=(orphaned.inviter,)), answer=None)
            return "revoked"
        if isinstance(orphaned.marked, User):
            committer.commit(invitations.finish_revoking(orphaned.marked), basis, answer=None)
        else:
            orphaned_invitations.unmark_groups(orphaned.marked)
        return "ended"

    process_due(orphaned_invitations.due(now=utc_now()), revoke, event=event, context=context, ids=_ids)


def _ids(orphaned: OrphanedInvitation) -> dict[str, str]:
    about = orphaned.user or orphaned.marked
    return {"account_id": about.account_id} | ({"user_id": about.user_id} if isinstance(about, User) else {})

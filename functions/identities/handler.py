"""POST /v1/operator/identities/{email}/block and /unblock: staff end a person's access everywhere, or give it back."""

from collections.abc import Callable
from datetime import datetime

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.dynamodb.user_marks import open_user_marks
from shared.api import Api
from shared.api.authentication import OperatorCaller
from shared.domain.commands import identity_blocks
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.principals import Caller
from shared.domain.policy.snapshot import IdentitySnapshot
from shared.views.identities import IdentityStatusView

api = Api()
repository = open_repository()
marks = open_user_marks()
user_pool = open_cognito()


@api.route("POST /v1/operator/identities/{email}/block")
def block_identity(operator: OperatorCaller, email: str) -> IdentityStatusView:
    """End the person's access to every account at once, and disable their sign-in."""
    found = repository.load_operated_identity(operator, email)
    changes = identity_blocks.block(found)
    return _carry_out(operator, changes, found, blocked_at=found.context.now, sign_in=user_pool.disable)


@api.route("POST /v1/operator/identities/{email}/unblock")
def unblock_identity(operator: OperatorCaller, email: str) -> IdentityStatusView:
    """Give a blocked person their access back, as it was, and enable their sign-in."""
    found = repository.load_operated_identity(operator, email)
    return _carry_out(operator, identity_blocks.unblock(found), found, blocked_at=None, sign_in=user_pool.enable)


def _carry_out(
    operator: Caller,
    changes: ChangeSet,
    found: IdentitySnapshot,
    *,
    blocked_at: datetime | None,
    sign_in: Callable[[str], None],
) -> IdentityStatusView:
    """Write the changes, then mark the person's users and change the sign-in, and remember the answer last.

    A repeat after a crash in between must do the rest, too. The users are read after the block, which nobody joins an
    account after.
    """
    identity = identity_blocks.require_known(found)
    repository.commit(changes, found.basis._replace(idempotency_key=None), answer=None)
    users = repository.load_operated_identity(operator, identity.address).user_ids
    marks.mark_identity_blocked(users, at=blocked_at)
    sign_in(identity.address)
    return repository.commit(ChangeSet(), found.basis, answer=IdentityStatusView.of(changes.identity_after(identity)))


lambda_handler = api.handler

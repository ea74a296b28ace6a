"""POST /v1/operator/identities/{email}/block and /unblock: staff end a person's access everywhere, or give it back."""

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
    return _carry_out(operator, identity_blocks.block(found), found)


@api.route("POST /v1/operator/identities/{email}/unblock")
def unblock_identity(operator: OperatorCaller, email: str) -> IdentityStatusView:
    """Give a blocked person their access back, as it was, and enable their sign-in."""
    found = repository.load_operated_identity(operator, email)
    return _carry_out(operator, identity_blocks.unblock(found), found)


def _carry_out(operator: Caller, changes: ChangeSet, found: IdentitySnapshot) -> IdentityStatusView:
    """Write the changes, then mark the person's users and change the sign-in, and remember the answer last.

    A repeat after a crash in between must do the rest, too. The users are read after the block, which nobody joins an
    account after. Where another operator decides otherwise meanwhile, both go on until the rest is as the identity is.
    """
    identity = identity_blocks.require_identity(found)
    repository.commit(changes, found.basis._replace(idempotency_key=None), answer=None)
    followed = None
    while (read := repository.load_operated_identity(operator, identity.address)).identity:
        if read.identity.blocked == followed:
            break
        followed = read.identity.blocked
        marks.mark_identity_blocked(read.user_ids, at=found.context.now if followed else None)
        (user_pool.disable if followed else user_pool.enable)(identity.address)
    return repository.commit(ChangeSet(), found.basis, answer=IdentityStatusView.of(changes.identity_after(identity)))


lambda_handler = api.handler

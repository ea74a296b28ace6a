"""POST /v1/operator/identities/{email}/block and /unblock: staff end a person's access everywhere, or give it back."""

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api
from shared.domain.commands import identity_blocks
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.principals import Caller
from shared.views.identities import IdentityStatusView

api = Api()
repository = open_repository()
user_pool = open_cognito()


@api.route("POST /v1/operator/identities/{email}/block")
def block_identity(operator: Caller, email: str) -> IdentityStatusView:
    """End the person's access to every account at once, and disable their sign-in."""
    found = repository.load_operated_identity(operator, email)
    identity, changes = identity_blocks.require_known(found), identity_blocks.block(found)
    repository.commit(changes, found.basis._replace(idempotency_key=None), answer=None)
    user_pool.disable(email)
    # Remembered last: a repeat after a crash between the two must disable the sign-in, too.
    answer = IdentityStatusView.of(changes.identity_after(identity))
    return repository.commit(ChangeSet(), found.basis, answer=answer)


@api.route("POST /v1/operator/identities/{email}/unblock")
def unblock_identity(operator: Caller, email: str) -> IdentityStatusView:
    """Give a blocked person their access back, as it was, and enable their sign-in."""
    found = repository.load_operated_identity(operator, email)
    identity, changes = identity_blocks.require_known(found), identity_blocks.unblock(found)
    repository.commit(changes, found.basis._replace(idempotency_key=None), answer=None)
    user_pool.enable(email)
    answer = IdentityStatusView.of(changes.identity_after(identity))
    return repository.commit(ChangeSet(), found.basis, answer=answer)


lambda_handler = api.handler

"""POST /v1/accounts/{account_id}/users/{user_id}/block and /unblock: suspend a user's access, and give it back."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import PersonCaller
from shared.domain.commands import membership
from shared.domain.commands.membership import BlockReason
from shared.views.users import UserView

api = Api()
repository = open_repository()


class Block(Body):
    """`reason` is kept in the journal."""

    reason: BlockReason


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/block")
def block(caller: PersonCaller, account_id: str, user_id: str, body: Block) -> UserView:
    """Suspend the user's access at once; their seat is kept."""
    snapshot = repository.load(account_id, caller, user_id=user_id)
    changes = membership.block(snapshot, reason=body.reason)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/unblock")
def unblock(caller: PersonCaller, account_id: str, user_id: str) -> UserView:
    """Give a blocked user their access back."""
    snapshot = repository.load(account_id, caller, user_id=user_id)
    changes = membership.unblock(snapshot)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


lambda_handler = api.handler

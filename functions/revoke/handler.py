"""POST /v1/accounts/{account_id}/users/{user_id}/revoke: the link is dead, and the seat is free."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api
from shared.api.authentication import PersonCaller
from shared.domain.commands import invitations
from shared.views.users import UserView

api = Api()
repository = open_repository()


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/revoke")
def revoke(caller: PersonCaller, account_id: str, user_id: str) -> UserView:
    snapshot = repository.load(account_id, caller, user_id=user_id, reads_owned=True)
    changes = invitations.revoke(snapshot)
    return repository.commit(changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot))


lambda_handler = api.handler

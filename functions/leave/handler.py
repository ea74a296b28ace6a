"""POST /v1/accounts/{account_id}/leave: a partner ends their own access."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api
from shared.api.authentication import PersonCaller
from shared.domain.commands import membership
from shared.views.users import UserView

api = Api()
repository = open_repository()


@api.route("POST /v1/accounts/{account_id}/leave")
def leave(caller: PersonCaller, account_id: str) -> UserView:
    snapshot = repository.load(account_id, caller, leaves=True, reads_owned=True)
    changes = membership.leave(snapshot)
    answer = UserView.of(changes.user, seen_by=snapshot.seen_after(changes.user))
    return repository.commit(changes, snapshot, answer=answer)


lambda_handler = api.handler

"""GET /v1/accounts/{account_id}/access: the caller's permissions; stores that they were seen."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api
from shared.domain.policy.principals import Caller
from shared.views.access import AccessView

api = Api()
repository = open_repository()


@api.route("GET /v1/accounts/{account_id}/access")
def get_access(caller: Caller, account_id: str) -> AccessView:
    snapshot = repository.load(account_id, caller)
    user = snapshot.require_user()
    repository.note_seen(user, now=snapshot.now)
    return AccessView.of(user, snapshot.groups)


lambda_handler = api.handler

"""GET /v1/accounts/{account_id}/access: what the caller may do there; whoever asks has been seen."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api
from shared.clock import utc_now
from shared.domain.model.users import require_found
from shared.domain.policy.principals import Caller
from shared.views.access import AccessView

api = Api()
repository = open_repository()


@api.route("GET /v1/accounts/{account_id}/access")
def get_access(caller: Caller, account_id: str) -> AccessView:
    now = utc_now()
    snapshot = repository.load(account_id, caller, now=now)
    user = require_found(snapshot.user)
    repository.note_seen(user, now=now)
    return AccessView.of(user, snapshot.groups)


lambda_handler = api.handler

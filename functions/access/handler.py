"""GET /v1/accounts/{account_id}/access: what the caller may do there; whoever asks has been seen."""

from shared.adapters.repository import open_repository
from shared.api import Api
from shared.clock import utc_now
from shared.domain.callers import Caller
from shared.domain.users import require_found
from shared.views.access import AccessView

api = Api()
repository = open_repository()


@api.route("GET /v1/accounts/{account_id}/access")
def get_access(caller: Caller, account_id: str) -> AccessView:
    now = utc_now()
    scene = repository.load(account_id, caller, now=now)
    user = require_found(scene.user)
    repository.note_seen(user, now=now)
    return AccessView.of(user, scene.groups)


lambda_handler = api.handler

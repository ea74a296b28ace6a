"""POST /v1/accounts/{account_id}/users/{user_id}/resend: a new link goes out, for another seven days."""

from shared.adapters.repository import open_repository
from shared.api import Api
from shared.clock import utc_now
from shared.domain import invitations
from shared.domain.callers import Caller
from shared.views.users import UserView

api = Api()
repository = open_repository()


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/resend")
def resend(caller: Caller, account_id: str, user_id: str) -> UserView:
    now = utc_now()
    scene = repository.load(account_id, caller, user_id=user_id, now=now)
    change = invitations.resend(scene, now=now)
    answer = UserView.seen_in(scene, change.after, now=now)
    repository.save(change, scene, answer, now=now)
    return answer


lambda_handler = api.handler

"""GET /v1/me: the caller's identity and the accounts that it may enter."""

from shared.adapters.repository import open_repository
from shared.api import Api
from shared.domain.callers import Caller
from shared.views.identities import MeView

api = Api()
repository = open_repository()


@api.route("GET /v1/me")
def get_me(caller: Caller) -> MeView:
    identity, memberships = repository.load_identity(caller)
    return MeView.of(identity, memberships)


lambda_handler = api.handler

"""GET, PATCH /v1/me: the caller's identity and the accounts that it may enter; names and language can be changed."""

from pydantic import Field

from shared.adapters.identities import open_identities
from shared.adapters.repository import open_repository
from shared.api import Api, Changes
from shared.clock import utc_now
from shared.domain import persons
from shared.domain.callers import Caller
from shared.domain.people import Name
from shared.domain.users import Locale
from shared.views.identities import MeView

api = Api()
identities = open_identities()
repository = open_repository()


class Presentation(Changes):
    """Fields may be left out, but none of them can be emptied."""

    first_name: Name = Field(default_factory=str)
    last_name: Name = Field(default_factory=str)
    locale: Locale = Field(default_factory=lambda: "en")


@api.route("GET /v1/me")
def get_me(caller: Caller) -> MeView:
    identity, memberships = repository.load_identity(caller)
    return MeView.of(identity, memberships)


@api.route("PATCH /v1/me")
def edit_me(caller: Caller, body: Presentation) -> MeView:
    identity, memberships = repository.load_identity(caller)
    operation = caller.request.operation
    presented = persons.presented(identity, body.given)
    users = persons.followed_by(presented, [user for _, user in memberships], operation=operation, now=utc_now())
    identities.save_names(identity, presented, users, operation=operation)
    return MeView.of(presented, memberships)


lambda_handler = api.handler

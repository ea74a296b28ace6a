"""GET, PATCH /v1/me: the caller's identity and the accounts that it may enter; names and language can be changed."""

from pydantic import Field

from shared.adapters.dynamodb.profile_store import open_profile_store
from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Changes
from shared.clock import utc_now
from shared.domain.commands import profiles
from shared.domain.model.fields import Name
from shared.domain.model.users import Locale
from shared.domain.policy.principals import Caller
from shared.views.identities import MeView

api = Api()
identities = open_profile_store()
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
    presented = profiles.presented(identity, body.given)
    users = profiles.followed_by(presented, [user for _, user in memberships], operation=operation, now=utc_now())
    identities.save_names(identity, presented, users, operation=operation)
    return MeView.of(presented, memberships)


lambda_handler = api.handler

"""GET, PATCH /v1/me: the caller's identity and the accounts that it may enter; names and language can be changed."""

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Changes
from shared.clock import utc_now
from shared.domain.commands import profiles
from shared.domain.model.fields import Name
from shared.domain.model.users import Locale
from shared.domain.policy.principals import Caller
from shared.domain.policy.snapshot import CommitBasis
from shared.settings import settings
from shared.views.identities import MeView

api = Api()
repository = open_repository()

_CONSOLE_URL = settings().console_url


class Presentation(Changes):
    """Fields may be left out, but none of them can be emptied."""

    first_name: Name = Field(default_factory=str)
    last_name: Name = Field(default_factory=str)
    locale: Locale = Field(default_factory=lambda: "en")


@api.route("GET /v1/me")
def get_me(caller: Caller) -> MeView:
    identity, memberships = repository.load_identity(caller)
    return MeView.of(identity, memberships, console_url=_CONSOLE_URL)


@api.route("PATCH /v1/me")
def edit_me(caller: Caller, body: Presentation) -> MeView:
    identity, memberships = repository.load_identity(caller)
    context = CommitBasis(caller.request.operation_id, utc_now())
    changes = profiles.rename(
        identity,
        body.given,
        users=[user for _, user in memberships],
        operation_id=context.operation_id,
        now=context.now,
    )
    answer = MeView.of(changes.identity_after(identity), memberships, console_url=_CONSOLE_URL)
    return repository.commit(changes, context, answer=answer)


lambda_handler = api.handler

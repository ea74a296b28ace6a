"""GET, PATCH /v1/me: the caller's identity and the accounts that it may enter; names and language can be changed."""

from typing import Annotated

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Changes
from shared.api.authentication import PersonCaller
from shared.api.parsing import Unchanged
from shared.clock import utc_now
from shared.domain.commands import profiles
from shared.domain.model.fields import Name
from shared.domain.model.users import Locale
from shared.domain.policy.snapshot import CommitBasis
from shared.settings import settings
from shared.views.identities import MeView

api = Api()
repository = open_repository()

_CONSOLE_URL, _PRODUCT_NAME = settings().console_url, settings().product_name


class IdentityChanges(Changes):
    """Fields may be left out, but none of them can be emptied."""

    first_name: Annotated[Name, Unchanged]
    last_name: Annotated[Name, Unchanged]
    locale: Annotated[Locale, Unchanged]


@api.route("GET /v1/me")
def get_me(caller: PersonCaller) -> MeView:
    """Return the caller's names, language, profile and accounts."""
    identity, memberships = repository.load_identity(caller)
    return MeView.of(identity, memberships, console_url=_CONSOLE_URL, now=utc_now())


@api.route("PATCH /v1/me")
def edit_me(caller: PersonCaller, body: IdentityChanges) -> MeView:
    """Change the caller's names or language, in all accounts where they have access or are blocked."""
    identity, memberships = repository.load_identity(caller)
    basis = CommitBasis(caller.request.operation_id, utc_now())
    changes = profiles.rename(
        identity,
        body.given,
        users=[user for _, user in memberships],
        product_name=_PRODUCT_NAME,
        operation_id=basis.operation_id,
        now=basis.now,
    )
    renamed = changes.identity_after(identity)
    answer = MeView.of(renamed, memberships, console_url=_CONSOLE_URL, now=basis.now)
    return repository.commit(changes, basis, answer=answer)


lambda_handler = api.handler

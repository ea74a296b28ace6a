"""POST /v1/invitations/join: the invitee joins with the ID that they have and are signed in with."""

from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.authentication import PersonCaller
from shared.api.parsing import TokenBody
from shared.domain.commands import acceptance
from shared.domain.policy.authorization import require_person
from shared.settings import settings
from shared.views.acceptance import JoinedView

api = Api()
links = open_token_signer()
repository = open_repository()

_APP_URL = settings().host_product_url
_CURRENT_TERMS = settings().terms_version


class Joining(TokenBody):
    terms_version: str | None = None


@api.route("POST /v1/invitations/join")
def join(caller: PersonCaller, body: Joining) -> JoinedView:
    link, person = links.verify(body.token), require_person(caller.principal)
    invited = repository.load_invitation(link, caller.request, person=person)
    changes = acceptance.join(invited, link, person, terms_version=body.terms_version, current_terms=_CURRENT_TERMS)
    answer = JoinedView.of(changes.user, snapshot=invited.snapshot, app_url=_APP_URL)
    return repository.commit(changes, invited.snapshot, answer=answer)


lambda_handler = api.handler

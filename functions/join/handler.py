"""POST /v1/invitations/join: the invitee joins with the ID that they have and are signed in with."""

from shared.adapters.link_signer import open_link_signer
from shared.adapters.repository import open_repository
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain import identities, joining
from shared.domain.callers import Caller
from shared.domain.changes import Change
from shared.settings import settings
from shared.views.invitations import JoinedView

api = Api()
links = open_link_signer()
repository = open_repository()


class Joining(TokenBody):
    terms_version: str | None = None


@api.route("POST /v1/invitations/join")
def join(caller: Caller, body: Joining) -> JoinedView:
    now = utc_now()
    link = links.verify(body.token)
    invited = repository.load_invited(link, caller.request, caller=caller, now=now)
    identity = joining.require_invited_identity(invited, caller)
    if joining.is_accepted(invited, link):
        answer = JoinedView.of(invited.scene, invited.user, now=now)
        repository.save(Change(before=invited.user, after=invited.user), invited.scene, answer, now=now)
        return answer
    joining.require_open(invited, link, now=now)
    terms_version = body.terms_version or identity.terms_version
    identities.require_terms(terms_version, current=settings().terms_version)
    agreed = identities.joined(identity, account_id=link.account_id, terms_version=settings().terms_version, now=now)
    joined = joining.join(invited, link, identity=agreed, now=now)
    answer = JoinedView.of(invited.scene, joined.after, now=now)
    repository.save_joining(joined, invited, agreed, answer, now=now)
    return answer


lambda_handler = api.handler

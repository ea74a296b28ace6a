"""POST /v1/invitations/join: the invitee joins with the ID that they have and are signed in with."""

from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain.commands import acceptance
from shared.domain.model import identities
from shared.domain.policy.changes import Change
from shared.domain.policy.principals import Caller
from shared.settings import settings
from shared.views.invitations import JoinedView

api = Api()
links = open_token_signer()
repository = open_repository()


class Joining(TokenBody):
    terms_version: str | None = None


@api.route("POST /v1/invitations/join")
def join(caller: Caller, body: Joining) -> JoinedView:
    now = utc_now()
    link = links.verify(body.token)
    invited = repository.load_invited(link, caller.request, caller=caller, now=now)
    identity = acceptance.require_invited_identity(invited, caller)
    if acceptance.was_accepted_with(invited, link):
        answer = JoinedView.of(invited.snapshot, invited.user, now=now)
        repository.save(Change(before=invited.user, after=invited.user), invited.snapshot, answer, now=now)
        return answer
    acceptance.require_usable(invited, link, now=now)
    terms_version = body.terms_version or identity.terms_version
    identities.require_terms(terms_version, current=settings().terms_version)
    agreed = identities.joined(identity, account_id=link.account_id, terms_version=settings().terms_version, now=now)
    joined = acceptance.join(invited, link, identity=agreed, now=now)
    answer = JoinedView.of(invited.snapshot, joined.after, now=now)
    repository.save_joining(joined, invited, agreed, answer, now=now)
    return answer


lambda_handler = api.handler

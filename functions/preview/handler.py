"""POST /v1/invitations/preview: what the invite page shows for a link; changes nothing."""

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.domain.commands import acceptance
from shared.domain.policy.principals import Request
from shared.settings import settings
from shared.views.previews import PreviewView, Terms

api = Api()
links = open_token_signer()
user_pool = open_cognito()
repository = open_repository()

_RULES = settings().id_rules
_TERMS = Terms(version=settings().terms_version, url=settings().terms_url)


@api.route("POST /v1/invitations/preview")
def preview(request: Request, body: TokenBody) -> PreviewView:
    link = links.verify(body.token)
    invited = repository.load_invitation(link, request)
    acceptance.require_usable(invited, link)
    invited = user_pool.look_up_sign_in(invited, link)
    return PreviewView.of(invited, link, rules=_RULES, terms=_TERMS)


lambda_handler = api.handler

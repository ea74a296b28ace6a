"""POST /v1/invitations/preview: what the invite page shows for a link; changes nothing."""

from shared.adapters.link_signer import open_link_signer
from shared.adapters.repository import open_repository
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain import joining
from shared.domain.callers import Request
from shared.settings import settings
from shared.views.invitations import PreviewView, Terms

api = Api()
links = open_link_signer()
repository = open_repository()


@api.route("POST /v1/invitations/preview")
def preview(request: Request, body: TokenBody) -> PreviewView:
    now = utc_now()
    link = links.verify(body.token)
    invited = repository.load_invited(link, request, now=now)
    joining.require_open(invited, link, now=now)
    return PreviewView.of(
        invited,
        link,
        product_name=settings().product_name,
        terms=Terms(version=settings().terms_version, url=settings().terms_url),
    )


lambda_handler = api.handler

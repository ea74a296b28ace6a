"""POST /v1/invitations/request-new: whoever holds an expired link asks the inviter for a new one."""

from http import HTTPStatus

from shared.adapters.link_signer import open_link_signer
from shared.adapters.repository import open_repository
from shared.adapters.user_pages import open_user_pages
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain import joining
from shared.domain.callers import Request
from shared.views.accounts import AccountName
from shared.views.invitations import RequestedView

api = Api()
links = open_link_signer()
repository = open_repository()
pages = open_user_pages()


@api.route("POST /v1/invitations/request-new", status=HTTPStatus.ACCEPTED)
def request_new(request: Request, body: TokenBody) -> RequestedView:
    now = utc_now()
    link = links.verify(body.token)
    invited = repository.load_invited(link, request, now=now)
    joining.require_expired(invited, link, now=now)
    asked = joining.asked(invited) or pages.administrators(link.account_id)
    requested = joining.request_new(invited, of=asked, now=now)
    answer = RequestedView(account=AccountName.of(invited.scene.account))
    repository.save(requested, invited.scene, answer, now=now)
    return answer


lambda_handler = api.handler

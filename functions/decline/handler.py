"""POST /v1/invitations/decline: the invitee does not want to join; the seat is free and the inviter is told."""

from shared.adapters.link_signer import open_link_signer
from shared.adapters.repository import open_repository
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain import joining
from shared.domain.callers import Request
from shared.views.accounts import AccountName
from shared.views.invitations import DeclinedView

api = Api()
links = open_link_signer()
repository = open_repository()


@api.route("POST /v1/invitations/decline")
def decline(request: Request, body: TokenBody) -> DeclinedView:
    now = utc_now()
    link = links.verify(body.token)
    invited = repository.load_invited(link, request, now=now)
    declined = joining.decline(invited, link, now=now)
    answer = DeclinedView(account=AccountName.of(invited.scene.account))
    repository.save(declined, invited.scene, answer, now=now)
    return answer


lambda_handler = api.handler

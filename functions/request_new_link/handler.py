"""POST /v1/invitations/request-new: ask the inviter, on an expired link, for a new one."""

from http import HTTPStatus

from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.domain.commands import declining
from shared.domain.policy.principals import Request
from shared.views.accounts import AccountName
from shared.views.invitations import RequestedView

api = Api()
links = open_token_signer()
repository = open_repository()


@api.route("POST /v1/invitations/request-new", status=HTTPStatus.ACCEPTED)
def request_new_link(request: Request, body: TokenBody) -> RequestedView:
    link = links.verify(body.token)
    invited = repository.load_invitation(link, request)
    changes = declining.request_new_link(invited, link)
    answer = RequestedView(account=AccountName.of(invited.snapshot.account))
    return repository.commit(changes, invited.snapshot, answer=answer)


lambda_handler = api.handler

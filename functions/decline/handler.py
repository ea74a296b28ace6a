"""POST /v1/invitations/decline: reject the invitation, free its seat and tell the inviter."""

from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.domain.commands import declining
from shared.domain.policy.principals import Request
from shared.views.accounts import AccountName
from shared.views.invitations import DeclinedView

api = Api()
links = open_token_signer()
repository = open_repository()


@api.route("POST /v1/invitations/decline")
def decline(request: Request, body: TokenBody) -> DeclinedView:
    link = links.verify(body.token)
    invited = repository.load_invitation(link, request)
    changes = declining.decline(invited, link)
    answer = DeclinedView(account=AccountName.of(invited.snapshot.account))
    return repository.commit(changes, invited.snapshot, answer=answer)


lambda_handler = api.handler

"""POST /v1/accounts/{account_id}/users/{user_id}/invitation-link: the link, for an administrator to share by hand."""

from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.authentication import PersonCaller
from shared.domain.commands import invitations
from shared.domain.model.invitation_tokens import Channel
from shared.views.invitations import LinkView

api = Api()
links = open_token_signer(Channel.COPIED)
repository = open_repository()


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/invitation-link")
def copy_link(caller: PersonCaller, account_id: str, user_id: str) -> LinkView:
    snapshot = repository.load(account_id, caller, user_id=user_id)
    link, changes = invitations.copy_link(snapshot)
    answer = LinkView(url=links.url(link), expires_at=changes.user.invitation.expires_at)
    return repository.commit(changes, snapshot, answer=answer, stores_answer=False)


lambda_handler = api.handler

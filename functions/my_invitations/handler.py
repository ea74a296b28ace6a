"""GET /v1/me/invitations: the invitations that the caller can join now, each with the address of its page."""

from shared.adapters.dynamodb.pending_invitations import open_pending_invitations
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.authentication import PersonCaller
from shared.domain.commands import acceptance
from shared.domain.model.invitation_tokens import Channel
from shared.views.pending_invitations import PendingInvitationPage, PendingInvitationView

api = Api()
links = open_token_signer(Channel.COPIED)
pending = open_pending_invitations()


@api.route("GET /v1/me/invitations")
def list_invitations(caller: PersonCaller) -> PendingInvitationPage:
    joinable = [(acceptance.own_link(invited), invited) for invited in pending.load(caller)]
    return PendingInvitationPage(
        data=[PendingInvitationView.of(invited, url=links.url(link)) for link, invited in joinable if link]
    )


lambda_handler = api.handler

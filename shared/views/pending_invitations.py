"""The invitations that wait for a person who is signed in."""

from shared.domain.model.users import Kind
from shared.domain.model.values import Moment
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.views.view import View


class PendingInvitationView(View):
    """An invitation that waits for the person who asks; `url` is the page where they join or decline."""

    account_id: str
    name: str
    user_id: str
    kind: Kind
    sent_at: Moment
    expires_at: Moment
    url: str

    @classmethod
    def of(cls, invited: InvitationSnapshot, *, url: str) -> "PendingInvitationView":
        """Return the account that invites, and until when."""
        user, invitation = invited.user, invited.user.invitation
        return cls(
            account_id=user.account_id,
            name=invited.snapshot.account.name,
            user_id=user.user_id,
            kind=user.kind,
            sent_at=invitation.sent_at,
            expires_at=invitation.expires_at,
            url=url,
        )


class PendingInvitationPage(View):
    """A person's invitations, newest first: the newest 20, so that there is no further page."""

    data: list[PendingInvitationView]
    next_cursor: None = None

"""What the holder of a link sees."""

from typing import Literal

from pydantic import BaseModel

from shared.domain.model.id_rules import IdRules
from shared.domain.model.identities import identity_exists
from shared.domain.model.invitation_tokens import InvitationToken
from shared.domain.model.passwords import PasswordPolicy
from shared.domain.model.users import Kind, Locale, User
from shared.domain.model.values import Moment
from shared.domain.model.web_addresses import app_address
from shared.domain.policy.snapshot import InvitationSnapshot, Snapshot
from shared.views.accounts import AccountName
from shared.views.users import UserView
from shared.views.view import View


class Terms(View):
    """What is agreed to: its version, and where the text is (a path on the console's own origin)."""

    version: str
    url: str


class PreviewView(View):
    """What the invite page shows; `identity_exists` is null for a link that does not prove the mailbox."""

    account: AccountName
    inviter: str
    email: str
    first_name: str
    last_name: str
    locale: Locale
    expires_at: Moment
    identity_exists: bool | None
    password_policy: PasswordPolicy
    security_question: Literal["ask", "off"]
    terms: Terms

    @classmethod
    def of(cls, invited: InvitationSnapshot, link: InvitationToken, *, rules: IdRules, terms: Terms) -> "PreviewView":
        """Return the view of an open invitation; an operator invites in the product's name."""
        user, inviter = invited.user, invited.snapshot.authorizing_user
        return cls(
            account=AccountName.of(invited.snapshot.account),
            inviter=inviter.name if inviter else rules.product_name,
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            locale=user.locale,
            expires_at=user.invitation.expires_at,
            identity_exists=identity_exists(invited.existing_identity, mailed=link.is_mailed),
            password_policy=rules.password,
            security_question="ask" if rules.asks_question else "off",
            terms=terms,
        )


class SessionView(View):
    """Tokens; `expires_in` in seconds."""

    access_token: str
    id_token: str
    refresh_token: str
    expires_in: int


class JoinedView(View):
    """`continue_url` is where the host product goes on; null where people are led to the console."""

    user: UserView
    account: AccountName
    continue_url: str | None

    @classmethod
    def of(cls, user: User, *, snapshot: Snapshot, app_url: str | None) -> "JoinedView":
        """Return the view of a user in their new account."""
        return cls(
            user=UserView.of(user, seen_by=snapshot.seen_after(user)),
            account=AccountName.of(snapshot.account),
            continue_url=_continue_url(user, app_url=app_url),
        )


class DeclinedView(View):
    status: Literal["declined"] = "declined"
    account: AccountName


class RequestedView(View):
    status: Literal["requested"] = "requested"
    account: AccountName


class LinkView(View):
    """A link that is shared by hand, and until when it works."""

    url: str
    expires_at: Moment


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


class AcceptedView(View):
    """`session` is null if only the signing-in failed; `continue_url` as in JoinedView."""

    user: UserView
    account: AccountName
    session: SessionView | None
    continue_url: str | None

    @classmethod
    def of(cls, user: User, *, snapshot: Snapshot, session: BaseModel | None, app_url: str | None) -> "AcceptedView":
        """Return the view of a user in their new account, with their session."""
        return cls(
            user=UserView.of(user, seen_by=snapshot.seen_after(user)),
            account=AccountName.of(snapshot.account),
            session=SessionView.model_validate(session) if session else None,
            continue_url=_continue_url(user, app_url=app_url),
        )


def _continue_url(user: User, *, app_url: str | None) -> str | None:
    return app_address(app_url, account_id=user.account_id, path=user.invitation.return_path)

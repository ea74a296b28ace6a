"""What the invite page shows of an open invitation."""

from typing import Literal

from shared.domain.model.id_rules import IdRules
from shared.domain.model.identities import identity_exists
from shared.domain.model.invitation_tokens import InvitationToken
from shared.domain.model.passwords import PasswordPolicy
from shared.domain.model.users import Locale
from shared.domain.model.values import Moment
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.views.accounts import AccountName
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
            password_policy=rules.password_policy,
            security_question="ask" if rules.asks_question else "off",
            terms=terms,
        )

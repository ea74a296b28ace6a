"""A person, over all accounts."""

from collections.abc import Sequence

from shared.domain import users
from shared.domain.accounts import Account
from shared.domain.identities import Identity
from shared.domain.users import Status, User
from shared.views.base import View


class MembershipView(View):
    """An account that the identity came into, and how it stands there."""

    account_id: str
    name: str
    status: Status
    admin: bool


class MeView(View):
    identity_id: str
    email: str
    first_name: str
    last_name: str
    locale: users.Locale
    accounts: list[MembershipView]

    @classmethod
    def of(cls, identity: Identity, memberships: Sequence[tuple[Account, User]]) -> "MeView":
        """The identity and the accounts that it may enter."""
        return cls(
            identity_id=identity.identity_id,
            email=identity.address,
            first_name=identity.first_name,
            last_name=identity.last_name,
            locale=identity.locale,
            accounts=[
                MembershipView(account_id=account.account_id, name=account.name, status=user.status, admin=user.admin)
                for account, user in memberships
                if user.status is Status.ACTIVE
            ],
        )

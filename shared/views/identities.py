"""A person, over all accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from shared.domain.model import users
from shared.domain.model.accounts import Account
from shared.domain.model.fields import Phone
from shared.domain.model.identities import Identity, Profile
from shared.domain.model.users import Status, User, has_access, has_lost_access, status_at
from shared.views.view import View


class MembershipView(View):
    """An account that the identity came into, and how it stands there."""

    account_id: str
    name: str
    user_id: str
    status: Status
    admin: bool

    @classmethod
    def of(cls, account: Account, user: User, *, now: datetime) -> "MembershipView":
        """Return the view of an account, and of the identity's user there."""
        return cls(
            account_id=account.account_id,
            name=account.name,
            user_id=user.user_id,
            status=status_at(user, now),
            admin=user.admin,
        )


class EndedMembershipView(View):
    """An account that the identity may not enter any more."""

    account_id: str
    name: str
    status: Literal["blocked", "inactive"]

    @classmethod
    def of(cls, account: Account, user: User, *, now: datetime) -> "EndedMembershipView":
        """Return the view of an account, and of how the user's access ended there."""
        is_blocked = status_at(user, now) is Status.BLOCKED
        return cls(account_id=account.account_id, name=account.name, status="blocked" if is_blocked else "inactive")


class ProfileView(View):
    phone: Phone | None
    time_zone: str | None
    signature: str | None
    logo_url: str | None

    @classmethod
    def of(cls, profile: Profile, *, console_url: str) -> "ProfileView":
        """Return the profile; the console's origin serves the logo."""
        return cls(
            phone=profile.phone,
            time_zone=profile.time_zone,
            signature=profile.signature,
            logo_url=f"{console_url}/logos/{profile.logo}" if profile.logo else None,
        )


class UploadView(View):
    """A form to be posted to `url` as multipart/form-data: all `fields` first, then the picture as `file`.

    What was uploaded becomes the logo when the profile is given the `upload_id` as its `logo`.
    """

    upload_id: str
    url: str
    fields: dict[str, str]
    expires_in: int
    max_bytes: int


class MeView(View):
    """`profile` is null until it has been saved once: so long the first sign-in asks for it.

    Until then `phone` is the number that was given with an invitation, so that nobody types it again.
    """

    identity_id: str
    email: str
    first_name: str
    last_name: str
    locale: users.Locale
    phone: Phone | None
    profile: ProfileView | None
    accounts: list[MembershipView]
    ended_accounts: list[EndedMembershipView]

    @classmethod
    def of(
        cls,
        identity: Identity,
        memberships: Sequence[tuple[Account, User]],
        *,
        console_url: str,
        now: datetime,
    ) -> "MeView":
        """Return the view of an identity, of the accounts that it may enter, and of those that it may not any more."""
        entered = [(account, user) for account, user in memberships if has_access(user, now)]
        return cls(
            identity_id=identity.identity_id,
            email=identity.address,
            first_name=identity.first_name,
            last_name=identity.last_name,
            locale=identity.locale,
            phone=None if identity.profile else next((user.phone for _, user in entered if user.phone), None),
            profile=ProfileView.of(identity.profile, console_url=console_url) if identity.profile else None,
            accounts=[MembershipView.of(account, user, now=now) for account, user in entered],
            ended_accounts=[
                EndedMembershipView.of(account, user, now=now)
                for account, user in memberships
                if has_lost_access(user, now)
            ],
        )


class IdentityStatusView(View):
    """An identity as operators see it."""

    identity_id: str
    email: str
    status: Literal["active", "blocked"]

    @classmethod
    def of(cls, identity: Identity) -> "IdentityStatusView":
        """Return the identity's owner, and whether they may sign in."""
        return cls(
            identity_id=identity.identity_id,
            email=identity.address,
            status="blocked" if identity.blocked else "active",
        )


class ErasedIdentityView(View):
    """A person of whom nothing is left but ids; the address is not repeated."""

    identity_id: str
    status: Literal["erased"] = "erased"

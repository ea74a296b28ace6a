"""The account: as its users see it, and as much of it as an invitee may know."""

from typing import Literal

from shared.domain.model import users
from shared.domain.model.accounts import Account
from shared.domain.model.users import Status
from shared.views.view import View


class SeatsView(View):
    """`limit` and `available` are null for an account without a limit."""

    limit: int | None
    used: int
    available: int | None


class SettingsView(View):
    invite_profile: Literal["full", "simple"]
    default_group: str | None
    allow_link_copy: bool
    locale: users.Locale
    daily_mail_limit: int
    help_url: str | None
    global_permissions: tuple[str, ...]


class AccountView(View):
    account_id: str
    name: str
    status: Literal["active", "suspended"]
    seats: SeatsView
    counts: dict[Status, int]
    settings: SettingsView

    @classmethod
    def of(cls, account: Account) -> "AccountView":
        """Return the view of an account that its users get."""
        return cls(
            account_id=account.account_id,
            name=account.name,
            status=account.status,
            seats=SeatsView.model_validate(account.seats),
            counts=account.counts,
            settings=SettingsView.model_validate(account.settings),
        )


class AccountName(View):
    account_id: str
    name: str

    @classmethod
    def of(cls, account: Account) -> "AccountName":
        """Return App ID and name: all that an invitee may know of the account."""
        return cls.model_validate(account)

"""The account: as its users see it, and as much of it as an invitee may know."""

from collections.abc import Sequence
from typing import Literal

from shared.domain.model import users
from shared.domain.model.accounts import Account
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.users import Status, User
from shared.domain.policy.snapshot import Snapshot
from shared.views.seat_requests import SeatRequestView
from shared.views.users import UserView
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


class OperatedAccountView(AccountView):
    """The account as operators see it: with its requests for seats that wait for a decision, newest first.

    `administrators` are by name, at most 100, whether they are invited, active or blocked.
    """

    seat_requests: list[SeatRequestView]
    administrators: list[UserView]

    @classmethod
    def of_snapshot(
        cls, snapshot: Snapshot, requests: Sequence[SeatRequest], administrators: Sequence[User]
    ) -> "OperatedAccountView":
        """Return the account with the requests that wait, and its administrators."""
        return cls(
            **dict(AccountView.of(snapshot.account)),
            seat_requests=[SeatRequestView.of(request) for request in requests],
            administrators=[UserView.of(user, seen_by=snapshot) for user in administrators],
        )


class AccountPage(View):
    data: list[AccountView]
    next_cursor: str | None


class OpenedAccountView(View):
    account: AccountView
    user: UserView

    @classmethod
    def of(cls, account: Account, user: User, *, seen_by: Snapshot) -> "OpenedAccountView":
        """Return the new account with its first administrator, who is invited."""
        return cls(account=AccountView.of(account), user=UserView.of(user, seen_by=seen_by))


class AccountName(View):
    account_id: str
    name: str

    @classmethod
    def of(cls, account: Account) -> "AccountName":
        """Return App ID and name: all that an invitee may know of the account."""
        return cls.model_validate(account)


class WaitingRequestView(SeatRequestView):
    """A request for seats as operators see it among those of all accounts."""

    account: AccountName

    @classmethod
    def of_account(cls, request: SeatRequest, account: Account) -> "WaitingRequestView":
        """Return the view of one request with the account that asks."""
        return cls(**dict(SeatRequestView.of(request)), account=AccountName.of(account))


class WaitingRequestPage(View):
    data: list[WaitingRequestView]
    next_cursor: str | None

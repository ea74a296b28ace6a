"""Accounts as operators see them."""

from collections.abc import Sequence

from shared.domain.model.accounts import Account
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.users import User
from shared.domain.policy.snapshot import Snapshot
from shared.views.accounts import AccountName, AccountView
from shared.views.seat_requests import SeatRequestView
from shared.views.users import UserView
from shared.views.view import View


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

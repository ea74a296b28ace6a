"""What a person gets who accepts an invitation."""

from pydantic import BaseModel

from shared.domain.model.users import User
from shared.domain.model.web_addresses import app_address
from shared.domain.policy.snapshot import Snapshot
from shared.views.accounts import AccountName
from shared.views.sessions import SessionView
from shared.views.users import UserView
from shared.views.view import View


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

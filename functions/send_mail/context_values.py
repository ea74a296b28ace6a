"""The values of a mail, collected from its context: one set for every kind, of which each kind uses a part."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.model.accounts import Account
from shared.domain.model.fields import full_name
from shared.domain.model.identities import Identity
from shared.domain.model.recoveries import RECOVERY_VALID_FOR
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.users import User
from shared.domain.model.web_addresses import app_address
from shared.domain.policy.send_conditions import MailContext
from shared.settings import settings

_CONSOLE_URL = f"{settings().console_url}/console/"
_APP_URL = settings().host_product_url
_PRODUCT_NAME, _HELP_URL = settings().product_name, settings().help_url


def context_values(context: MailContext, *, link: str | None) -> dict[str, object]:
    """Return the values that `mail_values` names, as far as the subject has them; `link` is the invitee's, if any."""
    account = context.account
    return {
        "product_name": _PRODUCT_NAME,
        "help_url": (account.settings.help_url if account else None) or _HELP_URL,
        "console_url": _CONSOLE_URL,
        "reader_name": display_name(context.recipient) if context.recipient else None,
        "inviter_name": context.inviter.name if context.inviter else None,
        "link": link,
        "valid_minutes": str(RECOVERY_VALID_FOR // timedelta(minutes=1)),
        "recovery_url": f"{_CONSOLE_URL}recovery",
        **(_of_account(account) if account else {}),
        **(_of_user(context.user, time_zone=context.time_zone) if context.user else {}),
        **(_of_users(context.users) if context.users else {}),
        **(_of_user(context.requester) if context.requester else {}),
        **(_of_seat_request(context.seat_request) if context.seat_request else {}),
        **(_of_identity(context.identity) if context.identity else {}),
    }


def display_name(person: User | Identity) -> str:
    """Return first and last name, as they are shown."""
    return full_name(person.first_name, person.last_name)


def _of_account(account: Account) -> dict[str, object]:
    return {
        "account_id": account.account_id,
        "account_name": account.name,
        "console_url": app_address(_APP_URL, account_id=account.account_id) or f"{_CONSOLE_URL}{account.account_id}",
        "users_url": f"{_CONSOLE_URL}{account.account_id}/users",
        "declined_url": f"{_CONSOLE_URL}{account.account_id}/users?status=declined",
    }


def _of_user(user: User, *, time_zone: str | None = None) -> dict[str, object]:
    return {
        "person_name": user.name,
        "person_email": user.email,
        "role": _role(user),
        "message": user.invitation.message,
        "expires_at": _local(user.invitation.expires_at, time_zone=time_zone),
        "access_until": _local(user.access_until, time_zone=time_zone) if user.access_until else None,
        "user_url": f"{_CONSOLE_URL}{user.account_id}/users/{user.user_id}",
    }


def _of_users(users: Sequence[User]) -> dict[str, object]:
    people = [{"person_name": user.name, "person_email": user.email, "role": _role(user)} for user in users]
    return {"people": people, "count": str(len(users))}


def _role(user: User) -> str:
    if user.kind == "partner":
        return "partner"
    return "administrator" if user.admin else "user"


def _of_seat_request(request: SeatRequest) -> dict[str, object]:
    return {
        "request_id": request.request_id,
        "seat_kind": request.kind,
        "quantity": str(request.quantity),
        "message": request.reason,
    }


def _of_identity(identity: Identity) -> dict[str, object]:
    return {"person_name": display_name(identity), "person_email": identity.address}


def _local(at: datetime, *, time_zone: str | None) -> datetime:
    """Convert to the recipient's time zone; to UTC if that is not known, or no IANA name."""
    try:
        return at.astimezone(ZoneInfo(time_zone) if time_zone else UTC)
    except (KeyError, ValueError, OSError, OverflowError):  # No such zone, no name of one, a folder; year 10000.
        return at.astimezone(UTC)

"""What a long run must have met: every command on a user of every state, and every reason to refuse."""

from datetime import datetime

from tests.proofs.model.rules import Model
from tests.proofs.model.values import Command, Link, User, canonical

STATES = (
    "invited",
    "overdue",  # Expired by the clock, not yet swept.
    "expired",
    "declined",
    "active",
    "inactive",
    "removed",
)
BY_ADDRESS = (
    "invite",
    "invite_administrator",
    "resend",
    "copy_link",
    "revoke",
    "edit",
    "deactivate",
    "reactivate",
    "remove",
    "get_user",
)
BY_LINK = ("preview", "accept", "join", "decline", "request_new")
OTHERS = (
    "change_settings",
    "open_account",
    "list_users",
    "get_account",
    "get_access",
    "list_groups",
    "list_entries",
    "get_me",
    "edit_me",
)
CODES = (  # The last administrator is found by races alone: whoever acts on another is one, too.
    "malformed_json",
    "unauthorized",
    "not_allowed",
    "not_found",
    "invitation_not_found",
    "conflict",
    "wrong_state",
    "already_invited",
    "already_member",
    "user_inactive",
    "no_seat_available",
    "cannot_act_on_self",
    "identity_exists",
    "wrong_identity",
    "mailbox_not_proven",
    "invitation_expired",
    "invitation_replaced",
    "invitation_revoked",
    "invitation_declined",
    "invitation_accepted",
    "body_too_large",
    "invalid_request",
    "idempotency_key_reused",
    "rate_limited",
)
REASONS = (
    "so soon after another mail",
    "after five mails on a day",
    "beyond what the account may send",
    "having asked already",
)
SWEPT = ("reminded", "expired", "withdrawn", "withdrawal ended")

MUST_MEET = (
    *(f"{command} of {state}" for command in BY_ADDRESS for state in ("none", *STATES)),
    *(f"{command} of {state}" for command in BY_LINK for state in STATES),
    *(f"{command}" for command in OTHERS),
    *CODES,
    *REASONS,
    *SWEPT,
)


def name_of(model: Model, command: Command) -> str:
    """The command, and the state of the user whom it is about."""
    if command.name in OTHERS:
        return command.name
    link = Link.named(command.link) if command.link else None
    account = model.accounts.get(link.account if link else command.account or "")
    address = link.address if link else command.whom or canonical(command.body["email"])
    user = account.users.get(address) if account else None
    return f"{command.name} of {state_of(user, model.now)}"


def state_of(user: User | None, now: datetime) -> str:
    """The status, or that there is none, or that the sweep has not yet written what the clock has decided."""
    if user is None:
        return "none"
    return user.status if user.status == user.at(now) else "overdue"

"""The picture of the states, and a user for each status in it."""

from shared.domain.model import errors
from shared.domain.model.users import Status, User
from shared.domain.policy.state_machine import UserAction
from tests.domain_factories import NOW, a_member

NOBODY = "nobody"
EXPIRED_BY_CLOCK = "invited, expired by the clock"
BEFORE = [NOBODY, EXPIRED_BY_CLOCK, *Status]

# Written from the picture of the states, not from the code: what each action leads to, or why it is refused.
EXPECTED: dict[UserAction, dict[str, Status | type[errors.Refusal]]] = {
    UserAction.INVITE: {
        NOBODY: Status.INVITED,
        "invited": errors.AlreadyInvited,
        EXPIRED_BY_CLOCK: errors.AlreadyInvited,
        "expired": errors.AlreadyInvited,
        "active": errors.AlreadyMember,
        "declined": Status.INVITED,
        "inactive": errors.UserInactive,
        "blocked": errors.UserBlocked,
        "removed": Status.INVITED,
    },
    UserAction.INVITE_AGAIN: {
        NOBODY: Status.INVITED,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: Status.INVITED,
        "expired": Status.INVITED,
        "active": errors.AlreadyMember,
        "declined": Status.INVITED,
        "inactive": errors.UserInactive,
        "blocked": errors.UserBlocked,
        "removed": Status.INVITED,
    },
    UserAction.RESEND: {
        NOBODY: errors.NotFound,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: Status.INVITED,
        "expired": Status.INVITED,
        "active": errors.WrongState,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": errors.WrongState,
        "removed": errors.WrongState,
    },
    UserAction.COPY_LINK: {
        NOBODY: errors.NotFound,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": errors.WrongState,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": errors.WrongState,
        "removed": errors.WrongState,
    },
    UserAction.REVOKE: {
        NOBODY: errors.NotFound,
        "invited": Status.REMOVED,
        EXPIRED_BY_CLOCK: Status.REMOVED,
        "expired": Status.REMOVED,
        "active": errors.WrongState,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": errors.WrongState,
        "removed": Status.REMOVED,
    },
    UserAction.EDIT: {
        NOBODY: errors.NotFound,
        "invited": Status.INVITED,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.ACTIVE,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": Status.BLOCKED,
        "removed": errors.WrongState,
    },
    UserAction.JOIN: {
        "invited": Status.ACTIVE,
        EXPIRED_BY_CLOCK: errors.InvitationExpired,
        "expired": errors.InvitationExpired,
        "active": Status.ACTIVE,
        "declined": errors.InvitationDeclined,
        "inactive": errors.InvitationAccepted,
        "blocked": errors.InvitationAccepted,
        "removed": errors.InvitationRevoked,
    },
    UserAction.DECLINE: {
        "invited": Status.DECLINED,
        EXPIRED_BY_CLOCK: errors.InvitationExpired,
        "expired": errors.InvitationExpired,
        "active": errors.InvitationAccepted,
        "declined": Status.DECLINED,
        "inactive": errors.InvitationAccepted,
        "blocked": errors.InvitationAccepted,
        "removed": errors.InvitationRevoked,
    },
    UserAction.REACTIVATE: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.ACTIVE,
        "declined": errors.WrongState,
        "inactive": Status.ACTIVE,
        "blocked": errors.WrongState,
        "removed": errors.WrongState,
    },
    UserAction.BLOCK: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.BLOCKED,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": Status.BLOCKED,
        "removed": errors.WrongState,
    },
    UserAction.UNBLOCK: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.ACTIVE,
        "declined": errors.WrongState,
        "inactive": errors.WrongState,
        "blocked": Status.ACTIVE,
        "removed": errors.WrongState,
    },
    UserAction.REMOVE: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.REMOVED,
        "declined": errors.WrongState,
        "inactive": Status.REMOVED,
        "blocked": Status.REMOVED,
        "removed": Status.REMOVED,
    },
    UserAction.DEACTIVATE: {
        NOBODY: errors.NotFound,
        "invited": errors.WrongState,
        EXPIRED_BY_CLOCK: errors.WrongState,
        "expired": errors.WrongState,
        "active": Status.INACTIVE,
        "declined": errors.WrongState,
        "inactive": Status.INACTIVE,
        "blocked": Status.INACTIVE,
        "removed": errors.WrongState,
    },
    UserAction.LEAVE: {
        NOBODY: errors.NotFound,
        **dict.fromkeys(("invited", EXPIRED_BY_CLOCK, "expired", "declined", "blocked", "removed"), errors.WrongState),
        "active": Status.INACTIVE,
        "inactive": Status.INACTIVE,
    },
}


_IN_THE_ORDER_OF_ANSWERS = (
    UserAction.RESEND,
    UserAction.COPY_LINK,
    UserAction.REVOKE,
    UserAction.EDIT,
    UserAction.BLOCK,
    UserAction.UNBLOCK,
    UserAction.DEACTIVATE,
    UserAction.REACTIVATE,
    UserAction.REMOVE,
)
_NEVER_DONE = {UserAction.RESEND, UserAction.COPY_LINK, UserAction.EDIT}  # Each repeat has an effect of its own.

# What an administrator is offered: each action that leads somewhere, unless it has been done.
OFFERED: dict[str, list[str]] = {
    before: [
        action.value
        for action in _IN_THE_ORDER_OF_ANSWERS
        if isinstance(EXPECTED[action][before], Status)
        and (EXPECTED[action][before] != before or action in _NEVER_DONE)
    ]
    for before in BEFORE
    if before != NOBODY
}


def someone(before: str) -> User | None:
    if before == NOBODY:
        return None
    if before == EXPIRED_BY_CLOCK:
        return a_member(Status.INVITED, expires_at=NOW)
    return a_member(Status(before))

"""The states of a user, and what leads from one to another."""

from collections.abc import Callable

from tests.proofs.model.values import Account, User

# Whatever is not here is refused; `none` has never been invited, or is not there any more.
TRANSITIONS = {
    "invite": {"none": "invited", "declined": "invited", "removed": "invited"},
    "invite_administrator": {
        "none": "invited",
        "invited": "invited",
        "expired": "invited",
        "declined": "invited",
        "removed": "invited",
    },
    "resend": {"invited": "invited", "expired": "invited"},
    "copy_link": {"invited": "invited"},
    "revoke": {"invited": "removed", "expired": "removed"},
    "edit": {"invited": "invited"},
    "join": {"invited": "active"},
    "decline": {"invited": "declined"},
    "expire": {"invited": "expired"},
    "deactivate": {"active": "inactive", "blocked": "inactive"},
    "reactivate": {"inactive": "active"},
    "remove": {"active": "removed", "blocked": "removed", "inactive": "removed"},
}

# What stands in the way of an address that is invited.
IN_THE_WAY = {
    "invited": "already_invited",
    "expired": "already_invited",
    "active": "already_member",
    "inactive": "user_inactive",
    "blocked": "user_blocked",
}

# Why the newest link of somebody who never joined is dead.
DEAD = {
    "expired": "invitation_expired",
    "declined": "invitation_declined",
    "removed": "invitation_revoked",
}


def _may_copy(account: Account, actor: User, _user: User) -> bool:
    return actor.admin and bool(account.settings["allow_link_copy"])


def _may_edit(account: Account, actor: User, user: User) -> bool:
    return "users.edit" in account.rights(actor) and account.reaches(actor, user)


def _is_admin(_account: Account, actor: User, _user: User) -> bool:
    return actor.admin


def _is_another_admin(_account: Account, actor: User, user: User) -> bool:
    return actor.admin and actor.address != user.address


# What is offered with a user, and who may do it.
ACTION_GUARDS: dict[str, Callable[[Account, User, User], bool]] = {
    "resend": Account.may_invite,
    "copy_link": _may_copy,
    "revoke": Account.may_invite,
    "edit": _may_edit,
    "deactivate": _is_another_admin,
    "reactivate": _is_admin,
    "remove": _is_another_admin,
}


def offered(account: Account, user: User, status: str, *, to: User) -> list[str]:
    """The actions that somebody is offered with a user."""
    return [name for name, may in ACTION_GUARDS.items() if status in TRANSITIONS[name] and may(account, to, user)]

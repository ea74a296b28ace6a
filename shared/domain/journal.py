"""The journal: who did what to whom, before and after, naming people by user_id alone (rules 25 and 34)."""

from typing import Any, Literal

from shared.domain.accounts import Account
from shared.domain.commands import Command
from shared.domain.ids import fact_id
from shared.domain.models import Model, Moment, iso
from shared.domain.users import User

EntryType = Literal[
    "account.created",
    "user.invited",
    "invitation.resent",
    "invitation.link_copied",
    "invitation.reminded",
    "invitation.expired",
    "invitation.declined",
    "invitation.revoked",
    "invitation.new_link_requested",
    "invitation.delivery_changed",
    "user.joined",
    "user.edited",
    "user.deactivated",
    "user.reactivated",
    "user.removed",
    "settings.changed",
]


Facts = dict[str, Any]
_PERSONAL = ("first_name", "last_name", "phone", "locale")


class Entry(Model):
    """One change. `entry_id` sorts by time; `operation` is the id of the request, or of the sweep, that wrote it."""

    entry_id: str
    at: Moment
    type: EntryType
    account_id: str
    actor: str
    user_id: str | None = None
    before: Facts
    after: Facts
    operation: str | None = None


def entry(kind: EntryType, *, before: User | None, after: User, command: Command) -> Entry:
    """What the journal says of a change to a user: only the facts that differ, and never a person's data."""
    was, became = _facts(before) if before else {}, _facts(after)
    differing = [name for name in became if was.get(name) != became[name]]
    known = {name: was[name] for name in differing if name in was}
    return _about(after, kind, known, {name: became[name] for name in differing}, command=command)


def delivery_changed(*, before: User, after: User, command: Command) -> Entry:
    """What has become of the invitation's mail; a fact apart, for which the user gets no new version."""
    was, became = ({"delivery": user.invitation.delivery} for user in (before, after))
    return _about(after, "invitation.delivery_changed", was, became, command=command)


def noted(kind: EntryType, user: User, *, command: Command) -> Entry:
    """What has happened to an invitation and changes none of its facts."""
    return _about(user, kind, {}, {"generation": user.invitation.generation}, command=command)


def edited(*, before: User, after: User, command: Command) -> Entry:
    """Which of a user's data were edited; what they were and became is nothing for the journal."""
    fields = [name for name in _PERSONAL if getattr(before, name) != getattr(after, name)]
    return _about(after, "user.edited", {}, {"fields": fields}, command=command)


def settings_changed(*, before: Account, after: Account, command: Command) -> Entry:
    """Which settings were changed, and how."""
    was, became = (account.settings.model_dump(mode="json") for account in (before, after))
    differing = [name for name in became if was[name] != became[name]]
    return _of_account(
        after,
        "settings.changed",
        {name: was[name] for name in differing},
        {name: became[name] for name in differing},
        command=command,
    )


def account_opened(account: Account, *, command: Command) -> Entry:
    """The first entry of an account."""
    opened = {"name": account.name, "seats": account.seats_limit}
    return _of_account(account, "account.created", {}, opened, command=command)


def _about(user: User, kind: EntryType, before: Facts, after: Facts, *, command: Command) -> Entry:
    return _entry(kind, user.account_id, user.user_id, before, after, command=command)


def _of_account(account: Account, kind: EntryType, before: Facts, after: Facts, *, command: Command) -> Entry:
    return _entry(kind, account.account_id, None, before, after, command=command)


def _entry(
    kind: EntryType, account_id: str, user_id: str | None, before: Facts, after: Facts, *, command: Command
) -> Entry:
    return Entry(
        entry_id=_entry_id(kind, user_id or account_id, command=command),
        at=command.now,
        type=kind,
        account_id=account_id,
        actor=command.by.actor_id,
        user_id=user_id,
        before=before,
        after=after,
        operation=command.operation,
    )


def _entry_id(*parts: str, command: Command) -> str:
    return f"{iso(command.now)}-{fact_id(command.operation, *parts)[:10]}"


def _facts(user: User) -> Facts:
    return {
        "status": user.status.value,
        "kind": user.kind,
        "admin": user.admin,
        "groups": list(user.groups),
        "permissions": {"allow": list(user.allow), "deny": list(user.deny)},
        "generation": user.invitation.generation,
        "expires_at": iso(user.invitation.expires_at),
        "invited_by": user.invitation.invited_by,
    }

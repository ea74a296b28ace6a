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
    "invitation.delivery_changed",
    "invitation.expired",
    "user.joined",
    "user.edited",
    "user.deactivated",
]


class Entry(Model):
    """One change. `entry_id` sorts by time and is the same when the operation that wrote it is tried again."""

    entry_id: str
    at: Moment
    type: EntryType
    account_id: str
    actor: str
    user_id: str | None = None
    before: dict[str, Any]
    after: dict[str, Any]


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


def presented_anew(*, before: User, after: User, command: Command) -> Entry:
    """That a person is called otherwise now, or reads another language: which of it, and not a word of what."""
    changed = [name for name in ("first_name", "last_name", "locale") if getattr(before, name) != getattr(after, name)]
    return _about(after, "user.edited", {}, {"changed": changed}, command=command)


def account_opened(account: Account, *, command: Command) -> Entry:
    """The first entry of an account."""
    return Entry(
        entry_id=_entry_id("account.created", account.account_id, command=command),
        at=command.now,
        type="account.created",
        account_id=account.account_id,
        actor=command.by.actor_id,
        user_id=None,
        before={},
        after={"name": account.name, "seats": account.seats_limit},
    )


def _about(user: User, kind: EntryType, before: dict[str, Any], after: dict[str, Any], *, command: Command) -> Entry:
    return Entry(
        entry_id=_entry_id(kind, user.user_id, command=command),
        at=command.now,
        type=kind,
        account_id=user.account_id,
        actor=command.by.actor_id,
        user_id=user.user_id,
        before=before,
        after=after,
    )


def _entry_id(*parts: str, command: Command) -> str:
    return f"{iso(command.now)}-{fact_id(command.operation, *parts)[:10]}"


def _facts(user: User) -> dict[str, Any]:
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

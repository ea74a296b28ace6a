"""What people say of themselves: how they are called, which follows them into their accounts, and their profile."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shared.domain.model.identities import Identity, Profile
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import Change
from shared.domain.policy.journal import edited
from shared.domain.policy.operation_context import OperationContext


def presented(identity: Identity, given: Mapping[str, Any]) -> Identity:
    """The identity under other names, or in another language."""
    return identity.model_copy(update=dict(given))


def followed_by(identity: Identity, users: Iterable[User], *, operation: str, now: datetime) -> list[Change]:
    """How the person's users come to be called as the identity is, where they are not.

    Only where the person has access: whoever invites or ends a user hears nothing of what an identity does elsewhere.
    """
    changes = []
    for user in users:
        known = {"first_name": identity.first_name, "last_name": identity.last_name, "locale": identity.locale}
        if user.status is not Status.ACTIVE or known == user.model_dump(include=set(known)):
            continue
        after = user.changed(now=now, **known)
        context = OperationContext(
            Actor(user.user_id, admin=user.admin, permissions=frozenset(), user=user), operation, now
        )
        changes.append(Change(before=user, after=after, entries=(edited(before=user, after=after, context=context),)))
    return changes


def profiled(identity: Identity, given: Mapping[str, Any]) -> Profile:
    """The profile with what is given in it; the same one if that is nothing new."""
    before = identity.profile or Profile()
    after = before.model_copy(update=dict(given))
    return before if after == identity.profile else after.model_copy(update={"version": before.version + 1})

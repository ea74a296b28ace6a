"""What people say about themselves: names and language, which their users follow, and their profile (rule 17)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shared.domain.model.identities import Identity, Profile
from shared.domain.model.names import require_not_posing_as_product
from shared.domain.model.users import WITH_ACCESS_TO_END, User, status_at
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import ChangeSet, IdentityChange, UserChange
from shared.domain.policy.journal import Entry, edit_entry
from shared.domain.policy.snapshot import OperationContext

_NAMES = frozenset({"first_name", "last_name"})


def rename(
    identity: Identity,
    given: Mapping[str, Any],
    *,
    users: Iterable[User],
    product_name: str,
    operation_id: str,
    now: datetime,
) -> ChangeSet:
    """Change names and language of an identity and of its users who have access or are blocked.

    Users whose access has ended keep the names until they are reactivated: meanwhile their managers learn nothing of
    what the identity does elsewhere.
    Raises InvalidRequest for a name that poses as the product.
    """
    renamed = identity.model_copy(update=dict(given))
    if not _NAMES.isdisjoint(given):
        require_not_posing_as_product(renamed.first_name, renamed.last_name, product_name=product_name)
    changes, entries = propagate_names(renamed, users, operation_id=operation_id, now=now)
    if renamed == identity and not changes:
        return ChangeSet()
    return ChangeSet(identity=IdentityChange(identity, renamed, "renamed"), users=changes, entries=entries)


def names_of(identity: Identity) -> dict[str, str]:
    """Return what an identity's users take from it: names and language."""
    return {"first_name": identity.first_name, "last_name": identity.last_name, "locale": identity.locale}


def propagate_names(
    identity: Identity, users: Iterable[User], *, operation_id: str, now: datetime, **fields: Any
) -> tuple[tuple[UserChange, ...], tuple[Entry, ...]]:
    """Give the identity's names and language, and `fields`, to its users who have access or are blocked."""
    given = names_of(identity) | fields
    changes, entries = [], []
    for user in users:
        follows = status_at(user, now) in WITH_ACCESS_TO_END
        if not follows or all(getattr(user, name) == value for name, value in given.items()):
            continue
        after = user.with_changes(now=now, **given)
        actor = Actor(user.user_id, admin=user.admin, permissions=frozenset(), user=user)
        changes.append(UserChange(user, after))
        entries.append(edit_entry(before=user, after=after, context=OperationContext(actor, operation_id, now)))
    return tuple(changes), tuple(entries)


def updated_profile(identity: Identity, given: Mapping[str, Any]) -> Profile:
    """Return the profile with these fields set; the same one if nothing changes."""
    before = identity.profile or Profile()
    after = before.model_copy(update=dict(given))
    return before if after == identity.profile else after.model_copy(update={"version": before.version + 1})

"""Blocking a person's identity in all accounts at once, and giving it back, by staff of the host product."""

from shared.domain.model import errors
from shared.domain.model.identities import Identity
from shared.domain.policy.changes import ChangeSet, IdentityChange
from shared.domain.policy.journal import EntryType, identity_entries
from shared.domain.policy.snapshot import IdentitySnapshot


def block(found: IdentitySnapshot) -> ChangeSet:
    """Refuse every session of the identity in every account. Raises NotFound, CannotActOnSelf."""
    if require_identity(found).identity_id == found.operator_id:
        raise errors.CannotActOnSelf
    return _change_set(found, "identity.blocked", blocked=True)


def unblock(found: IdentitySnapshot) -> ChangeSet:
    """Let the person sign in again. Raises NotFound."""
    return _change_set(found, "identity.unblocked", blocked=False)


def require_identity(found: IdentitySnapshot) -> Identity:
    """Return the identity; raises NotFound for an address that nobody can sign in with."""
    if found.identity is None or found.identity.sub is None:
        raise errors.NotFound
    return found.identity


def _change_set(found: IdentitySnapshot, kind: EntryType, *, blocked: bool) -> ChangeSet:
    """Change the identity; the journal of each account that it came into tells it, under the person's user there."""
    before = require_identity(found)
    if before.blocked == blocked:
        return ChangeSet()
    entries = identity_entries(kind, before.identity_id, user_ids=found.user_ids, context=found.context)
    after = before.model_copy(update={"blocked": blocked})
    return ChangeSet(identity=IdentityChange(before, after, "blocked"), entries=entries)

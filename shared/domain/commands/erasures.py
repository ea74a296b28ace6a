"""Erasing a person: tombstones in the place of their identity and of their users in all accounts (rule 25)."""

from datetime import datetime

from shared.domain.commands.hand_over import job_of_ended_access, with_job
from shared.domain.model import errors
from shared.domain.model.erasures import Erasure, OutsideTables
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import ChangeSet, ErasureChange, JobChange
from shared.domain.policy.journal import user_entry
from shared.domain.policy.snapshot import ErasureSnapshot, OperationContext


def begin(found: ErasureSnapshot, *, sub: str | None) -> ChangeSet:
    """Put a tombstone in the place of the identity; its users follow with `erase_user`, also after a crash.

    `sub` names the sign-in that the address has, also one that no identity names. From then on nobody signs in as this
    person, and the address has new ids. Raises NotFound for an address that is not known, CannotActOnSelf, and
    LastAdmin with the ids of accounts that would be left without an administrator, suspended ones apart.
    """
    if found.identity is None and not found.users:
        raise errors.NotFound
    if found.identity_id == found.operator_id:
        raise errors.CannotActOnSelf
    account_ids = [
        account.account_id
        for account, user in found.users
        if user.counts_as_admin and account.admins <= 1 and not account.is_suspended
    ]
    if account_ids:
        raise errors.LastAdmin(account_ids=sorted(account_ids))
    erasure = Erasure(
        operation=found.context.operation_id,
        identity_id=found.identity_id,
        first_identity_id=found.first_identity_id,
        number=found.erasures + 1,
        actor=found.context.actor.actor_id,
        erased_at=found.context.now,
    )
    logo = found.identity.profile.logo if found.identity and found.identity.profile else None
    outside = OutsideTables(address=found.address, sub=sub, logo=logo)
    return ChangeSet(erasure=ErasureChange(found.identity, erasure, outside))


def erase_user(user: User, owned: OwnedRecords, erasure: Erasure, *, now: datetime) -> ChangeSet:
    """Put a tombstone in the place of a user: their seat is free, and what they own waits to be reassigned.

    A job marks removed what goes with its owner (rule 22).
    """
    context = OperationContext(Actor.without_rights(erasure.actor), erasure.operation, now)
    job = job_of_ended_access(user, owned, context=context)
    erased = user.to_tombstone(now=now).model_copy(update={"has_records_waiting": owned.waiting > 0})
    after = with_job(erased, job) if job else erased
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry("user.erased", before=user, after=after, context=context),),
        owned=owned,
        job=JobChange(None, job) if job else None,
    )

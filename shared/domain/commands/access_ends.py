"""Access with an end: set with an invitation or later, announced to administrators, ended by the clock (rule 37)."""

from datetime import datetime

from shared.domain.commands import membership
from shared.domain.model import errors
from shared.domain.model.users import END_TOLD_BEFORE, REMINDED_BEFORE, Invitation, Status, User, status_at
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.mails import access_ending_mails
from shared.domain.policy.snapshot import DueUserSnapshot, OperationContext, Snapshot


def require_ahead(access_until: datetime | None, *, now: datetime) -> None:
    """Raises InvalidRequest for an end that has passed."""
    if access_until is not None and access_until <= now:
        raise errors.InvalidRequest([("access_until", "This must be in the future.")])


def is_told_already(access_until: datetime | None, *, now: datetime) -> bool:
    """Return whether an end that is set now lies so near that administrators are not told of it again."""
    return access_until is not None and access_until - END_TOLD_BEFORE <= now


def with_end(user: User, access_until: datetime | None, *, snapshot: Snapshot) -> User:
    """Return the user with this end of access, None for open access; a pending link expires with it.

    Raises InvalidRequest for an end that has passed, and CannotActOnSelf for those who put off or lift their own end.
    """
    if access_until == user.access_until:
        return user
    require_ahead(access_until, now=snapshot.now)
    is_later = access_until is None or (user.access_until is not None and access_until > user.access_until)
    if is_later and snapshot.actor.actor_id == user.user_id:
        raise errors.CannotActOnSelf
    return user.model_copy(
        update={
            "access_until": access_until,
            "access_end_told": is_told_already(access_until, now=snapshot.now),
            "invitation": _with_end_of_access(user, access_until, now=snapshot.now),
        }
    )


def _with_end_of_access(user: User, access_until: datetime | None, *, now: datetime) -> Invitation:
    """Return the invitation, a waiting one with its new expiry: a reminder goes out before that, too (rule 36)."""
    if user.status is not Status.INVITED:
        return user.invitation
    after = user.invitation.valid_until(access_until)
    is_near = after.expires_at - now <= REMINDED_BEFORE
    return after.model_copy(update={"reminded": after.reminded and is_near})


def apply_deadline(due: DueUserSnapshot, *, context: OperationContext) -> ChangeSet | None:
    """Return the announcement or the end of access that is due and not yet written; None if neither is."""
    user, deadline = due.user, due.user.next_deadline
    if user.status is Status.INVITED or deadline is None or context.now < deadline:
        return None
    if status_at(user, context.now) is Status.INACTIVE:
        return membership.end_access(user, due.owned, groups=due.groups, context=context)
    return _announce(due, context=context)


def _announce(due: DueUserSnapshot, *, context: OperationContext) -> ChangeSet:
    """Tell the account's other administrators, while there is time to put the end off; the user keeps their version."""
    after = due.user.model_copy(update={"access_end_told": True, "access_end_told_at": context.now})
    told = sorted(due.account.administrators.keys() - {due.user.user_id})
    return ChangeSet.of_user(due.user, after, mails=access_ending_mails(after, to=told, context=context))

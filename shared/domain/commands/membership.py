"""Life after joining: block, unblock, deactivate, reactivate, remove (rules 19-21 and 24-25)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from shared.domain.commands.hand_over import (
    NOTHING,
    HandOver,
    Option,
    begin,
    job_of_ended_access,
    job_of_leaving,
    require_one_choice,
    require_same_targets,
    with_job,
)
from shared.domain.commands.profiles import names_of
from shared.domain.model import accounts, errors
from shared.domain.model.groups import Groups
from shared.domain.model.mails import Mail, MailKind
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import Status, User, status_at
from shared.domain.policy import authorization, state_machine
from shared.domain.policy.changes import ChangeSet, JobChange
from shared.domain.policy.journal import EntryType, user_entry
from shared.domain.policy.mails import mail_to_user, mails_to_administrators
from shared.domain.policy.snapshot import OperationContext, Snapshot
from shared.domain.policy.state_machine import UserAction

BlockReason = Literal["security", "terms", "other"]

ACCESS_ENDED = "access_ended"


def block(snapshot: Snapshot, *, reason: BlockReason) -> ChangeSet:
    """Suspend the user's access with the write; seat, groups and pending invitations stay (rules 1, 19 and 20).

    The links that the user sent refuse until they are unblocked. Raises what `deactivate` raises.
    """
    return _with_status_alone(snapshot, UserAction.BLOCK, "user.blocked", MailKind.BLOCKED, reason=reason)


def unblock(snapshot: Snapshot) -> ChangeSet:
    """Give a blocked user their access back, as it was. Raises NotFound, NotAllowed, WrongState."""
    return _with_status_alone(snapshot, UserAction.UNBLOCK, "user.unblocked", MailKind.UNBLOCKED)


def _with_status_alone(
    snapshot: Snapshot, action: UserAction, kind: EntryType, mail_kind: MailKind, *, reason: str | None = None
) -> ChangeSet:
    """Change the user's status and nothing else of them, and mail it to them."""
    user, context = snapshot.require_user(), snapshot.context
    status = state_machine.status_after(user, action, snapshot=snapshot)
    if status is None:
        return ChangeSet.unchanged(user)
    _require_another_admin_beside(user, snapshot)
    after = user.with_changes(now=snapshot.now, status=status)
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry(kind, before=user, after=after, context=context, reason=reason),),
        mails=(mail_to_user(mail_kind, after, to=user.user_id, context=context),),
    )


def deactivate(snapshot: Snapshot, hand_over: HandOver = NOTHING, *, under_way: MoveJob | None = None) -> ChangeSet:
    """End the user's access with the write and free their seat; the last active administrator stays (rules 19-22).

    A job hands over what they own, or that waits. Where the clock has ended the access and the sweep has not written
    that yet, a `reassign_to` writes it and hands over; else the sweep does, and what they own waits. For someone who is
    inactive a `reassign_to` hands over what waits, unless the job that is `under_way` hands it to others.
    Raises NotFound, NotAllowed, CannotActOnSelf, WrongState, LastAdmin, InvalidRequest, ReassignTargetRequired,
    MoveUnderWay.
    """
    options: tuple[Option, ...] = ("reassign_to", "hand_over_later", "block")
    user = snapshot.require_user()
    if hand_over.reassign_to and _ends_unwritten(user, snapshot.now):
        state_machine.require_allowed(user, UserAction.DEACTIVATE, snapshot=snapshot)
        job = job_of_leaving(user, hand_over, options=options, snapshot=snapshot)
        _require_no_other_job(user, job)
        owned = snapshot.owned.get(user.user_id, OwnedRecords())
        ended = _access_ended(user, owned, job=job, groups=snapshot.groups, context=snapshot.context)
        return ended._replace(job=begin(job, snapshot.users))
    changes = _end(snapshot, UserAction.DEACTIVATE, "user.deactivated", hand_over, options=options)
    require_one_choice(hand_over)
    if hand_over.reassign_to and user.status is Status.INACTIVE:
        require_same_targets(under_way, hand_over, snapshot.owned.get(user.user_id, OwnedRecords()))
    waiting = snapshot.owned.get(user.user_id, OwnedRecords()).waiting
    if hand_over.reassign_to and waiting and user.status is Status.INACTIVE and not user.waits_for_move:
        job = job_of_leaving(user, hand_over, options=options, snapshot=snapshot)
        return ChangeSet.of_user(user, with_job(user, job), job=begin(job, snapshot.users)) if job else changes
    return changes


def remove(snapshot: Snapshot, hand_over: HandOver = NOTHING) -> ChangeSet:
    """End the user for the account, who leaves the list (rule 25). Raises what `deactivate` does, and MoveUnderWay."""
    return _end(snapshot, UserAction.REMOVE, "user.removed", hand_over, options=("reassign_to",))


def leave(snapshot: Snapshot) -> ChangeSet:
    """End the access of a partner who leaves the account, and tell its administrators (rule 6).

    Raises NotAllowed for a user who is no partner, HasRecords for one with records that another user would have to get.
    """
    return _end(snapshot, UserAction.LEAVE, "partner.left", NOTHING, options=())


def _end(
    snapshot: Snapshot, action: UserAction, kind: EntryType, hand_over: HandOver, *, options: Sequence[Option]
) -> ChangeSet:
    user, context = snapshot.require_user(), snapshot.context
    status = state_machine.status_after(user, action, snapshot=snapshot)
    if status is None:
        return ChangeSet.unchanged(user)
    owned = snapshot.owned.get(user.user_id, OwnedRecords())
    if action is UserAction.LEAVE and owned.moves:
        raise errors.HasRecords
    _require_another_admin_beside(user, snapshot)
    if action is UserAction.REMOVE and user.waits_for_move:
        raise errors.MoveUnderWay
    job = job_of_leaving(user, hand_over, options=options, snapshot=snapshot)
    _require_no_other_job(user, job)
    after = _without_access(user, status, owned, groups=snapshot.groups, now=snapshot.now, job=job)
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry(kind, before=user, after=after, context=context),),
        mails=_mails_of_end(user, after, action, snapshot),
        owned=owned,
        job=begin(job, snapshot.users),
    )


def _require_no_other_job(user: User, job: MoveJob | None) -> None:
    """Raises MoveUnderWay for a second job of an owner; who is to be locked out now is, whatever moves (rule 22)."""
    if job and job.targets and user.move_job_id is not None:
        raise errors.MoveUnderWay


def _mails_of_end(user: User, after: User, action: UserAction, snapshot: Snapshot) -> tuple[Mail, ...]:
    """Return the mail to someone who had access, or to the administrators whose partner has left."""
    if action is UserAction.LEAVE:
        return mails_to_administrators(MailKind.PARTNER_LEFT, after, account=snapshot.account, context=snapshot.context)
    if user.status is not Status.ACTIVE:
        return ()
    return (mail_to_user(MailKind.DEACTIVATED, after, to=user.user_id, context=snapshot.context),)


def end_access(user: User, owned: OwnedRecords, *, groups: Groups, context: OperationContext) -> ChangeSet:
    """Write the end of access that the clock has brought (rule 37): the seat is free, and the person gets a mail.

    What the user owns waits until it is handed over; a job marks removed what goes with its owner.
    """
    job = job_of_ended_access(user, owned, context=context)
    return _access_ended(user, owned, job=job, groups=groups, context=context)


def _access_ended(
    user: User, owned: OwnedRecords, *, job: MoveJob | None, groups: Groups, context: OperationContext
) -> ChangeSet:
    after = _without_access(user, Status.INACTIVE, owned, groups=groups, now=context.now, job=job)
    had_access = user.status is Status.ACTIVE
    return ChangeSet.of_user(
        user,
        after,
        entries=(user_entry("user.deactivated", before=user, after=after, context=context, reason=ACCESS_ENDED),),
        mails=(mail_to_user(MailKind.ACCESS_ENDED, after, to=user.user_id, context=context),) if had_access else (),
        owned=owned,
        job=JobChange(None, job) if job else None,
    )


def _ends_unwritten(user: User, now: datetime) -> bool:
    """Return whether the clock has ended the user's access, and the sweep has not written that yet."""
    return user.status is not Status.INACTIVE and status_at(user, now) is Status.INACTIVE


def _without_access(
    user: User, status: Status, owned: OwnedRecords, *, groups: Groups, now: datetime, job: MoveJob | None
) -> User:
    """Return the user without access; what they own waits, or until the job has moved it."""
    after = user.without_teams().with_changes(
        now=now,
        status=status,
        holds_seat=False,
        has_invitations_to_revoke=_may_have_pending_invitations(user, groups),
        has_records_waiting=owned.waiting > 0,
    )
    return with_job(after, job) if job else after


def _require_another_admin_beside(user: User, snapshot: Snapshot) -> None:
    if user.counts_as_admin:
        accounts.require_another_admin(snapshot.account)


def _may_have_pending_invitations(user: User, groups: Groups) -> bool:
    """Return whether the user may have sent invitations that still wait; without the right, none of them works."""
    return user.has_invitations_to_revoke or "users.invite" in authorization.rights_of(user, groups)


def reactivate(snapshot: Snapshot, *, group_ids: Collection[str]) -> ChangeSet:
    """Make an inactive user active again, in those of their groups that are left, else in the given or default ones.

    An end of access that has passed is cleared (rule 37), and so are the permissions of one who becomes administrator.
    Names and language are those of the identity, as it is now. A partner gets the type of the certification in force.
    Where the sweep has not written that end yet, this does both.
    Raises NotFound, NotAllowed, WrongState, NotACertifiedPartner, MoveUnderWay, InvalidRequest, NoSeatAvailable
    (rules 6 and 24).
    """
    user, context = snapshot.require_user(), snapshot.context
    status = state_machine.status_after(user, UserAction.REACTIVATE, snapshot=snapshot)
    if status is None:
        return ChangeSet.unchanged(user)
    partner_type = snapshot.require_partner_type()
    if user.move_job_id is not None:
        raise errors.MoveUnderWay
    snapshot.groups.require_known(group_ids)
    admin, chosen = snapshot.groups.membership(
        [group.group_id for group in snapshot.groups.existing(user.groups)] or group_ids,
        admin=user.admin,
        default_group=snapshot.account.settings.default_group,
    )
    authorization.require_can_make_admin(snapshot.actor, admin=admin, kind=user.kind)
    nothing = OwnedRecords()  # Someone who is back at once keeps what goes with those who leave.
    ending = (
        end_access(user, nothing, groups=snapshot.groups, context=context)
        if _ends_unwritten(user, snapshot.now)
        else ChangeSet.unchanged(user)
    )
    if user.takes_seat:
        accounts.require_seat(snapshot.account.with_counters(ending.counters))
    after = ending.user.with_changes(
        now=snapshot.now,
        **(names_of(snapshot.identity) if snapshot.identity and snapshot.identity.sub else {}),
        status=status,
        holds_seat=user.takes_seat,
        partner_type=partner_type,
        admin=admin,
        groups=chosen,
        allow=() if admin else user.allow,
        deny=() if admin else user.deny,
        access_until=user.end_ahead(snapshot.now),
        has_records_waiting=False,
    )
    return ChangeSet.of_user(
        user,
        after,
        entries=(*ending.entries, user_entry("user.reactivated", before=ending.user, after=after, context=context)),
        mails=(*ending.mails, mail_to_user(MailKind.REACTIVATED, after, to=user.user_id, context=context)),
    )

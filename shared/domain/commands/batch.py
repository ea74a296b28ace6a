"""Inviting many people with one request: one verdict for each row, in the order of the rows (rule 7)."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from shared.domain.commands import invitations
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.invitees import Invitee
from shared.domain.model.users import User
from shared.domain.policy import authorization, rate_limits
from shared.domain.policy.changes import ChangeSet, UserChange
from shared.domain.policy.mails import summary_mail
from shared.domain.policy.principals import REMEMBERED_FOR
from shared.domain.policy.snapshot import CommitBasis, Snapshot


class BatchRow(NamedTuple):
    """One row as it was read: its canonical address, if it has one; whom to invite, or why it is invalid."""

    address: str | None
    invitee: Invitee | errors.Refusal


class Verdict(NamedTuple):
    """What became of one row: the invited user, or the reason of the refusal; neither for a row that would be taken."""

    user: User | None = None
    refusal: errors.Refusal | None = None


class Batch(NamedTuple):
    """What the accepted rows change, what that rests on, and one verdict for each row."""

    changes: ChangeSet
    basis: CommitBasis
    verdicts: list[Verdict]


def invite_many(
    snapshot: Snapshot, rows: Sequence[BatchRow], *, message: str | None, notify: Collection[str], dry_run: bool
) -> Batch:
    """Judge each row like an invitation of its own, on the account as the earlier rows leave it (rules 1-7 and 9).

    A refused row stops no other one. Rows that an earlier attempt of the same request has invited are left as they are.
    Each `notify` address gets one mail about all who are invited; it is counted with the first of them. A `dry_run`
    changes nothing. A request that changes nothing is not remembered under its key. Raises NotAllowed.
    """
    authorization.require_permission(snapshot.actor, "users.invite")
    notified = tuple(dict.fromkeys(notify))
    account, other_mails = snapshot.account, 0 if _is_begun(snapshot) else len(notified)
    verdicts: list[Verdict] = []
    invited: list[ChangeSet] = []
    seen: set[str] = set()
    for row in rows:
        verdict, changes = _judge(row, snapshot, account, seen=seen, message=message, other_mails=other_mails)
        if changes:
            account, other_mails = account.with_counters(changes.counters, changes.mail_quota), 0
            invited.append(changes)
        verdicts.append(verdict._replace(user=None) if dry_run else verdict)
    users = [verdict.user for verdict in verdicts if verdict.user]
    if dry_run or not users or snapshot.is_repeat:
        return Batch(ChangeSet(), snapshot.basis._replace(idempotency_key=None), verdicts)
    mails = sum(changes.mail_quota.mails for changes in invited if changes.mail_quota)
    quota = rate_limits.use_mail_quota(snapshot.account, mails=mails, now=snapshot.now) if mails else None
    return Batch(
        ChangeSet(
            users=tuple(UserChange(*change) for changes in invited for change in changes.users),
            entries=tuple(entry for changes in invited for entry in changes.entries),
            mails=(
                *(mail for changes in invited for mail in changes.mails),
                *(summary_mail(users, to_address=address, context=snapshot.context) for address in notified),
            ),
            mail_quota=quota,
        ),
        snapshot.basis,
        verdicts,
    )


def _is_begun(snapshot: Snapshot) -> bool:
    """Return whether an earlier attempt of this request has invited some rows, and so counted the mails about all."""
    return any(_is_done(user, snapshot) for user in snapshot.users.values())


def _is_done(user: User | None, snapshot: Snapshot) -> bool:
    """Return whether this request, as long as it is remembered, has invited the user, whatever followed."""
    if user is None:
        return False
    done = {each.batch_id for each in user.invitation.batches if snapshot.now - each.invited_at < REMEMBERED_FOR}
    return snapshot.request.effect_id in done


def _judge(
    row: BatchRow, snapshot: Snapshot, account: Account, *, seen: set[str], message: str | None, other_mails: int
) -> tuple[Verdict, ChangeSet | None]:
    """Return the verdict on a row, and what it changes unless it is refused or done; adds its address to `seen`."""
    address, invitee = row
    if address in seen:
        return Verdict(refusal=errors.DuplicateRow()), None
    if address:
        seen.add(address)
    if isinstance(invitee, errors.Refusal):
        return Verdict(refusal=invitee), None
    about = snapshot.for_address(invitee.email, account=account)
    if _is_done(about.user, snapshot):
        return Verdict(about.user), None
    try:
        changes = invitations.invite(
            about,
            invitee.model_copy(update={"message": message}),
            batch_id=snapshot.request.effect_id,
            other_mails=other_mails,
        )
    except errors.Refusal as refusal:
        return Verdict(refusal=refusal), None
    if snapshot.is_repeat:
        return Verdict(refusal=errors.NotFound()), None  # Was invited then, and erased since (rule 25).
    return Verdict(changes.user), changes

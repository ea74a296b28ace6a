"""The next generation of an invitation: how long its link is valid, its limits, what it keeps (rules 7, 9 and 36)."""

from datetime import datetime, timedelta

from shared.domain.model.users import INVITATION_VALID_FOR, REMINDED_BEFORE, BatchInvitation, Invitation
from shared.domain.policy import rate_limits
from shared.domain.policy.principals import REMEMBERED_FOR
from shared.domain.policy.snapshot import Snapshot

# A repeat within the time for which requests are remembered may finish a batch, and is then remembered for as long.
_BATCH_KEPT_FOR = 2 * REMEMBERED_FOR + timedelta(minutes=1)


def next_invitation(
    before: Invitation | None,
    *,
    sent_before: int,
    message: str | None,
    access_until: datetime | None,
    from_account: tuple[str, ...],
    return_path: str | None,
    snapshot: Snapshot,
    batch_id: str | None = None,
) -> Invitation:
    """Return the next generation, sent by the one who acts; raises RateLimited.

    One that is valid for no longer than from the reminder to the expiry goes without a reminder.
    Its mail has failed from the start if the mailbox has complained of our mail, whichever account's that was.
    """
    context = snapshot.context
    invitation = Invitation(
        generation=before.generation + 1 if before else 1,
        sent_at=context.now,
        expires_at=context.now + INVITATION_VALID_FOR,
        sent_count=sent_before + 1,
        delivery="failed" if snapshot.is_suppressed else "queued",
        invited_by=context.actor.actor_id,
        message=message,
        resent_that_day=rate_limits.count_resend(before, now=context.now),
        return_path=return_path,
        from_account=from_account,
        batch_id=batch_id,
        reminded_at=before.reminded_at if before else None,
        earlier_batches=_earlier_batches(before, batch_id, now=context.now) or None,
    ).valid_until(access_until)
    is_short = invitation.expires_at - context.now <= REMINDED_BEFORE
    return invitation.model_copy(update={"reminded": is_short})


def _earlier_batches(before: Invitation | None, batch_id: str | None, *, now: datetime) -> tuple[BatchInvitation, ...]:
    """Return the batches that invited the user before this one and whose answers may still be remembered.

    The limit of mails with a link to one person limits them, too.
    """
    kept = (each for each in before.batches if now - each.invited_at < _BATCH_KEPT_FOR) if before else ()
    return tuple(each for each in kept if each.batch_id != batch_id)

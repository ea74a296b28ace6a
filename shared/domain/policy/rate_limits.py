"""Rate limits of mails (rule 9), to one person, for one account, at an invitee's request; of copies and recovery."""

from datetime import UTC, datetime, time, timedelta

from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.counters import MailQuotaUse
from shared.domain.model.identities import PasswordTries
from shared.domain.model.recoveries import Recovery
from shared.domain.model.users import DailyCount, Invitation

MIN_INTERVAL = timedelta(seconds=60)
MAX_RESENDS_PER_DAY = 5  # On one UTC day, the very first apart.
MAX_COPIES_PER_DAY = 20  # Of one link, on one UTC day: each is an entry in the journal, for ever.
MAX_RECOVERIES_PER_DAY = 5
MAX_PASSWORD_TRIES_PER_DAY = 5  # Of two guesses each: the new password counts as the current one, too.


def resend_count_today(invitation: Invitation | None, *, now: datetime) -> int:
    """Return today's mails with a link to this person: with this one, without their very first; raises RateLimited."""
    if invitation is None:
        return 0
    if abs(now - invitation.sent_at) < MIN_INTERVAL:  # Someone else's mail may be later than this request's start.
        sentence = "An email was sent to this person less than a minute ago. Wait a moment and try again."
        raise errors.RateLimited(sentence, until=invitation.sent_at + MIN_INTERVAL, now=now)
    before = invitation.resent_that_day if _day(invitation.sent_at) == _day(now) else 0
    if before >= MAX_RESENDS_PER_DAY:
        sentence = f"This person has been sent {MAX_RESENDS_PER_DAY} links today. Try again tomorrow, or copy the link."
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)
    return before + 1


def copies_today(invitation: Invitation, *, now: datetime) -> DailyCount:
    """Return how often the link was copied today, with this time (rule 8); raises RateLimited."""
    day, copies = _day(now), invitation.copies
    before = copies.number if copies and copies.day == day else 0
    if before >= MAX_COPIES_PER_DAY:
        sentence = f"This link has been copied {MAX_COPIES_PER_DAY} times today. Try again tomorrow."
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)
    return DailyCount(day=day, number=before + 1)


def mail_quota_use(account: Account, *, mails: int, now: datetime) -> MailQuotaUse:
    """Return what so many mails use of the account's daily quota; raises RateLimited."""
    day = _day(now)
    is_first = account.mails_on != day  # Also a day that a clock ahead of this one has written.
    max_sent_before = account.settings.daily_mail_limit - mails
    if max_sent_before < (0 if is_first else account.mails_sent):
        sentence = (
            f"This account may send {account.settings.daily_mail_limit} invitation emails a day. Try again tomorrow."
        )
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)
    return MailQuotaUse(day, mails, max_sent_before=max_sent_before, is_first=is_first)


def require_first_request_today(invitation: Invitation, *, now: datetime) -> None:
    """Raises RateLimited if a new link was asked for today already."""
    asked = invitation.new_link_requested_at
    if asked and _day(asked) == _day(now):
        sentence = "You have already asked for a new link today. The person who invited you has been told."
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)


def recoveries_today(recovery: Recovery | None, *, by_operator: bool, now: datetime) -> int:
    """Return today's mails with a link to a new password for one address, with this one (rule 18); raises RateLimited.

    An operator may help however often a link was asked for: anybody can ask for one.
    """
    if recovery is None:
        return 1
    if abs(now - recovery.sent_at) < MIN_INTERVAL:
        sentence = "A link was sent to this address less than a minute ago. Wait a moment and try again."
        raise errors.RateLimited(sentence, until=recovery.sent_at + MIN_INTERVAL, now=now)
    before = recovery.sent_that_day if _day(recovery.sent_at) == _day(now) else 0
    if before >= MAX_RECOVERIES_PER_DAY and not by_operator:
        sentence = f"This address has been sent {MAX_RECOVERIES_PER_DAY} links today. Try again tomorrow."
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)
    return before + 1


def password_tries(before: PasswordTries | None, *, now: datetime) -> PasswordTries:
    """Return today's tries to change the password, with this one; raises RateLimited."""
    count = before.count if before and before.day == _day(now) else 0
    if count >= MAX_PASSWORD_TRIES_PER_DAY:
        sentence = "The current password was wrong too often today. Try again tomorrow, or use “Forgot your password?”."
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)
    return PasswordTries(day=_day(now), count=count + 1)


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()


def _tomorrow(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)

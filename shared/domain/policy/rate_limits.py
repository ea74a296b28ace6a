"""Rate limits of mails (rule 9), to one person, for one account, at an invitee's request; of copies and recovery."""

import sys
from datetime import UTC, datetime, time, timedelta

from shared.domain.model import errors
from shared.domain.model.accounts import MAX_DAILY_MAILS, Account
from shared.domain.model.counters import MailQuotaUse
from shared.domain.model.recoveries import Recovery
from shared.domain.model.users import DailyCount, Invitation

MIN_INTERVAL = timedelta(seconds=60)
MAX_RESENDS_PER_DAY = 5  # On one UTC day, the very first apart.
MAX_COPIES_PER_DAY = 20  # Of one link, on one UTC day: each is an entry in the journal, for ever.
MAX_RECOVERIES_PER_DAY = 5
MAX_PASSWORD_TRIES_PER_DAY = 5  # Of two guesses each: the new password counts as the current one, too.
MAX_PASSWORD_CHANGES_PER_DAY = 10  # Each is a mail to the address, which may be a stranger's (rule 15).


def count_resend(invitation: Invitation | None, *, now: datetime) -> int:
    """Return today's mails with a link to this person: with this one, without their very first; raises RateLimited."""
    if invitation is None:
        return 0
    sent_at = invitation.sent_at
    sentence = "An email was sent to this person less than a minute ago. Wait a moment and try again."
    _require_interval_since(sent_at, sentence, now=now)
    sentence = f"This person has been sent {MAX_RESENDS_PER_DAY} links today. Try again tomorrow, or copy the link."
    return _counted(invitation.resent_that_day, _day(sent_at), most=MAX_RESENDS_PER_DAY, sentence=sentence, now=now)


def count_copy(invitation: Invitation, *, now: datetime) -> DailyCount:
    """Return how often the link was copied today, with this time (rule 8); raises RateLimited."""
    sentence = f"This link has been copied {MAX_COPIES_PER_DAY} times today. Try again tomorrow."
    return _one_more(invitation.copies, most=MAX_COPIES_PER_DAY, sentence=sentence, now=now)


def use_mail_quota(account: Account, *, mails: int, now: datetime, by_operator: bool = False) -> MailQuotaUse:
    """Return the use of the account's daily quota by so many mails; raises RateLimited.

    What administrators have set does not hold for operators, who help where no administrator is left.
    """
    day = _day(now)
    limit = MAX_DAILY_MAILS if by_operator else account.settings.daily_mail_limit
    is_first = account.mails_on != day  # Also a day that a clock ahead of this one has written.
    max_sent_before = limit - mails
    if max_sent_before < (0 if is_first else account.mails_sent):
        sentence = f"This account may send {limit} invitation emails a day. Try again tomorrow."
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)
    return MailQuotaUse(day, mails, max_sent_before=max_sent_before, is_first=is_first)


def require_first_request_today(invitation: Invitation, *, now: datetime) -> None:
    """Raises RateLimited if a new link was asked for today already."""
    asked = invitation.new_link_requested_at
    if asked and _day(asked) == _day(now):
        sentence = "You have already asked for a new link today. The person who invited you has been told."
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)


def count_recovery(recovery: Recovery | None, *, by_operator: bool, now: datetime) -> int:
    """Return today's mails with a password reset link for one address, with this one (rule 18); raises RateLimited.

    An operator may help however often a link was asked for: anybody can ask for one.
    """
    if recovery is None:
        return 1
    sent_at = recovery.sent_at
    sentence = "A link was sent to this address less than a minute ago. Wait a moment and try again."
    _require_interval_since(sent_at, sentence, now=now)
    sentence = f"This address has been sent {MAX_RECOVERIES_PER_DAY} links today. Try again tomorrow."
    most = sys.maxsize if by_operator else MAX_RECOVERIES_PER_DAY
    return _counted(recovery.sent_that_day, _day(sent_at), most=most, sentence=sentence, now=now)


def count_password_try(before: DailyCount | None, *, now: datetime) -> DailyCount:
    """Return today's tries to change the password, with this one; raises RateLimited."""
    sentence = (
        "You entered a wrong current password too many times today. Try again tomorrow, or use “Forgot your password?”."
    )
    return _one_more(before, most=MAX_PASSWORD_TRIES_PER_DAY, sentence=sentence, now=now)


def count_password_change(before: DailyCount | None, *, now: datetime) -> DailyCount:
    """Return today's changes of the password with the current one, with this one; raises RateLimited."""
    sentence = f"You have changed your password {MAX_PASSWORD_CHANGES_PER_DAY} times today. Try again tomorrow."
    return _one_more(before, most=MAX_PASSWORD_CHANGES_PER_DAY, sentence=sentence, now=now)


def require_password_change_left(before: DailyCount | None, *, now: datetime) -> None:
    """Raises RateLimited if the password was changed too often today."""
    count_password_change(before, now=now)


def _require_interval_since(sent_at: datetime, sentence: str, *, now: datetime) -> None:
    """Raises RateLimited within a minute of another mail, also before it: its request may have begun after this one."""
    if abs(now - sent_at) < MIN_INTERVAL:
        raise errors.RateLimited(sentence, until=sent_at + MIN_INTERVAL, now=now)


def _one_more(before: DailyCount | None, *, most: int, sentence: str, now: datetime) -> DailyCount:
    """Return today's count with one more; raises RateLimited after `most`."""
    before = before or DailyCount(day=_day(now), number=0)
    number = _counted(before.number, before.day, most=most, sentence=sentence, now=now)
    return DailyCount(day=_day(now), number=number)


def _counted(number: int, day: str, *, most: int, sentence: str, now: datetime) -> int:
    """Return the number of that UTC day with one more, 1 if the day is over; raises RateLimited after `most`."""
    before = number if day == _day(now) else 0
    if before >= most:
        raise errors.RateLimited(sentence, until=_tomorrow(now), now=now)
    return before + 1


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()


def _tomorrow(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)

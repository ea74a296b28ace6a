"""How often mails go out: to one person, for one account, and when an invitee asks."""

import math
from datetime import datetime, timedelta

from tests.proofs.model.values import Account, Refused, User

A_MINUTE = timedelta(seconds=60)
A_DAY = timedelta(days=1)


def counted_with(before: User | None, now: datetime) -> int:
    """Which of this person's mails of the day the next one is; the very first ever is none."""
    if before is None:
        return 0
    if now - before.sent_at < A_MINUTE:
        raise _too_often(before.sent_at + A_MINUTE, now, "so soon after another mail")
    today = before.resent_that_day if before.sent_at.date() == now.date() else 0
    if today == 5:
        raise _too_often(_midnight(now), now, "after five mails on a day")
    return today + 1


def require_postage(account: Account, mails: int, now: datetime) -> None:
    """The account's day has room for so many."""
    if sent_today(account, now) + mails > account.settings["daily_mail_limit"]:
        raise _too_often(_midnight(now), now, "beyond what the account may send")


def post(account: Account, mails: int, now: datetime) -> None:
    """So many more on this day."""
    account.mails_on, account.mails_sent = now.date().isoformat(), sent_today(account, now) + mails


def require_first_today(asked_at: datetime | None, now: datetime) -> None:
    """A new link is asked for once a day."""
    if asked_at and asked_at.date() == now.date():
        raise _too_often(_midnight(now), now, "having asked already")


def sent_today(account: Account, now: datetime) -> int:
    """What the account has sent on this day."""
    return account.mails_sent if account.mails_on == now.date().isoformat() else 0


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + A_DAY


def _too_often(until: datetime, now: datetime, why: str) -> Refused:
    return Refused(429, "rate_limited", why=why, retry_after=math.ceil((until - now).total_seconds()))

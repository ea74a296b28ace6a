from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.model import errors
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.domain.model.users import DailyCount, Invitation, Status
from shared.domain.policy import rate_limits
from tests.domain.refusals import refusal_of
from tests.domain_factories import a_member, the_account

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def sent(at: datetime, *, resent_that_day: int = 0, asked: datetime | None = None) -> Invitation:
    changes: dict[str, Any] = {"sent_at": at, "resent_that_day": resent_that_day, "new_link_requested_at": asked}
    return a_member(Status.INVITED, **changes).invitation


def refused_for(invitation: Invitation | None, now: datetime) -> object:
    """Seconds, if the limit holds the mail back."""
    try:
        rate_limits.count_resend(invitation, now=now)
    except errors.RateLimited as refusal:
        return refusal.details["retry_after"]
    return None


def test_the_very_first_mail_is_never_held_back() -> None:
    assert rate_limits.count_resend(None, now=NOON) == 0


@pytest.mark.parametrize(
    ("since", "retry_after"),
    [
        (0 * SECOND, 60),
        (timedelta(milliseconds=1), 60),
        (59 * SECOND, 1),
        (timedelta(milliseconds=59_999), 1),
        (60 * SECOND, None),
        (-timedelta(milliseconds=1), 61),  # sent by another request, which began later and was faster
        (-60 * SECOND, None),
        (-timedelta(days=3), None),  # sent by a clock ahead of this one
    ],
)
def test_two_mails_are_a_minute_apart(since: timedelta, retry_after: int | None) -> None:
    assert refused_for(sent(NOON), NOON + since) == retry_after


@pytest.mark.parametrize(("before", "retry_after"), [(0, None), (4, None), (5, 12 * 3600 - 60), (6, 12 * 3600 - 60)])
def test_five_follow_the_first_on_a_day(before: int, retry_after: int | None) -> None:
    invitation = sent(NOON, resent_that_day=before)

    assert refused_for(invitation, NOON + 60 * SECOND) == retry_after
    if retry_after is None:
        assert rate_limits.count_resend(invitation, now=NOON + 60 * SECOND) == before + 1


@pytest.mark.parametrize(("now", "retry_after"), [(MIDNIGHT - timedelta(milliseconds=1), 1), (MIDNIGHT, None)])
def test_the_next_day_counts_from_zero(now: datetime, retry_after: int | None) -> None:
    invitation = sent(NOON, resent_that_day=5)

    assert refused_for(invitation, now) == retry_after
    if retry_after is None:
        assert rate_limits.count_resend(invitation, now=now) == 1


@pytest.mark.parametrize(
    ("day", "mails_sent", "mails", "expected"),
    [
        (None, 0, 1, MailQuotaUse("2026-11-21", 1, max_sent_before=9, is_first=True)),
        ("2026-11-20", 10, 10, MailQuotaUse("2026-11-21", 10, max_sent_before=0, is_first=True)),
        ("2026-11-20", 0, 11, None),
        ("2026-11-21", 7, 3, MailQuotaUse("2026-11-21", 3, max_sent_before=7, is_first=False)),
        ("2026-11-21", 8, 3, None),
        (
            "2026-11-25",
            10,
            1,
            MailQuotaUse("2026-11-21", 1, max_sent_before=9, is_first=True),
        ),  # written by a clock ahead of this one
    ],
)
def test_an_account_sends_so_many_a_day_and_no_more(
    day: str | None, mails_sent: int, mails: int, expected: MailQuotaUse | None
) -> None:
    account = the_account(daily_mail_limit=10).model_copy(update={"mails_on": day, "mails_sent": mails_sent})

    if expected:
        assert rate_limits.use_mail_quota(account, mails=mails, now=NOON) == expected
        return
    with pytest.raises(errors.RateLimited) as refused:
        rate_limits.use_mail_quota(account, mails=mails, now=NOON)
    assert refused.value.details == {"retry_after": 12 * 3600}


@pytest.mark.parametrize(
    ("asked", "is_refused"),
    [(None, False), (NOON, True), (MIDNIGHT - timedelta(days=1), True), (MIDNIGHT - 25 * SECOND * 3600, False)],
)
def test_a_new_link_is_asked_for_once_a_day(asked: datetime | None, is_refused: bool) -> None:
    refusal = refusal_of(lambda: rate_limits.require_first_request_today(sent(NOON, asked=asked), now=NOON + SECOND))

    assert refusal is (errors.RateLimited if is_refused else None)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (None, 1),
        (DailyCount(day="2026-11-21", number=9), 10),
        (DailyCount(day="2026-11-21", number=10), None),
        (DailyCount(day="2026-11-20", number=10), 1),
    ],
)
def test_password_is_changed_ten_times_a_day(before: DailyCount | None, expected: int | None) -> None:
    if expected:
        assert rate_limits.count_password_change(before, now=NOON) == DailyCount(day="2026-11-21", number=expected)
        return
    with pytest.raises(errors.RateLimited) as refused:
        rate_limits.count_password_change(before, now=NOON)
    assert refused.value.details == {"retry_after": 12 * 3600}


def test_counters_follow_the_mails() -> None:
    account = the_account(daily_mail_limit=10).model_copy(update={"mails_on": "2026-11-20", "mails_sent": 4})
    first = rate_limits.use_mail_quota(account, mails=2, now=NOON)
    counted = account.with_counters(CounterDelta(), first)

    second = rate_limits.use_mail_quota(counted, mails=3, now=NOON)

    assert (counted.mails_on, counted.mails_sent) == ("2026-11-21", 2)
    assert counted.with_counters(CounterDelta(), second).mails_sent == 5

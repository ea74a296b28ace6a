from datetime import datetime, timedelta

import pytest

from shared.domain.commands import invitation_deadlines
from shared.domain.model.users import Status
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.changes import ChangeSet
from tests.domain_factories import LEE_ID, MILLISECOND, NOW, a_context, a_member

TWO_DAYS = timedelta(days=2)


def followed(remaining: timedelta, *, reminded: bool = False) -> ChangeSet | None:
    user = a_member(Status.INVITED, expires_at=NOW + remaining, reminded=reminded)
    return invitation_deadlines.apply_deadline(user, context=a_context(CLOCK))


@pytest.mark.parametrize(
    ("remaining", "reminded", "entries"),
    [
        (TWO_DAYS + MILLISECOND, False, []),
        (TWO_DAYS, False, ["invitation.reminded"]),
        (TWO_DAYS, True, []),
        (MILLISECOND, False, ["invitation.reminded"]),
        (MILLISECOND, True, []),
        (0 * MILLISECOND, False, ["invitation.expired"]),
        (0 * MILLISECOND, True, ["invitation.expired"]),
    ],
)
def test_the_clock_reminds_two_days_before_and_once_then_ends_it(
    remaining: timedelta, reminded: bool, entries: list[str]
) -> None:
    change = followed(remaining, reminded=reminded)

    assert [entry.type for entry in change.entries] == entries if change else entries == []


def test_a_reminder_brings_the_same_link_and_changes_nothing_else() -> None:
    change = followed(TWO_DAYS)

    assert change
    before, after = change.users[0]
    assert before
    assert [(mail.kind, mail.to_user, mail.generation) for mail in change.mails] == [("reminder", LEE_ID, 1)]
    assert after.invitation == before.invitation.model_copy(update={"reminded": True, "reminded_at": NOW})
    assert (after.status, after.holds_seat, after.version) == (Status.INVITED, True, before.version + 1)


@pytest.mark.parametrize(
    ("reminded_before", "remaining", "expected"),
    [
        (timedelta(hours=1), timedelta(days=6), timedelta(days=4)),
        (timedelta(hours=1), TWO_DAYS, timedelta(hours=23)),
        (timedelta(days=1), TWO_DAYS, timedelta()),
        (timedelta(hours=1), timedelta(hours=5), timedelta(hours=5)),
    ],
)
def test_another_reminder_waits_a_day_and_the_expiry_waits_for_none(
    reminded_before: timedelta, remaining: timedelta, expected: timedelta
) -> None:
    user = a_member(Status.INVITED, expires_at=NOW + remaining, reminded_at=NOW - reminded_before)

    assert user.invitation.next_deadline == NOW + expected


@pytest.mark.parametrize(("reminded", "expected"), [(False, NOW + timedelta(days=4)), (True, NOW + timedelta(days=6))])
def test_the_next_deadline_is_the_reminder_then_the_expiry(reminded: bool, expected: datetime) -> None:
    assert a_member(Status.INVITED, reminded=reminded).invitation.next_deadline == expected

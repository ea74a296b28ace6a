"""The clock ends access, after it has told administrators, and who comes back has none that has passed (rule 37)."""

from datetime import datetime, timedelta

import pytest

from shared.domain.commands import access_ends, membership
from shared.domain.commands.hand_over import HandOver
from shared.domain.model import errors
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import DueUserSnapshot
from tests.domain_factories import (
    ANN_ID,
    BEA_ID,
    LEE_ID,
    MILLISECOND,
    NOW,
    a_context,
    a_member,
    a_snapshot,
    coming_back,
    some_groups,
    the_account,
)

DAY = timedelta(days=1)


def followed(user: User, *, now: datetime = NOW, told: tuple[str, ...] = (ANN_ID,)) -> ChangeSet | None:
    account = the_account().model_copy(update={"administrators": dict.fromkeys(told, 1)})
    return access_ends.apply_deadline(DueUserSnapshot(user, account, some_groups()), context=a_context(CLOCK, now=now))


# ---- the sweep ----


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        (NOW + 7 * DAY + MILLISECOND, None),
        (NOW + 7 * DAY, "told"),
        (NOW + MILLISECOND, "told"),
        (NOW, "ended"),
        (None, None),
    ],
)
def test_the_sweep_tells_of_the_end_and_then_writes_it(ends: datetime | None, outcome: str | None) -> None:
    change = followed(a_member(access_until=ends))

    found = None if change is None else "ended" if change.user.status is Status.INACTIVE else "told"
    assert found == outcome


def test_administrators_are_told_once_and_the_user_keeps_their_version() -> None:
    user = a_member(access_until=NOW + 7 * DAY)

    change = followed(user, told=(ANN_ID, BEA_ID, LEE_ID))

    assert change is not None
    assert change.user == user.model_copy(update={"access_end_told": True, "access_end_told_at": NOW})
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [
        ("access_ending", ANN_ID),
        ("access_ending", BEA_ID),
    ]
    assert change.entries == ()
    assert followed(change.user) is None


def test_an_invitation_whose_reminder_is_due_announces_no_end_of_access() -> None:
    user = a_member(Status.INVITED, access_until=NOW + 7 * DAY)
    due = user.model_copy(update={"invitation": user.invitation.model_copy(update={"expires_at": NOW + DAY})})

    assert due.next_deadline is not None
    assert due.next_deadline < NOW
    assert followed(due) is None


def test_two_sweeps_queue_the_same_mails_and_another_end_others() -> None:
    user = a_member(access_until=NOW + 7 * DAY)
    changes = [
        access_ends.apply_deadline(
            DueUserSnapshot(each, the_account().model_copy(update={"administrators": {ANN_ID: 1}}), some_groups()),
            context=a_context(CLOCK, operation=operation),
        )
        for each, operation in ((user, "one"), (user, "two"), (user.with_changes(now=NOW), "three"))
    ]

    ids = [change.mails[0].mail_id for change in changes if change]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


@pytest.mark.parametrize(("status", "mails"), [(Status.ACTIVE, ["access_ended"]), (Status.BLOCKED, [])])
def test_the_end_frees_seat_and_teams_and_tells_the_person(status: Status, mails: list[str]) -> None:
    user = a_member(status, access_until=NOW, access_end_told=True, member_of_teams=("t",), allow=("users.invite",))

    change = followed(user)

    assert change is not None
    after, [entry] = change.user, change.entries
    assert (after.status, after.holds_seat, after.teams, after.has_invitations_to_revoke) == (
        "inactive",
        False,
        (),
        True,
    )
    assert (after.access_until, after.next_deadline) == (NOW, None)
    assert (entry.type, entry.actor, entry.after["reason"]) == ("user.deactivated", "clock", "access_ended")
    assert [mail.kind for mail in change.mails] == mails


# ---- coming back ----


@pytest.mark.parametrize(("ends", "kept"), [(NOW - DAY, None), (NOW, None), (NOW + DAY, NOW + DAY)])
def test_coming_back_clears_an_end_that_has_passed(ends: datetime, kept: datetime | None) -> None:
    change = coming_back(a_member(Status.INACTIVE, access_until=ends))

    assert (change.user.status, change.user.access_until) == ("active", kept)


def test_coming_back_before_the_sweep_writes_both() -> None:
    over = a_member(access_until=NOW, member_of_teams=("t",))

    change = coming_back(over)

    after = change.user
    assert (after.status, after.access_until, after.holds_seat, after.teams) == ("active", None, True, ())
    assert [entry.type for entry in change.entries] == ["user.deactivated", "user.reactivated"]
    assert (after.version, change.counters.seats) == (over.version + 2, 0)


def test_the_seat_of_someone_whose_access_is_over_is_free_for_them() -> None:
    over = a_member(access_until=NOW)
    full, beyond = (the_account(seats=seats, used=2) for seats in (2, 1))

    assert coming_back(over, account=full).user.holds_seat
    with pytest.raises(errors.NoSeatAvailable):
        coming_back(over, account=beyond)


# ---- handing over before the sweep ----


OWNED = OwnedRecords(moves={"task": 2}, removes={})


def deactivated(user: User, hand_over: HandOver, *, by: User | None = None) -> ChangeSet:
    snapshot = a_snapshot(user, by=by)
    known = {**snapshot.users, BEA_ID: a_member(user_id=BEA_ID, allow=("tasks.view",))}
    return membership.deactivate(snapshot._replace(users=known, owned={user.user_id: OWNED}), hand_over)


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.BLOCKED])
def test_who_has_lost_access_by_the_clock_hands_over_before_the_sweep(status: Status) -> None:
    change = deactivated(a_member(status, access_until=NOW), HandOver(BEA_ID))

    assert change.job is not None
    assert change.job.after.targets == {"task": BEA_ID}
    assert (change.user.status, change.user.holds_seat, change.counters.seats) == (Status.INACTIVE, False, -1)
    assert [entry.type for entry in change.entries] == ["user.deactivated"]
    assert [mail.kind for mail in change.mails] == (["access_ended"] if status is Status.ACTIVE else [])


@pytest.mark.parametrize("hand_over", [HandOver(), HandOver(later=True)])
def test_without_a_target_the_sweep_writes_the_end_and_records_wait(hand_over: HandOver) -> None:
    user = a_member(access_until=NOW)

    change = deactivated(user, hand_over)

    assert (change.user, change.job, change.entries) == (user, None, ())


def test_only_an_administrator_hands_over_what_someone_without_access_owns() -> None:
    with pytest.raises(errors.NotAllowed):
        deactivated(a_member(access_until=NOW), HandOver(BEA_ID), by=a_member(user_id=ANN_ID))
    with pytest.raises(errors.ReassignTargetRequired):
        deactivated(a_member(access_until=NOW), HandOver({"contact": BEA_ID}))


def test_who_has_lost_access_by_the_clock_hands_over_once() -> None:
    with pytest.raises(errors.MoveUnderWay):
        deactivated(a_member(access_until=NOW, move_job_id="m" * 26), HandOver(BEA_ID))

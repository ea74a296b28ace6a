"""Access with an end (rules 19, 24 and 37)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.domain.commands import access_ends, editing, invitations, membership
from shared.domain.commands.access_ends import DueUser
from shared.domain.model import errors
from shared.domain.model.invitees import Invitee
from shared.domain.model.users import Status, User, status_at
from shared.domain.policy import state_machine
from shared.domain.policy.authorization import CLOCK
from shared.domain.policy.changes import ChangeSet
from tests.domain_factories import (
    ANN,
    BEA,
    LEE,
    MILLISECOND,
    NOW,
    WEEK,
    a_context,
    a_member,
    a_snapshot,
    an_admin,
    some_groups,
    the_account,
)

DAY = timedelta(days=1)


def followed(user: User, *, now: datetime = NOW, told: tuple[str, ...] = (ANN,)) -> ChangeSet | None:
    account = the_account().model_copy(update={"administrators": dict.fromkeys(told, 1)})
    return access_ends.follow_clock(DueUser(user, account, some_groups()), context=a_context(CLOCK, now=now))


def edited(user: User, *, by: User | None = None, admins: int = 2, **changes: object) -> ChangeSet:
    return editing.edit(
        a_snapshot(user, by=by, account=the_account(admins=admins)),
        changes=changes,
        seen_version=None,
        product_name="Usher",
    )


def invited(**fields: Any) -> User:
    invitee = Invitee(email="lee@example.org", first_name="Lee", last_name="Sherron", groups=("everyone",), **fields)
    return invitations.invite(a_snapshot(), invitee).user


# ---- the clock ----


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.BLOCKED])
@pytest.mark.parametrize(("ends", "is_over"), [(NOW + MILLISECOND, False), (NOW, True), (NOW - DAY, True)])
def test_the_clock_decides_at_the_very_millisecond(status: Status, ends: datetime, is_over: object) -> None:
    found = status_at(a_member(status, access_until=ends), NOW)

    assert found is (Status.INACTIVE if is_over else status)


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.DECLINED, Status.INACTIVE, Status.REMOVED])
def test_an_end_says_nothing_about_those_without_access(status: Status) -> None:
    assert status_at(a_member(status, access_until=NOW - DAY), NOW) is status


def test_what_is_offered_follows_the_clock() -> None:
    over = a_member(access_until=NOW)

    assert state_machine.allowed_actions(over, snapshot=a_snapshot(over)) == ["reactivate", "remove"]


def test_deactivating_someone_whose_access_is_over_has_nothing_to_do() -> None:
    over = a_member(access_until=NOW)

    assert membership.deactivate(a_snapshot(over)) == ChangeSet.unchanged(over)
    for refused in (membership.unblock, lambda about: membership.block(about, reason="other")):
        with pytest.raises(errors.WrongState):
            refused(a_snapshot(over))


# ---- setting it ----


@pytest.mark.parametrize("ends", [NOW, NOW - DAY])
def test_an_end_lies_ahead(ends: datetime) -> None:
    with pytest.raises(errors.InvalidRequest):
        edited(a_member(), access_until=ends)
    with pytest.raises(errors.InvalidRequest):
        invited(access_until=ends)


def test_an_end_is_set_moved_and_lifted() -> None:
    ended = edited(a_member(), access_until=NOW + 30 * DAY)
    lifted = edited(ended.user, access_until=None)
    untouched = edited(ended.user, reference="crm-7")

    assert (ended.user.access_until, lifted.user.access_until) == (NOW + 30 * DAY, None)
    assert untouched.user.access_until == NOW + 30 * DAY
    assert ended.entries[0].after == {"access_until": "2026-12-21T12:00:00.000Z"}
    assert (lifted.entries[0].before, lifted.entries[0].after) == (ended.entries[0].after, {"access_until": None})


def test_an_end_that_is_kept_changes_nothing() -> None:
    user = a_member(access_until=NOW + DAY)

    assert edited(user, access_until=NOW + DAY) == ChangeSet.unchanged(user)


@pytest.mark.parametrize(
    ("ends", "expires"), [(NOW + DAY, NOW + DAY), (NOW + 30 * DAY, NOW + WEEK), (None, NOW + WEEK)]
)
def test_a_link_dies_with_the_access_that_it_gives(ends: datetime | None, expires: datetime) -> None:
    assert invited(access_until=ends).invitation.expires_at == expires


def test_a_link_that_waits_follows_its_end() -> None:
    user = invited(access_until=NOW + DAY)

    assert edited(user, access_until=NOW + 2 * DAY).user.invitation.expires_at == NOW + 2 * DAY
    assert edited(user, access_until=None).user.invitation.expires_at == NOW + WEEK


@pytest.mark.parametrize(
    ("valid_for", "is_reminded"),
    [(DAY, True), (2 * DAY, True), (2 * DAY + MILLISECOND, False), (3 * DAY, False), (30 * DAY, False)],
)
def test_an_invitation_that_is_valid_for_two_days_at_most_has_no_reminder(
    valid_for: timedelta, is_reminded: object
) -> None:
    assert invited(access_until=NOW + valid_for).invitation.reminded is is_reminded


@pytest.mark.parametrize(
    ("ends", "is_reminded"),
    [(None, False), (NOW + 2 * DAY + MILLISECOND, False), (NOW + 2 * DAY, True), (NOW + DAY, True)],
)
def test_a_reminder_goes_out_again_before_a_later_expiry(ends: datetime | None, is_reminded: object) -> None:
    user = a_member(Status.INVITED, access_until=NOW + timedelta(hours=36), reminded=True)

    assert edited(user, access_until=ends).user.invitation.reminded is is_reminded


def test_a_resent_link_keeps_an_end_that_lies_ahead_and_forgets_one_that_has_passed() -> None:
    ahead, over = (
        a_member(Status.EXPIRED, access_until=ends, sent_at=NOW - 8 * DAY) for ends in (NOW + DAY, NOW - DAY)
    )

    kept, cleared = (invitations.resend(a_snapshot(user)).user for user in (ahead, over))

    assert (kept.access_until, kept.invitation.expires_at) == (NOW + DAY, NOW + DAY)
    assert (cleared.access_until, cleared.invitation.expires_at) == (None, NOW + WEEK)


# ---- administrators ----


def test_an_administrator_whose_access_ends_is_not_the_one_who_has_to_stay() -> None:
    lasting, ending = an_admin(BEA), an_admin(LEE, access_until=NOW + DAY)

    for guarded in (membership.deactivate, membership.remove, lambda about: membership.block(about, reason="other")):
        with pytest.raises(errors.LastAdmin):
            guarded(a_snapshot(lasting))
        assert guarded(a_snapshot(ending)).counters.admins == 0


@pytest.mark.parametrize("by", [ANN, BEA])
def test_the_last_lasting_administrator_gets_no_end(by: str) -> None:
    with pytest.raises(errors.LastAdmin):
        edited(an_admin(BEA), by=an_admin(by), admins=1, access_until=NOW + DAY)


def test_a_new_administrator_may_have_an_end_from_the_start() -> None:
    change = edited(a_member(), admins=1, admin=True, access_until=NOW + DAY)

    assert (change.user.admin, change.user.access_until, change.counters.admins) == (True, NOW + DAY, 0)


def test_ends_of_administrators_are_counted() -> None:
    ended = edited(an_admin(BEA), access_until=NOW + DAY)
    lifted = edited(an_admin(BEA, access_until=NOW + DAY), access_until=None)

    assert (ended.counters.admins, lifted.counters.admins) == (-1, 1)


@pytest.mark.parametrize(("ends", "is_refused"), [(None, True), (NOW + 2 * DAY, True), (NOW + DAY / 2, False)])
@pytest.mark.parametrize("allow", [("users.edit",), ("users.edit", "users.view")])
def test_nobody_puts_off_or_lifts_their_own_end(
    ends: datetime | None, allow: tuple[str, ...], *, is_refused: bool
) -> None:
    bea = a_member(user_id=BEA, allow=allow, access_until=NOW + DAY)

    try:
        edited(bea, by=bea, access_until=ends)
        refused = False
    except errors.CannotActOnSelf:
        refused = True

    assert refused is is_refused


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

    change = followed(user, told=(ANN, BEA, LEE))

    assert change is not None
    assert change.user == user.model_copy(update={"access_end_told": True})
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("access_ending", ANN), ("access_ending", BEA)]
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
        access_ends.follow_clock(
            DueUser(each, the_account().model_copy(update={"administrators": {ANN: 1}}), some_groups()),
            context=a_context(CLOCK, operation=operation),
        )
        for each, operation in ((user, "one"), (user, "two"), (user.changed(now=NOW), "three"))
    ]

    ids = [change.mails[0].mail_id for change in changes if change]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


@pytest.mark.parametrize(("ahead", "is_told"), [(7 * DAY, True), (7 * DAY + MILLISECOND, False)])
def test_an_end_within_the_week_is_told_to_nobody_again(ahead: timedelta, is_told: object) -> None:
    assert edited(a_member(), access_until=NOW + ahead).user.access_end_told is is_told
    assert invited(access_until=NOW + ahead).access_end_told is is_told


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
def test_reactivating_clears_an_end_that_has_passed(ends: datetime, kept: datetime | None) -> None:
    change = membership.reactivate(a_snapshot(a_member(Status.INACTIVE, access_until=ends)), group_ids=())

    assert (change.user.status, change.user.access_until) == ("active", kept)


def test_reactivating_before_the_sweep_writes_both() -> None:
    over = a_member(access_until=NOW, member_of_teams=("t",))

    change = membership.reactivate(a_snapshot(over), group_ids=())

    after = change.user
    assert (after.status, after.access_until, after.holds_seat, after.teams) == ("active", None, True, ())
    assert [entry.type for entry in change.entries] == ["user.deactivated", "user.reactivated"]
    assert (after.version, change.counters.seats) == (over.version + 2, 0)


def test_the_seat_of_someone_whose_access_is_over_is_free_for_them() -> None:
    over = a_member(access_until=NOW)
    full, beyond = (the_account(seats=seats, used=2) for seats in (2, 1))

    assert membership.reactivate(a_snapshot(over, account=full), group_ids=()).user.holds_seat
    with pytest.raises(errors.NoSeatAvailable):
        membership.reactivate(a_snapshot(over, account=beyond), group_ids=())

"""Access with an end (rules 19, 24 and 37)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.domain.commands import editing, invitations, membership
from shared.domain.model import errors
from shared.domain.model.invitees import Invitee
from shared.domain.model.users import Status, User, status_at
from shared.domain.policy import state_machine
from shared.domain.policy.changes import ChangeSet
from tests.domain.refusals import refusal_of
from tests.domain.states import OFFERED
from tests.domain_factories import (
    ANN_ID,
    BEA_ID,
    LEE_ID,
    MILLISECOND,
    NOW,
    WEEK,
    a_member,
    a_snapshot,
    an_admin,
    the_account,
)

DAY = timedelta(days=1)


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
def test_the_clock_decides_at_the_very_millisecond(status: Status, ends: datetime, is_over: bool) -> None:
    found = status_at(a_member(status, access_until=ends), NOW)

    assert found is (Status.INACTIVE if is_over else status)


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.DECLINED, Status.INACTIVE, Status.REMOVED])
def test_an_end_says_nothing_about_those_without_access(status: Status) -> None:
    assert status_at(a_member(status, access_until=NOW - DAY), NOW) is status


def test_what_is_offered_follows_the_clock() -> None:
    over = a_member(access_until=NOW)

    assert state_machine.allowed_actions(over, snapshot=a_snapshot(over)) == OFFERED["inactive"]


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
    valid_for: timedelta, is_reminded: bool
) -> None:
    assert invited(access_until=NOW + valid_for).invitation.reminded is is_reminded


@pytest.mark.parametrize(
    ("ends", "is_reminded"),
    [(None, False), (NOW + 2 * DAY + MILLISECOND, False), (NOW + 2 * DAY, True), (NOW + DAY, True)],
)
def test_a_reminder_goes_out_again_before_a_later_expiry(ends: datetime | None, is_reminded: bool) -> None:
    user = a_member(Status.INVITED, access_until=NOW + timedelta(hours=36), reminded=True)

    assert edited(user, access_until=ends).user.invitation.reminded is is_reminded


def test_a_resent_link_keeps_a_future_end_and_drops_a_past_one() -> None:
    ahead, over = (
        a_member(Status.EXPIRED, access_until=ends, sent_at=NOW - 8 * DAY) for ends in (NOW + DAY, NOW - DAY)
    )

    kept, cleared = (invitations.resend(a_snapshot(user)).user for user in (ahead, over))

    assert (kept.access_until, kept.invitation.expires_at) == (NOW + DAY, NOW + DAY)
    assert (cleared.access_until, cleared.invitation.expires_at) == (None, NOW + WEEK)


@pytest.mark.parametrize(("ahead", "is_told"), [(7 * DAY, True), (7 * DAY + MILLISECOND, False)])
def test_an_end_within_the_week_is_told_to_nobody_again(ahead: timedelta, is_told: bool) -> None:
    assert edited(a_member(), access_until=NOW + ahead).user.access_end_told is is_told
    assert invited(access_until=NOW + ahead).access_end_told is is_told


# ---- administrators ----


def test_an_administrator_whose_access_ends_is_not_the_one_who_has_to_stay() -> None:
    lasting, ending = an_admin(BEA_ID), an_admin(LEE_ID, access_until=NOW + DAY)

    for guarded in (membership.deactivate, membership.remove, lambda about: membership.block(about, reason="other")):
        with pytest.raises(errors.LastAdmin):
            guarded(a_snapshot(lasting))
        assert guarded(a_snapshot(ending)).counters.admins == 0


@pytest.mark.parametrize("by", [ANN_ID, BEA_ID])
def test_the_last_lasting_administrator_gets_no_end(by: str) -> None:
    with pytest.raises(errors.LastAdmin):
        edited(an_admin(BEA_ID), by=an_admin(by), admins=1, access_until=NOW + DAY)


def test_a_new_administrator_may_have_an_end_from_the_start() -> None:
    change = edited(a_member(), admins=1, admin=True, access_until=NOW + DAY)

    assert (change.user.admin, change.user.access_until, change.counters.admins) == (True, NOW + DAY, 0)


def test_ends_of_administrators_are_counted() -> None:
    ended = edited(an_admin(BEA_ID), access_until=NOW + DAY)
    lifted = edited(an_admin(BEA_ID, access_until=NOW + DAY), access_until=None)

    assert (ended.counters.admins, lifted.counters.admins) == (-1, 1)


@pytest.mark.parametrize(("ends", "is_refused"), [(None, True), (NOW + 2 * DAY, True), (NOW + DAY / 2, False)])
@pytest.mark.parametrize("allow", [("users.edit",), ("users.edit", "users.view")])
def test_nobody_puts_off_or_lifts_their_own_end(
    ends: datetime | None, allow: tuple[str, ...], *, is_refused: bool
) -> None:
    bea = a_member(user_id=BEA_ID, allow=allow, access_until=NOW + DAY)

    refusal = refusal_of(lambda: edited(bea, by=bea, access_until=ends))

    assert refusal is (errors.CannotActOnSelf if is_refused else None)

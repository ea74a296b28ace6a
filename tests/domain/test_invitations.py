"""What becomes of an invitation on the administrator's side: resend, copy, revoke."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.commands import invitations
from shared.domain.model import errors
from shared.domain.model.groups import EVERYONE, Group
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.users import BatchInvitation, DailyCount, Status, User
from shared.domain.policy.authorization import Actor, granted_to
from shared.domain.policy.changes import ChangeSet
from tests.domain.refusals import refusal_of
from tests.domain_factories import (
    ACCOUNT_ID,
    ANN_ID,
    BEA_ID,
    LEE_ID,
    NOW,
    WEEK,
    a_certification,
    a_context,
    a_member,
    a_snapshot,
    an_identity,
    some_groups,
    the_account,
)


def an_inviter(**changes: Any) -> User:
    return a_member(**{"user_id": BEA_ID, "allow": ("users.invite", "users.edit")} | changes)


# ---- resend ----


def test_resending_makes_the_next_generation_for_another_week() -> None:
    user = a_member(
        Status.INVITED,
        generation=3,
        sent_count=2,
        message="Welcome",
        delivery="bounced",
        reminded=True,
        reminded_at=NOW,
        earlier_batches=(BatchInvitation(batch_id="b", invited_at=NOW),),
        return_path="/boards/9",
    )

    change = invitations.resend(a_snapshot(user, by=an_inviter()))

    assert change.user.invitation.model_dump() == {
        "generation": 4,
        "sent_at": NOW,
        "expires_at": NOW + WEEK,
        "sent_count": 3,
        "delivery": "queued",
        "invited_by": BEA_ID,
        "message": None,  # It was another one's.
        "resent_that_day": 1,
        "copies": None,
        "reminded": False,
        "reminded_at": NOW,
        "new_link_requested_at": None,
        "from_account": (),
        "batch_id": None,
        "earlier_batches": ({"batch_id": "b", "invited_at": NOW},),
        "return_path": "/boards/9",
    }
    assert (change.user.version, change.user.updated_at) == (user.version + 1, NOW)
    assert [(mail.kind, mail.to_user, mail.generation) for mail in change.mails] == [("invitation", LEE_ID, 4)]
    assert [entry.type for entry in change.entries] == ["invitation.resent"]


def test_a_partner_who_is_sent_a_new_link_has_the_type_of_the_registry() -> None:
    partner = a_member(Status.INVITED, kind="partner", partner_type="certified_partner", holds_seat=False)

    change = invitations.resend(
        a_snapshot(partner)._replace(identity=an_identity(certification=a_certification("expert_coach")))
    )

    assert change.user.partner_type == "expert_coach"


def test_a_seat_that_the_sweep_freed_is_taken_again() -> None:
    change = invitations.resend(a_snapshot(a_member(Status.EXPIRED)))

    assert (change.user.status, change.user.holds_seat, change.counters.seats) == (Status.INVITED, True, 1)


@pytest.mark.parametrize("status", ["invited", "expired"])
def test_without_a_seat_only_one_who_holds_it_is_sent_a_new_link(status: str) -> None:
    snapshot = a_snapshot(a_member(Status(status), expires_at=NOW), account=the_account(seats=1, used=1))

    try:
        seats: int | None = invitations.resend(snapshot).counters.seats
    except errors.NoSeatAvailable:
        seats = None

    assert seats == {"invited": 0, "expired": None}[status]


# ---- who may ----


@pytest.mark.parametrize("act", [invitations.resend, invitations.revoke])
@pytest.mark.parametrize(
    ("target", "actor", "is_refused"),
    [
        ({}, {"allow": ("users.invite",)}, False),
        ({}, {"allow": ("users.edit",)}, True),
        ({}, {"allow": ()}, True),
        ({"admin": True}, {"allow": ("users.invite",)}, True),
        ({"allow": ("contacts.delete",)}, {"allow": ("users.invite",)}, True),
        ({"allow": ("contacts.delete",), "deny": ("contacts.delete",)}, {"allow": ("users.invite",)}, True),
        ({"allow": ("contacts.delete",)}, {"allow": ("users.invite", "contacts.delete")}, False),
    ],
)
def test_nobody_acts_on_the_invitation_of_someone_who_is_to_hold_more(
    act: Callable[..., ChangeSet], target: dict[str, Any], actor: dict[str, Any], is_refused: bool
) -> None:
    snapshot = a_snapshot(a_member(Status.INVITED, **target), by=a_member(user_id=BEA_ID, **actor))

    refusal = refusal_of(lambda: act(snapshot))

    assert refusal is (errors.NotAllowed if is_refused else None)


@pytest.mark.parametrize("still_given", [True, False])
def test_what_the_account_gave_stays_no_grant_of_who_resends(*, still_given: bool) -> None:
    groups = some_groups(Group(group_id="sales", name="Sales", permissions=("contacts.export",)))
    account = the_account(default_group="sales" if still_given else EVERYONE)
    user = a_member(Status.INVITED, groups=("sales",), from_account=("sales",))
    inviter = an_inviter()

    resent = invitations.resend(a_snapshot(user, by=inviter, groups=groups, account=account)).user

    rights = granted_to(resent, groups)
    assert (resent.invitation.from_account, rights) == (("sales",), frozenset())


def test_only_an_administrator_copies_a_link_and_only_where_the_account_allows_it() -> None:
    user = a_member(Status.INVITED)
    refused = [
        a_snapshot(user, by=an_inviter()),
        a_snapshot(user, account=the_account(allow_link_copy=False)),
        a_snapshot(user, by=Actor.operator("olga"), account=the_account(allow_link_copy=False)),
    ]

    for snapshot in refused:
        with pytest.raises(errors.NotAllowed):
            invitations.copy_link(snapshot)

    assert invitations.copy_link(a_snapshot(user))


# ---- copy ----


def test_copying_tells_the_journal_and_is_counted() -> None:
    user = a_member(Status.INVITED, generation=2)

    link, change = invitations.copy_link(a_snapshot(user))

    assert link == InvitationToken(ACCOUNT_ID, LEE_ID, 2, Channel.COPIED, ANN_ID)
    assert change.users[0].before == user
    assert change.user.invitation.copies == DailyCount(day=NOW.date().isoformat(), number=1)
    assert change.user.model_copy(update={"invitation": user.invitation}) == user
    assert [entry.type for entry in change.entries] == ["invitation.link_copied"]


@pytest.mark.parametrize(
    ("copies", "entries"), [(DailyCount(day="2026-07-01", number=1), []), (None, ["invitation.link_copied"])]
)
def test_a_repeat_is_given_its_link_and_journaled_if_the_link_is_a_newer_one(
    copies: DailyCount | None, entries: list[str]
) -> None:
    invited = a_member(Status.INVITED)
    user = invited.model_copy(update={"invitation": invited.invitation.model_copy(update={"copies": copies})})

    link, change = invitations.copy_link(a_snapshot(user)._replace(is_repeat=True))

    assert (link.generation, [entry.type for entry in change.entries]) == (1, entries)


@pytest.mark.parametrize(("number", "days_ago", "counted"), [(19, 0, 20), (20, 0, None), (20, 1, 1)])
def test_a_link_is_copied_so_often_a_day(number: int, days_ago: int, counted: int | None) -> None:
    copies = DailyCount(day=(NOW - timedelta(days=days_ago)).date().isoformat(), number=number)
    invited = a_member(Status.INVITED)
    user = invited.model_copy(update={"invitation": invited.invitation.model_copy(update={"copies": copies})})

    if counted is None:
        with pytest.raises(errors.RateLimited):
            invitations.copy_link(a_snapshot(user))
        return
    _, change = invitations.copy_link(a_snapshot(user))

    assert change.user.invitation.copies == DailyCount(day=NOW.date().isoformat(), number=counted)


# ---- revoke ----


def test_a_revoked_invitation_frees_its_seat_and_nobody_is_mailed() -> None:
    user = a_member(Status.INVITED)

    change = invitations.revoke(a_snapshot(user))

    expected = {"status": Status.REMOVED, "holds_seat": False, "updated_at": NOW, "version": user.version + 1}
    assert change.user == user.model_copy(update=expected)
    assert (change.mails, change.counters.seats) == ((), -1)


def test_what_is_revoked_already_is_left_as_it_is() -> None:
    user = a_member(Status.REMOVED)

    change = invitations.revoke(a_snapshot(user))

    assert (change.user, change.entries) == (user, ())


def test_a_withdrawn_invitation_is_told_as_the_clocks() -> None:
    change = invitations.end_invitation(a_member(Status.INVITED), context=a_context(now=NOW + timedelta(minutes=1)))

    assert change.user.status is Status.REMOVED
    assert [entry.type for entry in change.entries] == ["invitation.revoked"]

"""What an invitation is: names, groups, a seat, the user it makes, and its mails (rules 2, 3 and 5)."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain.model import errors
from shared.domain.model.fields import Phone
from shared.domain.model.users import BatchInvitation, Status, User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.state_machine import UserAction
from tests.domain.invites import SELLERS, decide_invite
from tests.domain_factories import (
    ANN_ID,
    LEE_ID,
    MILLISECOND,
    NOW,
    WEEK,
    a_member,
    a_snapshot,
    an_admin,
    some_groups,
    the_account,
)


def errors_of(refusal: errors.Refusal) -> object:
    return [error["field"] for error in refusal.details["errors"]]  # type: ignore[attr-defined]


# ---- rule 2: names ----


def test_a_last_name_is_needed_unless_the_accounts_profile_is_simple() -> None:
    simple = a_snapshot(account=the_account(invite_profile="simple"))

    with pytest.raises(errors.InvalidRequest) as refused:
        decide_invite(a_snapshot(), last_name=None)

    assert errors_of(refused.value) == ["last_name"]
    assert decide_invite(simple, last_name=None).user.last_name == ""


# ---- rule 3: groups ----


@pytest.mark.parametrize(
    ("given", "settings", "admin", "groups"),
    [
        ({"groups": (), "admin": True}, {}, True, ("administrators",)),
        ({"groups": ("administrators",)}, {}, True, ("administrators",)),
        ({"groups": ("everyone",), "admin": True}, {}, True, ("everyone", "administrators")),
        ({"groups": ("everyone", "everyone")}, {}, False, ("everyone",)),
        ({"groups": ()}, {"default_group": "everyone"}, False, ("everyone",)),
        ({"groups": (), "admin": True}, {"default_group": "everyone"}, True, ("administrators",)),
        ({"groups": ("sellers",)}, {"default_group": "everyone"}, False, ("sellers",)),
    ],
)
def test_the_groups_are_those_chosen_or_the_accounts_default(
    given: dict[str, Any], settings: dict[str, Any], admin: bool, groups: tuple[str, ...]
) -> None:
    snapshot = a_snapshot(account=the_account(**settings), groups=some_groups(SELLERS))

    after = decide_invite(snapshot, **given).user

    assert (after.admin, after.groups) == (admin, groups)


@pytest.mark.parametrize("chosen", [(), ("nonsense",), ("everyone", "nonsense")])
def test_without_a_group_that_is_there_nobody_is_invited(chosen: tuple[str, ...]) -> None:
    snapshot = a_snapshot()

    with pytest.raises(errors.InvalidRequest) as refused:
        decide_invite(snapshot, groups=chosen)

    assert errors_of(refused.value) == ["groups"]


def test_a_default_group_that_is_gone_invites_nobody() -> None:
    snapshot = a_snapshot(account=the_account(default_group="gone"))

    with pytest.raises(errors.InvalidRequest):
        decide_invite(snapshot, groups=())


# ---- rule 5: seats ----


@pytest.mark.parametrize(("used", "is_refused"), [(9, False), (10, True)])
def test_the_last_seat_can_be_taken_and_no_more(used: int, is_refused: bool) -> None:
    snapshot = a_snapshot(account=the_account(seats=10, used=used))

    refused = None
    try:
        decide_invite(snapshot)
    except errors.NoSeatAvailable as refusal:
        refused = refusal

    assert (refused is not None) is is_refused
    if refused:
        assert refused.details == {
            "seats": {"limit": 10, "used": 10, "available": 0},
            "options": ["purchase_seat", "request_complimentary_seat", "deactivate_user"],
        }


def test_invite_again_takes_no_second_seat() -> None:
    snapshot = a_snapshot(a_member(Status.INVITED), account=the_account(seats=1, used=1))

    change = decide_invite(snapshot, action=UserAction.INVITE_AGAIN)

    assert change.counters.seats == 0


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.DECLINED, Status.REMOVED])
def test_invite_again_takes_a_seat_that_was_lost(status: Status) -> None:
    full = a_snapshot(a_member(status), account=the_account(seats=1, used=1))
    free = a_snapshot(a_member(status), account=the_account(seats=2, used=1))

    with pytest.raises(errors.NoSeatAvailable):
        decide_invite(full, action=UserAction.INVITE_AGAIN)

    assert decide_invite(free, action=UserAction.INVITE_AGAIN).counters.seats == 1


# ---- what an invitation is ----


def test_a_first_invitation_is_whole() -> None:
    phone = Phone(country_code="+44", number="2079460000")
    snapshot = a_snapshot(account=the_account(locale="de"))

    after = decide_invite(snapshot, phone=phone, message="Welcome", allow=("users.view",), deny=("orders.view",)).user

    assert after.model_dump(exclude={"invitation"}) == {
        "account_id": "ab123",
        "user_id": LEE_ID,
        "identity_id": "i" * 26,
        "kind": "user",
        "partner_type": None,
        "status": "invited",
        "erased_at": None,
        "holds_seat": True,
        "first_name": "Lee",
        "last_name": "Sherron",
        "email": "lee@example.org",
        "phone": {"country_code": "+44", "number": "2079460000"},
        "locale": "de",
        "admin": False,
        "groups": ("everyone",),
        "allow": ("users.view",),
        "deny": ("orders.view",),
        "manages_teams": (),
        "member_of_teams": (),
        "teams_version": 0,
        "reference": None,
        "access_until": None,
        "access_end_told": False,
        "access_end_told_at": None,
        "move_job_id": None,
        "last_move_job_id": None,
        "has_records_waiting": False,
        "identity_blocked_at": None,
        "joined_at": None,
        "last_seen_at": None,
        "has_invitations_to_revoke": False,
        "created_at": NOW,
        "updated_at": NOW,
        "version": 1,
    }
    assert after.invitation.model_dump() == {
        "generation": 1,
        "sent_at": NOW,
        "expires_at": NOW + timedelta(days=7),
        "sent_count": 1,
        "delivery": "queued",
        "invited_by": ANN_ID,
        "message": "Welcome",
        "resent_that_day": 0,
        "copies": None,
        "reminded": False,
        "reminded_at": None,
        "new_link_requested_at": None,
        "from_account": (),
        "batch_id": None,
        "earlier_batches": None,
        "return_path": None,
    }


def test_one_who_comes_back_keeps_the_batches_whose_answers_may_be_remembered() -> None:
    kept = timedelta(hours=48, minutes=1)
    ages = {"old": kept, "a": kept - MILLISECOND, "b": timedelta(hours=2), "c": timedelta(hours=1)}
    batches = tuple(BatchInvitation(batch_id=name, invited_at=NOW - age) for name, age in ages.items())
    past = a_snapshot(a_member(Status.REMOVED, earlier_batches=batches))

    alone = decide_invite(past).user.invitation.batches
    among_many = decide_invite(past, batch_id="b").user.invitation.batches

    assert [each.batch_id for each in alone] == ["a", "b", "c"]
    assert [each.batch_id for each in among_many] == ["a", "c", "b"]
    assert among_many[-1].invited_at == NOW


@pytest.mark.parametrize("status", [Status.DECLINED, Status.REMOVED])
def test_one_who_comes_back_keeps_id_and_generations_and_nothing_else(status: Status) -> None:
    past = an_admin(LEE_ID, status=status, generation=4, sent_count=3, allow=("users.view",), joined_at=NOW, version=9)
    past = past.model_copy(update={"manages_teams": ("t" * 26,)})

    after = decide_invite(a_snapshot(past)).user

    assert (after.user_id, after.created_at, after.version) == (LEE_ID, past.created_at, 10)
    assert (after.invitation.generation, after.invitation.sent_count, after.teams) == (5, 1, ())
    assert (after.admin, after.groups, after.allow, after.joined_at) == (False, ("everyone",), (), None)


@pytest.mark.parametrize("status", [Status.INVITED, Status.EXPIRED])
def test_one_who_is_invited_again_has_a_new_generation_and_a_new_week(status: Status) -> None:
    past = a_member(status, generation=2, sent_count=2)

    change = decide_invite(a_snapshot(past, by=Actor.operator("olga")), action=UserAction.INVITE_AGAIN)

    invitation = change.user.invitation
    assert (invitation.generation, invitation.sent_count, invitation.expires_at) == (3, 3, NOW + WEEK)
    assert invitation.invited_by == "operator:olga"
    assert [entry.type for entry in change.entries] == ["invitation.resent"]


def test_the_invitee_gets_a_mail_and_each_notified_address_gets_one() -> None:
    snapshot = a_snapshot()

    change = decide_invite(snapshot, notify=("x@example.org", "y@example.org", "x@example.org"))

    assert [(mail.kind, mail.to_user, mail.to_address) for mail in change.mails] == [
        ("invitation", LEE_ID, None),
        ("notify", None, "x@example.org"),
        ("notify", None, "y@example.org"),
    ]
    assert len({mail.mail_id for mail in change.mails}) == 3


@pytest.mark.parametrize("existing", [None, a_member(Status.INVITED), a_member(Status.EXPIRED)])
def test_staff_invite_nobody_into_an_account_that_they_have_suspended(existing: User | None) -> None:
    suspended = the_account().model_copy(update={"status": "suspended"})
    snapshot = a_snapshot(existing, by=Actor.operator("olga"), account=suspended)

    with pytest.raises(errors.AccountSuspended, match="Resume it first"):
        decide_invite(snapshot, action=UserAction.INVITE_AGAIN)

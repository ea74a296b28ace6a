from collections.abc import Callable
from typing import Any

import pytest

from shared.domain.commands import membership
from shared.domain.commands.membership import BlockReason
from shared.domain.model import errors
from shared.domain.model.groups import ADMINISTRATORS, EVERYONE
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from tests.domain.refusals import refusal_of
from tests.domain_factories import (
    ANN_ID,
    BEA_ID,
    LEE_ID,
    NOW,
    a_certification,
    a_member,
    a_snapshot,
    an_admin,
    an_identity,
    coming_back,
    the_account,
)

ENDINGS = [membership.deactivate, membership.remove]


def blocked(snapshot: Snapshot) -> ChangeSet:
    return membership.block(snapshot, reason="security")


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (an_admin(LEE_ID), errors.CannotActOnSelf),
        (a_member(user_id=BEA_ID), errors.NotAllowed),
        (a_member(user_id=BEA_ID, allow=("users.invite", "users.edit")), errors.NotAllowed),
        (a_member(user_id=LEE_ID), errors.NotAllowed),
    ],
)
@pytest.mark.parametrize("end", [*ENDINGS, blocked])
def test_only_another_administrator_ends_someones_access(
    actor: User, reason: type[errors.Refusal], end: Callable[..., ChangeSet]
) -> None:
    snapshot = a_snapshot(an_admin(LEE_ID), by=actor, account=the_account(admins=2))

    with pytest.raises(reason):
        end(snapshot)


@pytest.mark.parametrize(
    ("admins", "target", "is_refused"), [(1, an_admin(LEE_ID), True), (2, an_admin(LEE_ID), False)]
)
@pytest.mark.parametrize("end", [*ENDINGS, blocked])
def test_the_last_active_administrator_stays(
    admins: int, target: User, is_refused: bool, end: Callable[..., ChangeSet]
) -> None:
    snapshot = a_snapshot(target, by=Actor.operator("o"), account=the_account(admins=admins))

    refusal = refusal_of(lambda: end(snapshot))

    assert refusal is (errors.LastAdmin if is_refused else None)


@pytest.mark.parametrize(
    ("end", "status"), [(membership.deactivate, Status.INACTIVE), (membership.remove, Status.REMOVED)]
)
def test_a_blocked_administrator_is_not_the_last_active_one(end: Callable[..., ChangeSet], status: Status) -> None:
    snapshot = a_snapshot(an_admin(LEE_ID, status=Status.BLOCKED), account=the_account(admins=1))

    ended = end(snapshot)

    assert ended.user.status is status


def test_who_is_inactive_already_is_left_as_they_are() -> None:
    user = a_member(Status.INACTIVE)

    change = membership.deactivate(a_snapshot(user))

    assert (change.users[0].before, change.user, change.entries, change.mails) == (user, user, (), ())


def test_a_deactivated_user_keeps_everything_but_seat_and_status() -> None:
    user = a_member(Status.ACTIVE, allow=("users.view",))

    after = membership.deactivate(a_snapshot(user, by=an_admin(ANN_ID))).user

    expected = {
        "status": Status.INACTIVE,
        "holds_seat": False,
        "updated_at": NOW,
        "version": user.version + 1,
    }
    assert after == user.model_copy(update=expected)


def test_a_removed_user_keeps_everything_but_seat_and_status() -> None:
    user = a_member(Status.INACTIVE)

    change = membership.remove(a_snapshot(user, by=an_admin(ANN_ID)))

    expected = {"status": Status.REMOVED, "updated_at": NOW, "version": user.version + 1}
    assert change.user == user.model_copy(update=expected)
    assert [entry.type for entry in change.entries] == ["user.removed"]


@pytest.mark.parametrize("end", ENDINGS)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"allow": ("users.invite",)}, True),
        ({"admin": True}, True),
        ({"has_invitations_to_revoke": True}, True),
    ],
)
def test_what_someone_may_have_pending_is_to_be_withdrawn(
    end: Callable[..., ChangeSet], changes: dict[str, Any], expected: bool
) -> None:
    user = a_member(Status.BLOCKED, **changes)

    change = end(a_snapshot(user, by=an_admin(ANN_ID)))

    assert change.user.has_invitations_to_revoke is expected


@pytest.mark.parametrize(("status", "mails"), [("active", ["deactivated"]), ("blocked", []), ("inactive", [])])
def test_someone_who_is_removed_is_told_if_they_had_access(status: str, mails: list[str]) -> None:
    change = membership.remove(a_snapshot(a_member(Status(status))))

    assert [mail.kind for mail in change.mails] == mails


# ---- coming back (rule 24) ----


def test_someone_who_comes_back_is_who_they_were_and_holds_a_seat() -> None:
    user = a_member(Status.INACTIVE, allow=("orders.view",), has_invitations_to_revoke=True)

    change = coming_back(user)

    expected = {
        "status": Status.ACTIVE,
        "holds_seat": True,
        "updated_at": NOW,
        "version": 4,
    }
    assert change.user == user.model_copy(update=expected)
    assert [entry.type for entry in change.entries] == ["user.reactivated"]
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("reactivated", LEE_ID)]
    assert change.counters.seats == 1


def test_a_partner_who_comes_back_has_the_type_of_the_registry() -> None:
    partner = a_member(Status.INACTIVE, kind="partner", partner_type="certified_partner")
    snapshot = a_snapshot(partner)._replace(identity=an_identity(certification=a_certification("expert_coach")))

    change = membership.reactivate(snapshot, group_ids=())

    assert change.user.partner_type == "expert_coach"


@pytest.mark.parametrize(
    ("sub", "expected"), [("sub-1", ("Leonie", "Stern", "de")), (None, ("Lee", "Sherron", "en"))], ids=["known", "gone"]
)
def test_someone_who_comes_back_has_the_names_of_their_identity(sub: str | None, expected: tuple[str, ...]) -> None:
    renamed = an_identity(sub=sub, first_name="Leonie", last_name="Stern", locale="de")

    after = membership.reactivate(a_snapshot(a_member(Status.INACTIVE))._replace(identity=renamed), group_ids=()).user

    assert (after.first_name, after.last_name, after.locale) == expected


def test_someone_who_is_active_is_left_as_they_are() -> None:
    user = a_member()

    change = coming_back(user, account=the_account(seats=1))

    assert (change.user, change.entries, change.mails) == (user, (), ())


def test_nobody_comes_back_without_a_seat() -> None:
    with pytest.raises(errors.NoSeatAvailable):
        coming_back(a_member(Status.INACTIVE), account=the_account(seats=1))


@pytest.mark.parametrize(
    ("had", "given", "usual", "expected"),
    [
        ((EVERYONE,), (ADMINISTRATORS,), None, (EVERYONE,)),
        ((EVERYONE, "gone"), (), None, (EVERYONE,)),
        ((EVERYONE,), ("nowhere",), None, None),
        (("gone",), (EVERYONE,), None, (EVERYONE,)),
        (("gone",), (ADMINISTRATORS,), EVERYONE, (ADMINISTRATORS,)),
        (("gone",), (), EVERYONE, (EVERYONE,)),
        (("gone",), (), None, None),
        (("gone",), ("nowhere",), EVERYONE, None),
        (("gone",), (), "gone", None),
    ],
)
def test_reactivation_gives_kept_groups_else_given_ones_else_the_default(
    had: tuple[str, ...], given: tuple[str, ...], usual: str | None, expected: tuple[str, ...] | None
) -> None:
    user, account = a_member(Status.INACTIVE, groups=had), the_account(default_group=usual)

    try:
        after: User | None = coming_back(user, *given, account=account).user
    except errors.InvalidRequest:
        after = None

    assert (after.groups if after else None) == expected
    assert after is None or after.admin is (ADMINISTRATORS in after.groups)


@pytest.mark.parametrize(
    "actor", [a_member(user_id=BEA_ID), a_member(user_id=BEA_ID, allow=("users.invite", "users.edit"))]
)
def test_only_an_administrator_brings_anybody_back(actor: User) -> None:
    with pytest.raises(errors.NotAllowed):
        coming_back(a_member(Status.INACTIVE), by=actor)


# ---- block and unblock (rules 19 and 20) ----


@pytest.mark.parametrize("reason", ["security", "terms", "other"])
def test_a_blocked_user_keeps_everything_but_status(reason: BlockReason) -> None:
    user = a_member(allow=("users.invite",))

    change = membership.block(a_snapshot(user), reason=reason)

    expected = {"status": Status.BLOCKED, "updated_at": NOW, "version": user.version + 1}
    assert change.user == user.model_copy(update=expected)
    assert [(entry.type, entry.before, entry.after) for entry in change.entries] == [
        ("user.blocked", {"status": "active"}, {"status": "blocked", "reason": reason})
    ]
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("blocked", LEE_ID)]
    assert change.counters.seats == 0


def test_an_unblocked_user_is_as_before() -> None:
    user = an_admin(LEE_ID, status=Status.BLOCKED)

    change = membership.unblock(a_snapshot(user))

    expected = {"status": Status.ACTIVE, "updated_at": NOW, "version": user.version + 1}
    assert change.user == user.model_copy(update=expected)
    assert [(entry.type, entry.after) for entry in change.entries] == [("user.unblocked", {"status": "active"})]
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("unblocked", LEE_ID)]
    assert (change.counters.seats, change.counters.admins) == (0, 1)


@pytest.mark.parametrize(
    ("act", "status"), [(blocked, Status.BLOCKED), (membership.unblock, Status.ACTIVE)], ids=["block", "unblock"]
)
def test_repeating_has_no_second_effect(act: Callable[..., ChangeSet], status: Status) -> None:
    user = a_member(status)

    change = act(a_snapshot(user))

    assert (change.user, change.entries, change.mails) == (user, (), ())


@pytest.mark.parametrize(
    "actor", [a_member(user_id=BEA_ID), a_member(user_id=BEA_ID, allow=("users.invite", "users.edit"))]
)
def test_only_an_administrator_unblocks(actor: User) -> None:
    with pytest.raises(errors.NotAllowed):
        membership.unblock(a_snapshot(a_member(Status.BLOCKED), by=actor))


def test_a_partner_never_blocks_an_administrator_and_is_none_that_stays() -> None:
    partner = an_admin(BEA_ID, kind="partner")

    with pytest.raises(errors.NotAllowed):
        blocked(a_snapshot(an_admin(LEE_ID), by=partner, account=the_account(admins=2)))

    change = blocked(a_snapshot(partner, account=the_account(admins=1)))
    assert change.counters.admins == 0


def test_a_partner_brings_nobody_back_as_an_administrator_who_is_not_a_partner() -> None:
    pia, lee = an_admin(BEA_ID, kind="partner"), a_member(Status.INACTIVE, groups=("gone",))

    with pytest.raises(errors.NotAllowed):
        coming_back(lee, ADMINISTRATORS, by=pia)

    assert coming_back(lee, EVERYONE, by=pia).user.groups == (EVERYONE,)
    assert coming_back(lee, ADMINISTRATORS, by=an_admin()).user.admin

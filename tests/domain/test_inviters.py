"""Who invites, and what they may give (rule 1)."""

from typing import Any

import pytest

from shared.domain.model import errors, permissions
from shared.domain.model.groups import Group
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import Actor, can_still_invite, has_orphaned
from tests.domain.invites import SELLERS, decide_invite
from tests.domain_factories import (
    BEA_ID,
    LEE_ID,
    NOW,
    a_certification,
    a_member,
    a_snapshot,
    an_admin,
    an_identity,
    some_groups,
)

INVITERS = Group(group_id="inviters", name="Inviters", permissions=("users.invite",))


def an_inviter(**changes: Any) -> User:
    return a_member(**{"user_id": BEA_ID, "groups": ("everyone",), "allow": ("users.invite",)} | changes)


def test_someone_who_holds_the_permission_invites_even_if_no_administrator() -> None:
    change = decide_invite(a_snapshot(by=an_inviter()))

    assert (change.user.status, change.user.invitation.invited_by) == (Status.INVITED, BEA_ID)


@pytest.mark.parametrize("inviter", [a_member(user_id=BEA_ID), an_inviter(deny=("users.invite",))])
def test_nobody_else_invites(inviter: User) -> None:
    snapshot = a_snapshot(by=inviter)

    with pytest.raises(errors.NotAllowed):
        decide_invite(snapshot)


@pytest.mark.parametrize(
    "beyond",
    [
        {"admin": True},
        {"groups": ("administrators",)},
        {"groups": ("sellers",)},
        {"groups": ("everyone", "sellers")},
        {"allow": ("contacts.delete",)},
        {"allow": ("users.edit",)},
    ],
)
def test_nobody_gives_what_they_do_not_hold(beyond: dict[str, Any]) -> None:
    snapshot = a_snapshot(by=an_inviter(), groups=some_groups(SELLERS))

    with pytest.raises(errors.NotAllowed):
        decide_invite(snapshot, **beyond)


@pytest.mark.parametrize(
    "within",
    [
        {"groups": ("everyone",)},
        {"allow": ("users.invite",)},
        {"groups": ("inviters",)},
    ],
)
def test_someone_who_is_no_administrator_gives_what_they_hold(within: dict[str, Any]) -> None:
    snapshot = a_snapshot(by=an_inviter(), groups=some_groups(INVITERS))

    after = decide_invite(snapshot, **within).user

    assert {name: getattr(after, name) for name in within} == within


def test_only_an_administrator_denies() -> None:
    with pytest.raises(errors.NotAllowed):
        decide_invite(a_snapshot(by=an_inviter()), groups=("everyone",), deny=("contacts.view",))


@pytest.mark.parametrize("given", [{"allow": ("users.view",)}, {"deny": ("orders.view",)}])
@pytest.mark.parametrize("role", [{"admin": True}, {"groups": ("administrators",)}])
def test_an_administrator_is_invited_without_individual_permissions(
    role: dict[str, Any], given: dict[str, Any]
) -> None:
    with pytest.raises(errors.AdminHasAllPermissions):
        decide_invite(a_snapshot(), **role, **given)


def test_what_was_denied_to_the_inviter_is_not_theirs_to_give() -> None:
    snapshot = a_snapshot(by=an_inviter(deny=("contacts.view",)))

    with pytest.raises(errors.NotAllowed):
        decide_invite(snapshot, groups=("everyone",))


def test_one_who_holds_every_permission_is_still_no_administrator() -> None:
    snapshot = a_snapshot(by=an_inviter(allow=tuple(sorted(permissions.ALL))))

    with pytest.raises(errors.NotAllowed):
        decide_invite(snapshot, admin=True)

    assert decide_invite(snapshot, allow=("contacts.delete",)).user.allow == ("contacts.delete",)


def test_an_operator_needs_no_user_to_invite() -> None:
    snapshot = a_snapshot(by=Actor.operator("olga"))

    change = decide_invite(snapshot, admin=True)

    assert change.user.invitation.invited_by == "operator:olga"
    assert change.user.admin


# ---- rule 6: partners who invite ----


@pytest.mark.parametrize("given", [{"admin": True}, {"groups": ("administrators",)}])
def test_a_partner_invites_only_partners_as_administrators(given: dict[str, Any]) -> None:
    pia = an_admin(BEA_ID, kind="partner")
    certified = an_identity(certification=a_certification())

    with pytest.raises(errors.NotAllowed):
        decide_invite(a_snapshot(by=pia), **given)

    assert decide_invite(a_snapshot(by=pia)).user.admin is False
    assert decide_invite(a_snapshot(by=pia)._replace(identity=certified), kind="partner", **given).user.admin
    assert decide_invite(a_snapshot(by=an_admin()), **given).user.admin


@pytest.mark.parametrize(("invited_kind", "is_dead"), [("user", True), ("partner", False)])
def test_a_link_by_which_a_partner_would_make_an_administrator_of_the_account_is_dead(
    invited_kind: str, *, is_dead: bool
) -> None:
    lee = an_admin(LEE_ID, status=Status.INVITED, joined_at=None, kind=invited_kind)
    pia = an_admin(BEA_ID, kind="partner")

    entitled = can_still_invite(pia, None, invited=lee, groups=some_groups(), now=NOW)

    assert entitled is not is_dead
    assert has_orphaned(pia, invited=lee, groups=some_groups(), now=NOW) is is_dead

"""Which actions a caller is offered for a user."""

from typing import Any

import pytest

from shared.domain.model.users import Status, User
from shared.domain.policy import state_machine
from shared.domain.policy.authorization import CLOCK, Actor
from tests.domain.states import OFFERED, someone
from tests.domain_factories import BEA_ID, LEE_ID, NOW, a_member, a_snapshot, an_admin, some_groups, the_account


def offered(user: User, *, by: User | Actor | None = None, **settings: Any) -> list[str]:
    return state_machine.allowed_actions(user, snapshot=a_snapshot(user, by=by, account=the_account(**settings)))


@pytest.mark.parametrize("before", OFFERED)
def test_an_administrator_is_offered_what_the_status_allows(before: str) -> None:
    user = someone(before)
    assert user

    actions = offered(user)

    assert actions == OFFERED[before]


def test_an_inviter_is_offered_actions_on_invitees_who_hold_no_more() -> None:
    inviter = a_member(user_id=BEA_ID, allow=("users.invite",))
    editor = a_member(user_id=BEA_ID, allow=("users.edit",))

    actions = [
        offered(user, by=by)
        for by in (inviter, editor)
        for user in (a_member(Status.INVITED), a_member(Status.INVITED, allow=("contacts.delete",)), an_admin(LEE_ID))
    ]

    assert actions == [["resend", "revoke"], [], [], ["edit"], [], []]


def test_no_link_is_offered_for_copying_where_the_account_does_not_allow_it() -> None:
    assert offered(a_member(Status.INVITED), allow_link_copy=False) == ["resend", "revoke", "edit"]


@pytest.mark.parametrize("before", OFFERED)
def test_nobody_is_offered_what_they_may_not_do(before: str) -> None:
    user = someone(before)
    assert user
    groups = some_groups()

    actions = [offered(user, by=Actor.of(a_member(user_id=BEA_ID), groups)), offered(user, by=CLOCK)]

    assert actions == [[], []]


def test_nobody_is_offered_to_end_their_own_access() -> None:
    assert offered(an_admin(LEE_ID), by=an_admin(LEE_ID)) == ["edit"]


def test_a_partner_is_offered_nothing_on_an_administrator_of_the_account() -> None:
    partner = an_admin(BEA_ID, kind="partner")

    actions = [
        offered(user, by=partner)
        for user in (
            an_admin(LEE_ID),
            an_admin(LEE_ID, status=Status.INACTIVE),
            a_member(),
            an_admin(LEE_ID, kind="partner"),
        )
    ]

    assert actions == [[], [], ["edit", "block", "deactivate", "remove"], ["edit", "block", "deactivate", "remove"]]


@pytest.mark.parametrize("before", OFFERED)
def test_staff_are_offered_nothing(before: str) -> None:
    user = someone(before)
    assert user

    actions = [offered(user, by=by) for by in (Actor.operator("olga"), Actor.host("crm"))]

    assert actions == [[], []]


@pytest.mark.parametrize("lost", [{"status": Status.INACTIVE}, {"status": Status.BLOCKED}, {"access_until": NOW}])
def test_nobody_without_access_is_offered_anything(lost: dict[str, Any]) -> None:
    partner = an_admin(BEA_ID, kind="partner", **lost)

    assert [offered(user, by=partner) for user in (partner, a_member(), a_member(Status.INVITED))] == [[], [], []]

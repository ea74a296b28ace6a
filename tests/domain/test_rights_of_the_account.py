"""What the account gives to everybody new: no grant of an inviter, until it was taken away (rule 1)."""

from typing import Any

import pytest

from shared.domain.commands import cloning, invitations
from shared.domain.model import errors
from shared.domain.model.groups import Group
from shared.domain.model.users import Status, User
from tests.domain.edits import SALES, an_inviter, edited
from tests.domain_factories import BEA_ID, LEE_ID, a_member, a_snapshot, an_admin, some_groups

HR = an_inviter(groups=("hr",), allow=("users.edit", "users.invite", "users.view"))
STARTERS = some_groups(SALES, Group(group_id="hr", name="HR", permissions=("users.view",)))


def a_starter(*from_account: str, **changes: Any) -> User:
    values: dict[str, Any] = {"groups": ("sales",), "allow": ("orders.edit",)}
    return a_member(Status.INVITED, from_account=from_account or ("sales", "orders.edit"), **(values | changes))


def after_edits(user: User, *edits: tuple[User, dict[str, Any]]) -> User:
    for by, changes in edits:
        user = edited(a_snapshot(user, by=by, groups=STARTERS), **changes).user
    return user


@pytest.mark.parametrize(
    ("taken", "given_back"),
    [
        ({"permissions": {"allow": ()}}, {"permissions": {"allow": ("orders.edit",)}}),
        ({"groups": ("hr",)}, {"groups": ("sales",)}),
        ({"groups": ("hr",)}, {"groups": ("hr", "sales")}),
    ],
)
def test_what_the_account_gave_and_was_taken_is_the_grant_of_who_gives_it_back(
    taken: dict[str, Any], given_back: dict[str, Any]
) -> None:
    without = after_edits(a_starter(), (an_admin(), taken))

    for editor in (HR, a_member(user_id=BEA_ID, groups=("hr",), allow=("users.edit",))):
        with pytest.raises(errors.NotAllowed):
            after_edits(without, (editor, given_back))
    back = after_edits(without, (an_admin("c" * 26), given_back))
    assert back.invitation.invited_by == "c" * 26
    with pytest.raises(errors.NotAllowed):
        after_edits(back, (HR, {"reference": "r"}))


def test_what_was_taken_before_edits_told_of_it_is_no_gift_of_the_account_either() -> None:
    user = a_starter(allow=())

    with pytest.raises(errors.NotAllowed):
        after_edits(user, (HR, {"permissions": {"allow": ("orders.edit",)}}))


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"reference": "r"}, ("sales", "orders.edit")),
        ({"groups": ("sales", "hr")}, ("sales", "orders.edit")),
        ({"permissions": {"allow": ("orders.edit", "users.view")}}, ("sales", "orders.edit")),
        ({"permissions": {"allow": ("users.view",)}}, ("sales",)),
        ({"groups": ("hr",)}, ("orders.edit",)),
    ],
)
def test_what_the_account_gave_and_stays_is_no_grant_of_who_edits_something_else(
    changes: dict[str, Any], left: tuple[str, ...]
) -> None:
    after = after_edits(a_starter(), (HR, changes))

    assert after.invitation.from_account == left
    assert after_edits(after, (HR, {"reference": "s"})).reference == "s"


def test_nobody_gives_back_by_a_new_link_what_was_taken() -> None:
    without = after_edits(a_starter(), (an_admin(), {"groups": ("hr",), "permissions": {"allow": ()}}))

    resent = invitations.resend(a_snapshot(without, by=HR, groups=STARTERS)).user

    assert (resent.groups, resent.allow, resent.invitation.from_account) == (("hr",), (), ())


def test_cloned_permissions_take_what_the_account_gave() -> None:
    source, user = a_member(user_id="s" * 26, groups=("hr",)), a_starter()
    snapshot = a_snapshot(source, groups=STARTERS)._replace(users={source.user_id: source, LEE_ID: user})

    [change] = cloning.clone(snapshot, to=[LEE_ID], with_groups=True).changes.users

    assert change.after.invitation.from_account == ()
    with pytest.raises(errors.NotAllowed):
        after_edits(change.after, (HR, {"permissions": {"allow": ("orders.edit",)}}))


# ---- administrators ----

"""Changing what a user may do (rules 1, 3, 19 and 28)."""

from contextlib import nullcontext
from typing import Any

import pytest

from shared.domain.model import errors
from shared.domain.model.groups import ADMINISTRATORS, EVERYONE, Group
from shared.domain.model.permissions import ALL
from shared.domain.model.users import Status, User
from tests.domain.edits import GROUPS, an_inviter, edited
from tests.domain.refusals import refusal_of
from tests.domain_factories import ANN_ID, BEA_ID, LEE_ID, NOW, a_member, a_snapshot, an_admin, some_groups, the_account


@pytest.mark.parametrize(
    ("user", "changes", "expected"),
    [
        (a_member(), {"admin": True}, (True, (EVERYONE, ADMINISTRATORS))),
        (a_member(), {"groups": (ADMINISTRATORS,)}, (True, (ADMINISTRATORS,))),
        (a_member(), {"admin": True, "groups": ("sales",)}, (True, ("sales", ADMINISTRATORS))),
        (a_member(), {"groups": ("sales", "sales")}, (False, ("sales",))),
        (a_member(groups=("sales", EVERYONE)), {"groups": (EVERYONE, "sales")}, (False, ("sales", EVERYONE))),
        (an_admin(LEE_ID, groups=(ADMINISTRATORS, "sales")), {"admin": False}, (False, ("sales",))),
        (an_admin(LEE_ID, groups=(ADMINISTRATORS, "sales")), {"groups": ("sales",)}, (False, ("sales",))),
        (an_admin(LEE_ID), {"admin": False, "groups": (EVERYONE,)}, (False, (EVERYONE,))),
        (an_admin(LEE_ID), {"admin": False}, (False, ("sales",))),
        (an_admin(LEE_ID), {"groups": (EVERYONE, ADMINISTRATORS)}, (True, (EVERYONE, ADMINISTRATORS))),
    ],
)
def test_admin_and_the_default_group_are_one(
    user: User, changes: dict[str, Any], expected: tuple[bool, tuple[str, ...]]
) -> None:
    snapshot = a_snapshot(user, groups=GROUPS, account=the_account(admins=2, default_group="sales"))

    after = edited(snapshot, **changes).user

    assert (after.admin, after.groups) == expected


@pytest.mark.parametrize(
    ("user", "changes"),
    [
        (a_member(), {"groups": ()}),
        (a_member(), {"groups": ("nowhere",)}),
        (a_member(), {"groups": (EVERYONE, ADMINISTRATORS), "admin": False}),
        (an_admin(LEE_ID), {"admin": False}),
        (a_member(Status.INVITED), {"groups": ()}),
        (a_member(Status.BLOCKED), {"groups": ()}),
    ],
)
def test_everyone_is_in_at_least_one_group_that_exists(user: User, changes: dict[str, Any]) -> None:
    with pytest.raises(errors.InvalidRequest):
        edited(a_snapshot(user, account=the_account(admins=2)), **changes)


@pytest.mark.parametrize(
    ("user", "changes"),
    [
        (an_admin(LEE_ID), {"permissions": {"allow": ("users.view",)}}),
        (an_admin(LEE_ID), {"permissions": {"deny": ("users.view",)}}),
        (a_member(), {"admin": True, "permissions": {"allow": ("users.view",)}}),
        (a_member(), {"groups": (ADMINISTRATORS,), "permissions": {"deny": ("users.view",)}}),
    ],
)
def test_an_administrator_has_no_individual_permissions(user: User, changes: dict[str, Any]) -> None:
    with pytest.raises(errors.AdminHasAllPermissions):
        edited(a_snapshot(user, account=the_account(admins=2)), **changes)


def test_a_new_administrator_loses_individual_permissions_for_good() -> None:
    user = a_member(allow=("orders.view",), deny=("users.view",))

    promoted = edited(a_snapshot(user), admin=True).user
    demoted = edited(a_snapshot(promoted, account=the_account(admins=2)), admin=False).user

    assert (promoted.allow, promoted.deny, demoted.allow, demoted.deny) == ((), (), (), ())
    assert (demoted.admin, demoted.groups) == (False, (EVERYONE,))


def test_each_part_of_the_permissions_changes_alone() -> None:
    user = a_member(allow=("orders.view",), deny=("users.view",))

    allowed = edited(a_snapshot(user), permissions={"allow": ("tasks.view", "tasks.view")}).user
    denied = edited(a_snapshot(user), permissions={"deny": ()}).user

    assert (allowed.allow, allowed.deny) == (("tasks.view",), ("users.view",))
    assert (denied.allow, denied.deny) == (("orders.view",), ())


@pytest.mark.parametrize(
    ("changes", "is_refused"),
    [
        ({"groups": (EVERYONE, "sales")}, True),
        ({"admin": True}, True),
        ({"permissions": {"allow": ("contacts.export",)}}, True),
        ({"permissions": {"deny": ("contacts.view",)}}, True),
        ({"permissions": {"allow": ("users.invite",)}}, False),
        ({"permissions": {"allow": (), "deny": ()}}, False),
        ({"reference": "r"}, False),
    ],
)
@pytest.mark.parametrize("target", [LEE_ID, BEA_ID])
def test_nobody_gives_more_than_they_hold_and_only_administrators_deny(
    changes: dict[str, Any], is_refused: bool, target: str
) -> None:
    actor = an_inviter()
    user = actor if target == BEA_ID else a_member()

    refusal = refusal_of(lambda: edited(a_snapshot(user, by=actor, groups=GROUPS), **changes))

    assert refusal is (errors.NotAllowed if is_refused else None)


def test_a_denial_is_lifted_by_administrators_alone() -> None:
    user = a_member(deny=("contacts.view",))

    with pytest.raises(errors.NotAllowed):
        edited(a_snapshot(user, by=an_inviter()), permissions={"deny": ()})

    assert edited(a_snapshot(user), permissions={"deny": ()}).user.deny == ()


# ---- what the account gave with the invitation ----


@pytest.mark.parametrize("changes", [{"admin": True}, {"groups": (EVERYONE, ADMINISTRATORS)}])
@pytest.mark.parametrize("status", [Status.INVITED, Status.ACTIVE])
def test_a_partner_makes_only_partners_administrators(changes: dict[str, Any], status: Status) -> None:
    pia = an_admin(BEA_ID, kind="partner")

    with pytest.raises(errors.NotAllowed) as refusal:
        edited(a_snapshot(a_member(status), by=pia), **changes)

    assert str(refusal.value) == "A partner cannot make someone an administrator who is not a partner."
    assert edited(a_snapshot(a_member(status, kind="partner"), by=pia), **changes).user.admin
    assert edited(a_snapshot(a_member(status), by=pia), groups=(EVERYONE,), reference="r").user.reference == "r"


def test_a_partner_never_edits_an_administrator() -> None:
    with pytest.raises(errors.NotAllowed):
        edited(a_snapshot(an_admin(LEE_ID), by=an_admin(BEA_ID, kind="partner")), admin=False)


@pytest.mark.parametrize(
    ("target", "admins", "is_refused"),
    [
        (an_admin(LEE_ID), 1, True),
        (an_admin(LEE_ID), 2, False),
        (an_admin(LEE_ID, status=Status.BLOCKED), 1, False),
        (an_admin(LEE_ID, status=Status.INVITED), 1, False),
        (an_admin(LEE_ID, kind="partner"), 1, False),
    ],
)
@pytest.mark.parametrize("changes", [{"admin": False, "groups": (EVERYONE,)}, {"groups": (EVERYONE,)}])
def test_the_last_active_administrator_stays_one(
    target: User, admins: int, is_refused: bool, changes: dict[str, Any]
) -> None:
    refusal = refusal_of(lambda: edited(a_snapshot(target, account=the_account(admins=admins)), **changes))

    assert refusal is (errors.LastAdmin if is_refused else None)


def test_last_administrator_gets_another_group_and_stays_administrator() -> None:
    target = an_admin(LEE_ID)

    change = edited(a_snapshot(target, account=the_account(admins=1)), groups=(*target.groups, EVERYONE))

    assert (change.user.admin, change.user.groups) == (True, (*target.groups, EVERYONE))


def test_administrators_may_step_down_while_another_stays() -> None:
    ann = an_admin(ANN_ID)

    change = edited(a_snapshot(ann, by=ann, account=the_account(admins=2)), admin=False, groups=(EVERYONE,))

    assert (change.user.admin, change.counters.admins) == (False, -1)


def test_the_journal_tells_rights_before_and_after_and_counters_follow() -> None:
    user = a_member(groups=(EVERYONE,), allow=("orders.view",))

    change = edited(
        a_snapshot(user, groups=GROUPS), groups=("sales",), permissions={"allow": ("tasks.view",)}, reference="r"
    )

    [entry] = change.entries
    assert entry.type == "user.edited"
    assert entry.before == {"groups": ["everyone"], "permissions": {"allow": ["orders.view"], "deny": []}}
    assert entry.after == {
        "groups": ["sales"],
        "permissions": {"allow": ["tasks.view"], "deny": []},
        "fields": ["reference"],
    }
    assert change.counters.groups == {"everyone": -1, "sales": 1}
    assert (change.user.version, change.user.updated_at, change.mails) == (user.version + 1, NOW, ())


@pytest.mark.parametrize(
    ("user", "changes", "expected"),
    [
        (an_admin(LEE_ID), {"admin": False, "groups": (EVERYONE,)}, True),
        (a_member(allow=("users.invite",)), {"permissions": {"allow": ()}}, True),
        (a_member(groups=("sales",), allow=("users.invite",)), {"groups": (EVERYONE,)}, True),
        (a_member(allow=("users.invite",)), {"permissions": {"deny": ("tasks.view",)}}, True),
        (a_member(Status.BLOCKED, allow=("users.invite",)), {"permissions": {"allow": ()}}, True),
        (a_member(allow=("users.invite",)), {"groups": (EVERYONE, "sales")}, False),
        (a_member(allow=("orders.view",)), {"permissions": {"allow": ()}}, False),
        (a_member(Status.INVITED, allow=("users.invite",)), {"permissions": {"allow": ()}}, False),
        (a_member(has_invitations_to_revoke=True), {"admin": True}, True),
    ],
)
def test_someone_who_loses_a_right_may_leave_invitations_to_revoke(
    user: User, changes: dict[str, Any], expected: bool
) -> None:
    snapshot = a_snapshot(user, by=an_admin(ANN_ID), groups=GROUPS, account=the_account(admins=2))

    assert edited(snapshot, **changes).user.has_invitations_to_revoke is expected


@pytest.mark.parametrize(
    ("changes", "inviter"),
    [
        ({"groups": ("sales",)}, BEA_ID),
        ({"admin": True}, BEA_ID),
        ({"permissions": {"allow": ("orders.edit",)}}, ANN_ID),
        ({"first_name": "Leigh"}, ANN_ID),
    ],
)
def test_someone_who_widens_what_an_invitation_gives_answers_for_it(changes: dict[str, Any], inviter: str) -> None:
    user = a_member(Status.INVITED)

    change = edited(a_snapshot(user, by=an_admin(BEA_ID), groups=GROUPS), **changes)

    assert (change.user.invitation.invited_by, change.user.invitation.generation) == (inviter, 1)


def test_who_makes_someone_with_all_rights_an_administrator_answers_for_it() -> None:
    everything = some_groups(Group(group_id="all", name="All", permissions=tuple(sorted(ALL))))
    user = a_member(Status.INVITED, groups=("all",))

    change = edited(a_snapshot(user, by=an_admin(BEA_ID), groups=everything), admin=True)

    assert change.user.invitation.invited_by == BEA_ID


@pytest.mark.parametrize(("status", "is_refused"), [(Status.INVITED, True), (Status.ACTIVE, False)])
def test_only_someone_who_may_invite_widens_what_an_invitation_gives(status: Status, *, is_refused: bool) -> None:
    editor = a_member(user_id=BEA_ID, allow=("users.edit", "orders.view", "contacts.export"))
    snapshot = a_snapshot(a_member(status), by=editor, groups=GROUPS)

    with pytest.raises(errors.NotAllowed) if is_refused else nullcontext():
        edited(snapshot, groups=("sales",))

"""Changing what a user may do (rules 1, 3, 19 and 28)."""

from contextlib import nullcontext
from typing import Any

import pytest

from shared.domain.commands import cloning, editing, invitations
from shared.domain.model import errors
from shared.domain.model.groups import ADMINISTRATORS, EVERYONE, Group
from shared.domain.model.users import Status, User
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from tests.domain_factories import ANN_ID, BEA_ID, LEE_ID, NOW, a_member, a_snapshot, an_admin, some_groups, the_account

SALES = Group(group_id="sales", name="Sales", permissions=("contacts.export", "orders.view"))
GROUPS = some_groups(SALES)


def an_inviter(**changes: Any) -> User:
    return a_member(**{"user_id": BEA_ID, "allow": ("users.invite", "users.edit")} | changes)


def edited(snapshot: Snapshot, *, seen: int | None = None, **changes: object) -> ChangeSet:
    return editing.edit(snapshot, changes=changes, seen_version=seen, product_name="Usher")


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

    try:
        edited(a_snapshot(user, by=actor, groups=GROUPS), **changes)
        refused = False
    except errors.NotAllowed:
        refused = True

    assert refused is is_refused


def test_a_denial_is_lifted_by_administrators_alone() -> None:
    user = a_member(deny=("contacts.view",))

    with pytest.raises(errors.NotAllowed):
        edited(a_snapshot(user, by=an_inviter()), permissions={"deny": ()})

    assert edited(a_snapshot(user), permissions={"deny": ()}).user.deny == ()


# ---- what the account gave with the invitation ----

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
    try:
        edited(a_snapshot(target, account=the_account(admins=admins)), **changes)
        refused = False
    except errors.LastAdmin:
        refused = True

    assert refused is is_refused


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


@pytest.mark.parametrize(("status", "is_refused"), [(Status.INVITED, True), (Status.ACTIVE, False)])
def test_only_someone_who_may_invite_widens_what_an_invitation_gives(status: Status, *, is_refused: bool) -> None:
    editor = a_member(user_id=BEA_ID, allow=("users.edit", "orders.view", "contacts.export"))
    snapshot = a_snapshot(a_member(status), by=editor, groups=GROUPS)

    with pytest.raises(errors.NotAllowed) if is_refused else nullcontext():
        edited(snapshot, groups=("sales",))

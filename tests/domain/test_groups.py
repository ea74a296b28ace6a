"""Groups: who edits them, what changes, and what the account gives to everybody new (rules 1, 3, 28 and 30)."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain.commands import groups, invitations
from shared.domain.model import errors
from shared.domain.model.accounts import Account
from shared.domain.model.groups import ADMINISTRATORS, EVERYONE, MAX_GROUPS, Group, Groups
from shared.domain.model.invitees import Invitee
from shared.domain.model.permissions import ALL
from shared.domain.model.users import Status, User
from shared.domain.policy.authorization import Actor, can_manage, has_orphaned
from shared.domain.policy.changes import ChangeSet
from tests.domain_factories import BEA_ID, NOW, a_member, a_snapshot, an_admin, some_groups, the_account

SALES = Group(group_id="sales", name="Sales", description="Field", permissions=("contacts.view", "tasks.view"))
GROUPS = some_groups(SALES)


def an_editor(*allow: str) -> User:
    return a_member(user_id=BEA_ID, groups=(), allow=("groups.edit", *allow))


def created(*permissions: str, by: User | None = None, known: Groups = GROUPS, name: str = "Support") -> ChangeSet:
    return groups.create(a_snapshot(by=by, groups=known), name=name, description="", permissions=frozenset(permissions))


def edited(group_id: str = "sales", *, by: User | None = None, seen: int | None = None, **changes: Any) -> ChangeSet:
    return groups.edit(a_snapshot(by=by, groups=GROUPS), group_id, changes=changes, seen_version=seen)


def deleted(
    group_id: str = "sales", *, by: User | None = None, account: Account | None = None, known: Groups = GROUPS
) -> ChangeSet:
    snapshot = a_snapshot(by=by, groups=known, account=account)
    return groups.delete(snapshot, group_id, seen_version=None)


def after(change: ChangeSet) -> Groups:
    assert change.groups
    return change.groups.after


def told(change: ChangeSet) -> list[tuple[Any, ...]]:
    return [(entry.type, entry.user_id, entry.version, entry.before, entry.after) for entry in change.entries]


def test_a_new_group_is_one_more_and_is_told() -> None:
    change = created("tasks.view", "contacts.view")

    group = change.group
    assert (group.name, group.permissions, group.version) == ("Support", ("contacts.view", "tasks.view"), 1)
    assert (after(change).version, set(after(change).groups)) == (2, {*GROUPS.groups, group.group_id})
    facts = {"name": "Support", "permissions": ["contacts.view", "tasks.view"]}
    assert told(change) == [("group.created", None, 1, {}, {"group_id": group.group_id} | facts)]


def test_an_edit_changes_what_is_given_and_is_told() -> None:
    change = edited(name="Sales EU", permissions=("tasks.view",))

    assert change.group == SALES.model_copy(update={"name": "Sales EU", "permissions": ("tasks.view",), "version": 2})
    was = {"name": "Sales", "permissions": ["contacts.view", "tasks.view"]}
    becomes = {"group_id": "sales", "name": "Sales EU", "permissions": ["tasks.view"]}
    assert told(change) == [("group.edited", None, 2, was, becomes)]


@pytest.mark.parametrize(
    "changes",
    [{"name": "Sales"}, {"permissions": ("tasks.view", "contacts.view", "tasks.view")}, {"description": "Field"}],
)
def test_an_edit_without_effect_is_none(changes: dict[str, Any]) -> None:
    change = edited(**changes)

    assert (change.group, after(change), change.entries) == (SALES, GROUPS, ())


def test_a_group_is_deleted_and_remembered_for_a_day() -> None:
    change = deleted()
    again = deleted(known=after(change))

    assert set(after(change).groups) == {ADMINISTRATORS, EVERYONE}
    assert told(change)[0][:4] == (
        "group.deleted",
        None,
        2,
        {"name": "Sales", "permissions": ["contacts.view", "tasks.view"]},
    )
    assert (again.group, after(again), again.entries) == (SALES, after(change), ())
    later = after(change).without_group(GROUPS.groups[EVERYONE], now=NOW + timedelta(days=1))
    assert set(later.deleted) == {EVERYONE}


def test_at_most_twenty_deleted_groups_are_remembered_the_latest_ones() -> None:
    known = GROUPS
    for number in range(30):
        known = known.without_group(SALES.model_copy(update={"group_id": f"g{number}"}), now=NOW)

    assert list(known.deleted) == [f"g{number}" for number in range(10, 30)]


def test_a_group_with_users_is_not_deleted() -> None:
    account = the_account().model_copy(update={"group_users": {"sales": 3}})

    with pytest.raises(errors.GroupInUse) as refusal:
        deleted(account=account)

    assert refusal.value.details == {"user_count": 3}


def test_the_starting_group_is_not_deleted() -> None:
    with pytest.raises(errors.GroupInUse, match="This is the default group for new users"):
        deleted(account=the_account(default_group="sales"))


def test_the_default_group_stays_and_keeps_all_permissions() -> None:
    renamed = edited(ADMINISTRATORS, name="Bosses", permissions=tuple(ALL))

    assert (renamed.group.name, renamed.group.rights) == ("Bosses", ALL)
    with pytest.raises(errors.GroupInUse):
        deleted(ADMINISTRATORS)
    with pytest.raises(errors.AdminHasAllPermissions):
        edited(ADMINISTRATORS, permissions=("tasks.view",))


@pytest.mark.parametrize("name", ["Sales", "SALES", "everyone"])
def test_two_groups_do_not_have_one_name(name: str) -> None:
    with pytest.raises(errors.InvalidRequest):
        created(name=name)
    if name == "everyone":
        with pytest.raises(errors.InvalidRequest):
            edited(name=name)
    else:
        assert edited(name=name).group.name == name


@pytest.mark.parametrize(
    "name",
    [
        "Admin\u200cistrators",
        "Adm\N{LATIN SMALL LETTER DOTLESS I}nistrators",
        "\N{LATIN CAPITAL LETTER A WITH DIAERESIS}dministr\N{LATIN SMALL LETTER A WITH ACUTE}tors",
        "\N{FULLWIDTH LATIN CAPITAL LETTER A}dministrators",
        "Sa\N{LATIN SMALL LETTER L WITH STROKE}es",
    ],
)
def test_a_name_that_reads_like_another_groups_is_taken(name: str) -> None:
    with pytest.raises(errors.InvalidRequest):
        created(name=name)
    with pytest.raises(errors.InvalidRequest):
        edited(EVERYONE, name=name)


def test_groups_whose_names_read_the_same_already_are_edited_all_the_same() -> None:
    twin = SALES.model_copy(update={"group_id": "twin", "name": "S\N{LATIN SMALL LETTER A WITH ACUTE}les"})
    snapshot = a_snapshot(groups=some_groups(SALES, twin))

    change = groups.edit(snapshot, "twin", changes={"permissions": ("tasks.view",)}, seen_version=None)

    assert change.group.permissions == ("tasks.view",)
    with pytest.raises(errors.InvalidRequest):
        groups.edit(snapshot, "twin", changes={"name": "SALES"}, seen_version=None)


def test_an_account_has_at_most_a_hundred_groups() -> None:
    full = some_groups(*(Group(group_id=f"g{each}", name=f"{each}") for each in range(MAX_GROUPS - 3)))

    last = after(created(known=full))

    assert len(last.groups) == MAX_GROUPS
    with pytest.raises(errors.InvalidRequest):
        created(known=last, name="One more")


def test_only_who_may_edit_groups_does() -> None:
    plain = a_member(user_id=BEA_ID, allow=("users.edit",))

    for command in (created, edited, deleted):
        with pytest.raises(errors.NotAllowed):
            command(by=plain)


def test_nobody_gives_or_takes_what_they_do_not_hold() -> None:
    editor, stronger = an_editor("tasks.view"), an_editor("tasks.view", "contacts.view", "orders.view")

    with pytest.raises(errors.NotAllowed):
        created("orders.view", by=editor)
    for refused in ({"name": "Mine"}, {"permissions": ("tasks.view",)}):
        with pytest.raises(errors.NotAllowed):
            edited(by=editor, **refused)
    with pytest.raises(errors.NotAllowed):
        edited(by=stronger, permissions=("contacts.view", "tasks.view", "tasks.edit"))
    with pytest.raises(errors.NotAllowed):
        deleted(by=editor)
    with pytest.raises(errors.NotAllowed):
        edited(ADMINISTRATORS, by=an_editor(*ALL), name="Mine")
    assert created("orders.view", by=stronger).entries
    assert edited(by=stronger, permissions=("contacts.view", "tasks.view", "orders.view")).entries
    assert deleted(by=stronger).entries


def test_an_outdated_edit_is_refused() -> None:
    with pytest.raises(errors.Outdated):
        edited(seen=7, name="Other")
    with pytest.raises(errors.Outdated):
        groups.delete(a_snapshot(groups=GROUPS), "sales", seen_version=7)
    with pytest.raises(errors.NotFound):
        edited("nowhere", name="Other")


@pytest.mark.parametrize(
    ("permissions", "is_marked"),
    [
        (("contacts.view",), True),
        (("contacts.view", "tasks.view", "tasks.edit"), True),
        (("tasks.view", "contacts.view"), False),
    ],
)
def test_other_rights_mark_the_groups_for_invitations_that_they_orphan(
    permissions: tuple[str, ...], is_marked: bool
) -> None:
    marked = after(edited(name="Other", permissions=permissions))

    assert (marked.rights_changed_at == NOW) is is_marked
    assert (after(deleted()).rights_changed_at, after(created("tasks.view")).rights_changed_at) == (None, None)


# ---- what the account gives to everybody new ----


def user_invited_by(by: User, *, account: Account | None = None, **invitee: Any) -> User:
    values = {"first_name": "Lee", "last_name": "Sherron", "email": "lee@example.org"}
    account = account or the_account(default_group="sales", global_permissions=("orders.view", "tasks.edit"))
    return invitations.invite(a_snapshot(by=by, groups=GROUPS, account=account), Invitee(**(values | invitee))).user


def test_global_permissions_are_copied_to_everybody_new_but_administrators() -> None:
    lee = user_invited_by(an_admin(), allow=("tasks.view", "tasks.edit"))
    denied = user_invited_by(an_admin(), deny=("orders.view",))
    boss = user_invited_by(an_admin(), admin=True)

    assert (lee.groups, lee.allow) == (("sales",), ("tasks.view", "tasks.edit", "orders.view"))
    assert (denied.allow, boss.allow) == (("tasks.edit",), ())


def test_what_the_account_gives_is_no_grant_of_the_inviter() -> None:
    inviter = a_member(user_id=BEA_ID, groups=(), allow=("users.invite", "tasks.edit"))

    lee = user_invited_by(inviter)
    named = user_invited_by(inviter, groups=("sales",), allow=("orders.view", "tasks.edit"))

    assert not has_orphaned(inviter, invited=lee, groups=GROUPS, now=NOW)
    assert (named.groups, set(named.allow)) == (lee.groups, set(lee.allow))
    for beyond in ({"groups": (EVERYONE,)}, {"allow": ("orders.edit",)}, {"admin": True}):
        with pytest.raises(errors.NotAllowed):
            user_invited_by(inviter, **beyond)
    with pytest.raises(errors.NotAllowed):
        user_invited_by(inviter, account=the_account(default_group=EVERYONE), groups=("sales",))


def test_someone_who_has_joined_is_managed_by_who_holds_as_much() -> None:
    editor = a_member(user_id=BEA_ID, groups=(), allow=("users.invite",))
    lee = user_invited_by(editor)
    joined = lee.model_copy(update={"status": Status.ACTIVE, "joined_at": NOW})

    assert can_manage(Actor.of(editor, GROUPS), lee, GROUPS)
    assert not can_manage(Actor.of(editor, GROUPS), joined, GROUPS)


def test_an_expired_invitation_is_sent_again_into_the_groups_that_are_left() -> None:
    expired = a_member(Status.EXPIRED, groups=("sales", "gone"))
    homeless = a_member(Status.EXPIRED, groups=("gone",))

    def resent(user: User, default_group: str | None) -> User:
        account = the_account(default_group=default_group)
        return invitations.resend(a_snapshot(user, groups=GROUPS, account=account)).user

    assert resent(expired, None).groups == ("sales",)
    started = resent(homeless, EVERYONE)
    assert (started.groups, started.invitation.from_account) == ((EVERYONE,), (EVERYONE,))
    with pytest.raises(errors.InvalidRequest) as refusal:
        resent(homeless, None)
    assert refusal.value.details["errors"] == [{"field": "groups", "message": "Choose at least one group."}]

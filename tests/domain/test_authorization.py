from typing import Any

import pytest

from shared.domain.model import errors, permissions
from shared.domain.model.accounts import AccountSettings
from shared.domain.model.groups import EVERYONE, Group, first_groups
from shared.domain.model.ids import ACCOUNT_ID, USER_ID, Ids, derived_id
from shared.domain.model.permission_names import NAMES_BY_AREA
from shared.domain.model.users import User
from shared.domain.policy import authorization
from shared.domain.policy.authorization import CLOCK, Actor
from tests.domain_factories import a_member, an_admin, some_groups

READERS = Group(group_id="readers", name="readers", permissions=("orders.view",))
CLOSERS = Group(group_id="closers", name="Closers", permissions=("contacts.delete", "orders.view"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"admin": True, "granted": []}, permissions.ALL),
        ({"admin": True, "granted": [], "deny": ["users.view"]}, permissions.ALL),
        ({"admin": False, "granted": []}, frozenset()),
        ({"admin": False, "granted": [["a"], ["b", "c"]]}, frozenset("abc")),
        ({"admin": False, "granted": [["a"]], "allow": ["b"]}, frozenset("ab")),
        ({"admin": False, "granted": [["a"], ["b"]], "deny": ["a"]}, frozenset("b")),
        ({"admin": False, "granted": [["a"]], "allow": ["b"], "deny": ["b", "z"]}, frozenset("a")),
    ],
)
def test_permissions_are_what_groups_and_exceptions_grant_less_what_is_denied(
    given: dict[str, Any], expected: frozenset[str]
) -> None:
    found = permissions.effective(**given)

    assert found == expected


def test_groups_that_are_gone_grant_nothing() -> None:
    groups = some_groups(READERS, CLOSERS)

    found = groups.permissions(admin=False, group_ids=("readers", "gone"))

    assert found == {"orders.view"}
    assert [group.group_id for group in groups.existing(("closers", "gone", "readers"))] == ["closers", "readers"]


def test_a_permission_that_the_catalogue_no_longer_has_counts_as_nothing() -> None:
    stored = Group(group_id="readers", name="Readers", permissions=("orders.view", "invoices.view"))
    user = User.model_validate(a_member().model_dump() | {"allow": ("invoices.edit",), "deny": ("invoices.view",)})
    settings = AccountSettings(global_permissions=("invoices.view", "contacts.export"))

    assert stored.permissions == ("orders.view",)
    assert (user.allow, user.deny) == ((), ())
    assert settings.global_permissions == ("contacts.export",)
    assert authorization.can_manage(Actor.of(an_admin(), some_groups(stored)), user, some_groups(stored))


def test_groups_are_listed_by_name_behind_the_default_one() -> None:
    groups = some_groups(READERS, CLOSERS)

    names = [group.name for group in groups.by_name()]

    assert names == ["Administrators", "Closers", "Everyone", "readers"]


def test_an_account_starts_with_its_default_group_and_one_for_daily_work() -> None:
    groups = first_groups("ab123")

    [default] = [group for group in groups.by_name() if group.default]
    granted = set(groups.groups[EVERYONE].permissions)
    assert (default.name, set(groups.groups)) == ("Administrators", {"administrators", "everyone"})
    assert granted <= permissions.ALL
    assert "users.view" in granted
    assert not [name for name in granted if name.endswith("_all")]
    assert not granted & {"users.invite", "users.edit", "admin.settings", "contacts.delete", "contacts.export"}


def test_the_catalogue_names_every_permission_once() -> None:
    names = [name for area in NAMES_BY_AREA.values() for name in area]

    assert len(names) == len(set(names)) == len(permissions.ALL)
    assert {"contacts", "companies", "opportunities", "tasks", "orders", "marketing", "admin"} < set(NAMES_BY_AREA)


def test_the_clock_may_do_nothing_that_people_may() -> None:
    with pytest.raises(errors.NotAllowed):
        authorization.require_admin(CLOCK)
    with pytest.raises(errors.NotAllowed):
        authorization.require_permission(CLOCK, "users.view")

    assert CLOCK.actor_id == "clock"


def test_an_actor_holds_what_their_user_holds() -> None:
    groups = some_groups(READERS)

    reader = Actor.of(a_member(groups=("readers",), allow=("users.view",)), groups)
    admin = Actor.of(an_admin(), groups)

    assert (reader.admin, reader.permissions) == (False, frozenset({"orders.view", "users.view"}))
    assert (admin.admin, admin.permissions) == (True, permissions.ALL)


@pytest.mark.parametrize(
    ("actor_id", "expected"), [("operator:x", True), ("clock", False), ("o" * 26, False), ("operator", False)]
)
def test_an_operator_is_known_by_the_word_before_their_id(actor_id: str, expected: bool) -> None:
    found = authorization.is_operator(actor_id)

    assert found is expected


# ---- ids ----


def test_an_address_is_one_user_of_each_account_and_one_identity_over_all() -> None:
    ids = Ids("pepper")

    derived = [
        ids.user_id("ab123", "lee@example.org"),
        ids.user_id("ab124", "lee@example.org"),
        ids.user_id("ab123", "ann@example.org"),
        ids.identity_id("lee@example.org"),
        Ids("salt").user_id("ab123", "lee@example.org"),
    ]

    assert len(set(derived)) == len(derived)
    assert derived[0] == Ids("pepper").user_id("ab123", "lee@example.org")
    assert all(USER_ID.fullmatch(each) for each in derived)


def test_a_fact_has_the_same_id_whenever_its_operation_is_tried() -> None:
    same = {derived_id("operation", "a", "b"), derived_id("operation", "a", "b")}
    others = {derived_id("operation", "ab"), derived_id("operation", "b", "a"), derived_id("other", "a", "b")}

    assert len(same) == 1
    assert len(same | others) == 4


@pytest.mark.parametrize(
    "wrong",
    ["", "ab12", "AB123", "a1234", "abc123", "ab123456789", "ab123 ", "ab123\n", "ab\u0661\u0662\u0663", "ab-123"],
)
def test_an_app_id_is_two_letters_and_three_to_eight_digits(wrong: str) -> None:
    found = [ACCOUNT_ID.fullmatch(each) for each in (wrong, "ab123", "zz12345678")]

    assert found[0] is None
    assert None not in found[1:]

"""Cases of groups."""

from typing import Any

from shared.storage_schema import DIRECTORY, JOURNAL
from tests.command_cases.case import (
    CALLER_DEACTIVATED,
    CommandCase,
    Cost,
    Given,
    RefusedCase,
    by_bob,
    done,
    two_administrators,
)
from tests.command_cases.effects import nothing_changes
from tests.factories import ACCOUNT, CREATE_GROUP, DELETE_GROUP, EDIT, EDIT_GROUP, GROUP, ActiveUser, a_user
from tests.invoke import call
from tests.proofs.snapshots import rows

_BODY = {"name": "Sales", "description": "Field sales", "permissions": ["contacts.view", "orders.view"]}


def a_group(by: ActiveUser, **changes: Any) -> dict[str, Any]:
    """A group named "Sales", as the API shows it."""
    answer = done(call(CREATE_GROUP, caller=by.signed_in, account_id=ACCOUNT, body=_BODY | changes))
    group: dict[str, Any] = answer.body
    return group


def assert_groups(*names: str, entries: tuple[str, ...], version: int, is_marked: bool = False) -> None:
    """Assert the groups' names beside the first two, their journal, and that the account knows their version."""
    [groups] = [row for row in rows(DIRECTORY) if row["sk"] == "groups"]
    [account] = [row for row in rows(DIRECTORY) if row["sk"] == "account"]
    written = [row["type"] for row in rows(JOURNAL) if row["type"].startswith("group.")]
    assert sorted(group["name"] for group in groups["groups"].values()) == sorted(
        ["Administrators", "Everyone", *names]
    )
    assert sorted(written) == sorted(entries)
    assert groups["version"] == account["groups_version"] == version
    assert ("due" in groups) is is_marked


def creating() -> Given:
    people = two_administrators()
    return by_bob(people, lambda: assert_groups("Sales", entries=("group.created",), version=2), body=_BODY)


def editing() -> Given:
    people = two_administrators()
    body = {"name": "Support", "description": "", "permissions": ["contacts.view"]}

    def assert_effect() -> None:
        assert_groups("Support", entries=("group.created", "group.edited"), version=3, is_marked=True)

    return _about(people, assert_effect, body=body)


def deleting() -> Given:
    people = two_administrators()
    return _about(people, lambda: assert_groups(entries=("group.created", "group.deleted"), version=3))


def reading() -> Given:
    given = _about(two_administrators(), lambda: None)
    return Given(given.parts, nothing_changes(), ann=given.ann, bob=given.bob)


def _about(people: tuple[ActiveUser, ActiveUser], effect: Any, **parts: Any) -> Given:
    lee = a_user(people[0])
    given = by_bob(people, effect, user={"user_id": lee.user_id}, **parts, group_id=a_group(people[0])["group_id"])
    about = {name: value for name, value in given.parts.items() if name != "user_id"}
    return Given(about, effect, ann=given.ann, bob=given.bob, user=given.user)


def _by_ann(given: Given, route: str, **parts: Any) -> None:
    assert given.ann
    done(call(route, caller=given.ann.signed_in, account_id=ACCOUNT, **parts))


def _edited_by_another(given: Given) -> None:
    _by_ann(given, EDIT_GROUP, group_id=given.parts["group_id"], body={"description": "Other"})


def _deleted_by_another(given: Given) -> None:
    _by_ann(given, DELETE_GROUP, group_id=given.parts["group_id"])


def _lee_comes_in(given: Given) -> None:
    _by_ann(given, EDIT, user_id=given.user["user_id"], body={"groups": [given.parts["group_id"]]})


def _same_name_by_another(given: Given) -> None:
    assert given.ann
    a_group(given.ann)


def _seen(given: Given) -> Given:
    return Given({**given.parts, "headers": {"if-match": '"1"'}}, given.assert_effect, given.ann, given.bob, given.user)


_DELETED = RefusedCase("deleted_by_another", 404, "not_found", happens=_deleted_by_another)
CASES = (
    CommandCase(
        "create_group",
        CREATE_GROUP,
        creating,
        status=201,
        refusals=(
            CALLER_DEACTIVATED,
            RefusedCase("name_taken", 422, "invalid_request", happens=_same_name_by_another),
        ),
    ),
    CommandCase(
        "edit_group",
        EDIT_GROUP,
        editing,
        keyed=False,
        refusals=(
            CALLER_DEACTIVATED,
            _DELETED,
            RefusedCase(
                "edited_by_another", 409, "conflict", happens=_edited_by_another, arrange=lambda: _seen(editing())
            ),
        ),
    ),
    CommandCase(
        "delete_group",
        DELETE_GROUP,
        deleting,
        keyed=False,
        refusals=(CALLER_DEACTIVATED, RefusedCase("user_came_in", 409, "group_in_use", happens=_lee_comes_in)),
    ),
    CommandCase("group", GROUP, reading, keyed=False, cost=Cost.READ),
)

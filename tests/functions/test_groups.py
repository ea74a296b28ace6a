"""Groups over the API (rules 1 and 30)."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.group_items import groups_row
from shared.domain.model.groups import MAX_GROUPS, DeletedGroup, Group, Groups
from shared.domain.model.permissions import ALL
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.command_cases.groups import a_group
from tests.domain_factories import NOW
from tests.factories import ACCOUNT, GROUPS, ActiveUser, a_user
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import losing_answers, meanwhile
from tests.functions.group_editing import create_group, delete_group, edit_group, read_group
from tests.invoke import Answer


def entries() -> list[str]:
    return [row["type"] for row in aws_fixture.items(JOURNAL) if row["type"].startswith("group.")]


def test_the_journal_orders_a_groups_changes_and_hides_its_description() -> None:
    ann = an_account()
    group_id = create_group(ann, description="Ask Kim, +44 20 7946 0000").body["group_id"]
    edit_group(ann, group_id, description="Ask Lee")
    delete_group(ann, group_id)

    rows = [row for row in aws_fixture.items(JOURNAL) if row["type"].startswith("group.")]
    told = {row["type"]: row for row in rows}
    assert "Ask" not in str(rows)
    assert told["group.edited"]["after"] == {"group_id": group_id, "fields": ["description"]}
    assert {row["type"]: row["version"] for row in rows} == {
        "group.created": 1,
        "group.edited": 2,
        "group.deleted": 3,
    }


def test_a_group_is_created_read_edited_and_deleted() -> None:
    ann = an_account()

    created = create_group(ann, name=" Sales ", permissions=["tasks.view", "contacts.view", "tasks.view"])
    group_id = created.body["group_id"]
    edited = edit_group(ann, group_id, seen='"1"', description="Field sales", permissions=["tasks.view"])

    expected = {
        "group_id": group_id,
        "name": "Sales",
        "description": "",
        "default": False,
        "permissions": ["contacts.view", "tasks.view"],
        "user_count": 0,
        "version": 1,
    }
    assert (created.status, created.body) == (201, expected)
    expected |= {"description": "Field sales", "permissions": ["tasks.view"], "version": 2}
    assert edited.body == read_group(ann, group_id).body == expected
    listed = call(GROUPS, caller=ann.signed_in, account_id=ACCOUNT).body["data"]
    assert [group["name"] for group in listed] == ["Administrators", "Everyone", "Sales"]

    deleted = delete_group(ann, group_id)

    assert (deleted.status, deleted.body) == (200, expected)
    assert refused(read_group(ann, group_id)) == (404, "not_found")
    assert sorted(entries()) == ["group.created", "group.deleted", "group.edited"]
    with nothing_changes():
        assert delete_group(ann, group_id).status == 200
        assert refused(edit_group(ann, group_id, name="Back")) == (404, "not_found")


def test_groups_come_in_one_page_or_in_several() -> None:
    ann = an_account()
    for name in ("Support", "sales", "Legal"):
        create_group(ann, name=name)

    def page(**query: str) -> dict[str, Any]:
        found: dict[str, Any] = call(GROUPS, caller=ann.signed_in, account_id=ACCOUNT, query=query).body
        return found

    first = page(limit="3")
    second = page(limit="3", cursor=first["next_cursor"])

    names = ["Administrators", "Everyone", "Legal", "sales", "Support"]
    assert ([group["name"] for group in page()["data"]], page()["next_cursor"]) == (names, None)
    assert [group["name"] for group in (*first["data"], *second["data"])] == names
    assert (len(first["data"]), second["next_cursor"], page(limit="5")["next_cursor"]) == (3, None, None)
    foreign = call(
        GROUPS, caller=ann.signed_in, account_id=ACCOUNT, query={"search": "s", "cursor": first["next_cursor"]}
    )
    assert wrong_fields(foreign) == {"cursor"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "EVERYONE"}, "name"),
        ({"description": "x" * 301}, "description"),
        ({"description": None}, "description"),
        ({"permissions": ["users.everything"]}, "permissions.0"),
        ({"permissions": "users.view"}, "permissions"),
        ({"permissions": None}, "permissions"),
        ({"default": True}, "default"),
        ({"color": "red"}, "color"),
    ],
)
def test_invalid_field_of_a_group_is_named(wrong: dict[str, Any], field: str) -> None:
    ann = an_account()
    group_id = create_group(ann).body["group_id"]

    with nothing_changes():
        answers = [create_group(ann, **({"name": "New"} | wrong)), edit_group(ann, group_id, **wrong)]

    assert [wrong_fields(answer) for answer in answers] == [{field}] * 2


def test_no_group_has_a_name_that_reads_like_anothers() -> None:
    ann = an_account()
    create_group(ann)

    with nothing_changes():
        answers = [
            create_group(ann, name="Admin\u200cistrators"),
            create_group(ann, name="S\N{LATIN SMALL LETTER A WITH ACUTE}les"),
            edit_group(ann, "everyone", name="Adm\N{LATIN SMALL LETTER DOTLESS I}nistrators"),
        ]

    assert [wrong_fields(answer) for answer in answers] == [{"name"}] * 3


def test_the_group_of_administrators_is_not_deleted_with_users_in_it() -> None:
    ann = an_account()

    with nothing_changes():
        answer = delete_group(ann, "administrators")

    assert refused(answer) == (409, "group_in_use")
    assert (answer.body["detail"], answer.body["user_count"]) == (
        "This group is always there: it cannot be deleted.",
        1,
    )


def test_who_sees_and_who_edits_groups() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    editor = a_user(ann, "eve@example.org", permissions={"allow": ["groups.edit"]})
    group_id = create_group(ann, permissions=["admin.billing"]).body["group_id"]
    acts: list[Callable[[ActiveUser], Answer]] = [
        lambda by: edit_group(by, group_id, name="Other"),
        lambda by: delete_group(by, group_id),
    ]

    with nothing_changes():
        refusals = [refused(act(by)) for act in acts for by in (lee, editor)]
        refusals += [refused(create_group(lee)), refused(create_group(editor, permissions=["admin.billing"]))]
        foreign = [refused(read_group(zoe, group_id)), *(refused(act(zoe)) for act in acts)]

    assert refusals == [(403, "not_allowed")] * 6
    assert foreign == [(404, "not_found")] * 3
    assert read_group(lee, group_id).status == 200
    assert create_group(editor, name="Mine", permissions=["tasks.view"]).status == 201


@pytest.mark.parametrize("act", ["create", "edit", "delete"])
def test_a_group_change_whose_answer_was_lost_is_journaled_once(act: str) -> None:
    ann = an_account()
    group_id = a_group(ann)["group_id"]
    acts: dict[str, Callable[[], Answer]] = {
        "create": lambda: create_group(ann, name="Other"),
        "edit": lambda: edit_group(ann, group_id, name="Other"),
        "delete": lambda: delete_group(ann, group_id),
    }

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        answer = acts[act]()

    assert lost
    assert answer.status in {200, 201}
    [groups] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "groups"]
    assert (len(entries()), groups["version"]) == (2, 3)


def test_two_who_edit_at_once_lose_nothing() -> None:
    ann = an_account()
    group_id = create_group(ann).body["group_id"]

    with meanwhile("dynamodb", "TransactWriteItems", lambda: edit_group(ann, group_id, name="Sales EU")):
        answer = edit_group(ann, group_id, description="Europe")

    assert (answer.body["name"], answer.body["description"], answer.body["version"]) == ("Sales EU", "Europe", 3)


def test_a_hundred_groups_with_the_longest_texts_fit_into_their_item() -> None:
    long = {"name": "\U0001f600" * 80, "description": "\U0001f600" * 300, "permissions": tuple(ALL)}
    longest = [Group.model_validate({"group_id": f"{number:026}", **long}) for number in range(MAX_GROUPS)]
    deleted = {group.group_id: DeletedGroup(group=group, deleted_at=NOW) for group in longest[:20]}
    groups = Groups(account_id=ACCOUNT, groups={group.group_id: group for group in longest}, deleted=deleted)

    assert len(str(to_item(groups_row(groups))).encode()) < 400_000

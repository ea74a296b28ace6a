"""Teams over the API (rule 31)."""

from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.factories import ACCOUNT, CREATE_TEAM, TEAMS, ActiveUser, a_user, invited
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.evaluations import a_question, ask_evaluation
from tests.functions.faults import losing_answers, meanwhile
from tests.functions.team_editing import create_team, delete_team, edit_team, read_team, teams_of
from tests.invoke import Answer
from tests.table_edits import set_in, user_row


def listed(by: ActiveUser) -> list[dict[str, Any]]:
    answer = call(TEAMS, caller=by.signed_in, account_id=ACCOUNT)
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.body["data"]
    return found


def entries() -> list[str]:
    return [row["type"] for row in aws_fixture.items(JOURNAL) if row["type"].startswith("team.")]


def test_a_team_is_created_read_edited_and_deleted() -> None:
    ann = an_account()
    lee, kim = a_user(ann), a_user(ann, "kim@example.org")

    created = create_team(ann, managers=[ann.user_id], users=[lee.user_id])
    team_id = created.body["team_id"]
    edited = edit_team(ann, team_id, seen='"1"', name="  Support ", users=[lee.user_id, kim.user_id])

    assert created.status == 201
    assert created.body == {
        "team_id": team_id,
        "name": "Sales",
        "managers": [ann.user_id],
        "users": [lee.user_id],
        "version": 1,
    }
    expected = created.body | {"name": "Support", "users": sorted([lee.user_id, kim.user_id]), "version": 2}
    assert edited.body == read_team(ann, team_id).body == expected
    assert listed(ann) == [expected]
    assert (teams_of(ann.user_id), teams_of(kim.user_id)) == (([team_id], []), ([], [team_id]))
    assert user_row(kim.user_id)["version"] == 2

    deleted = delete_team(ann, team_id)

    assert deleted.body == expected | {"managers": [], "users": [], "version": 3}
    assert refused(read_team(ann, team_id)) == (404, "not_found")
    assert listed(ann) == []
    assert teams_of(ann.user_id) == teams_of(kim.user_id) == teams_of(lee.user_id) == ([], [])
    assert sorted(entries()) == ["team.created", "team.deleted", "team.edited"]


def test_deleting_again_changes_nothing_and_the_team_is_forgotten() -> None:
    ann = an_account()
    team_id = create_team(ann).body["team_id"]
    delete_team(ann, team_id)

    with nothing_changes():
        again = delete_team(ann, team_id)
        edited = edit_team(ann, team_id, name="Back")

    [row] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == f"team#{team_id}"]
    assert (again.status, refused(edited)) == (200, (404, "not_found"))
    assert row["forget_at"] > 0


def test_teams_are_listed_by_name() -> None:
    ann = an_account()
    for name in ("beta", "Alpha", "Gamma", "alpha"):
        create_team(ann, name)

    assert [team["name"].casefold() for team in listed(ann)] == ["alpha", "alpha", "beta", "gamma"]


def test_teams_come_in_pages_if_someone_asks_for_fewer() -> None:
    ann = an_account()
    for name in ("beta", "Alpha", "Gamma", "alpha"):
        create_team(ann, name)

    def page(**query: str) -> dict[str, Any]:
        found: dict[str, Any] = call(TEAMS, caller=ann.signed_in, account_id=ACCOUNT, query=query).body
        return found

    first = page(limit="1")
    second = page(limit="3", cursor=first["next_cursor"])

    assert [*first["data"], *second["data"]] == listed(ann)
    assert (len(first["data"]), second["next_cursor"]) == (1, None)
    assert wrong_fields(call(TEAMS, caller=ann.signed_in, account_id=ACCOUNT, query={"sort": "name"})) == {"sort"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "a\r\nb"}, "name"),
        ({"users": ["nobody"]}, "users"),
        ({"managers": ["z" * 26]}, "managers"),
        ({"users": ["z" * 26] * 91}, "users"),
        ({"users": "all"}, "users"),
        ({"managers": [7]}, "managers.0"),
        ({"color": "red"}, "color"),
    ],
)
def test_invalid_field_of_a_team_is_named(wrong: dict[str, Any], field: str) -> None:
    ann = an_account()
    team_id = create_team(ann).body["team_id"]

    with nothing_changes():
        answers = [
            call(CREATE_TEAM, caller=ann.signed_in, account_id=ACCOUNT, body={"name": "New"} | wrong),
            edit_team(ann, team_id, **wrong),
        ]

    assert [wrong_fields(answer) for answer in answers] == [{field}] * 2


def test_who_sees_and_who_edits_teams() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    blind = a_user(ann, "blind@example.org", permissions={"deny": ["users.view"]})
    editor = a_user(ann, "eve@example.org", permissions={"allow": ["teams.edit"]})
    team_id = create_team(ann, managers=[ann.user_id]).body["team_id"]

    with nothing_changes():
        refusals = [
            *(refused(act(lee, team_id)) for act in (editing_name, delete_team)),
            refused(create_team(lee)),
            refused(read_team(blind, team_id)),
            refused(call(TEAMS, caller=blind.signed_in, account_id=ACCOUNT)),
            refused(edit_team(editor, team_id, managers=[])),
        ]
        foreign = [refused(act(zoe, team_id)) for act in (editing_name, delete_team, read_team)]

    assert refusals == [(403, "not_allowed")] * 6
    assert foreign == [(404, "not_found")] * 3
    assert read_team(lee, team_id).status == 200
    assert edit_team(editor, team_id, users=[lee.user_id]).status == 200


def test_nobody_gets_at_the_records_of_an_administrator_as_a_new_manager_of_their_team() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", permissions={"allow": ["contacts.edit"]})
    carl = a_user(ann, "carl@example.org", permissions={"allow": ["teams.edit", "contacts.edit"]})
    lee = a_user(ann, permissions={"allow": ["contacts.edit"]})
    team_id = create_team(ann, managers=[bob.user_id], users=[ann.user_id]).body["team_id"]

    with nothing_changes():
        answers = [edit_team(carl, team_id, managers=[bob.user_id, each.user_id]) for each in (carl, lee)]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 2
    reached = [ask_evaluation(a_question(each, "contacts.edit", ann)).body["decision"] for each in (bob, carl, lee)]
    assert reached == [True, False, False]
    assert edit_team(ann, team_id, managers=[bob.user_id, carl.user_id]).status == 200


def editing_name(by: ActiveUser, team_id: str) -> Answer:
    return edit_team(by, team_id, name="Other")


def test_a_lost_answer_creates_one_team() -> None:
    ann = an_account()

    with losing_answers("dynamodb", "TransactWriteItems"):
        answer = create_team(ann)

    assert (answer.status, len(listed(ann)), entries()) == (201, 1, ["team.created"])


def test_the_hundredth_team_is_the_last_also_at_the_same_moment() -> None:
    ann = an_account()
    create_team(ann)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, teams=99)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: create_team(ann)):
        answer = create_team(ann)

    assert wrong_fields(answer) == {"body"}
    assert len(listed(ann)) == 2


def test_an_account_with_the_most_teams_does_everything_else() -> None:
    ann = an_account()
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, teams=100)

    assert invited(ann)["status"] == "invited"

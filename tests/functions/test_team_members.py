"""Who comes into a team and who leaves it, also at the same moment (rules 24 and 31)."""

import pytest

from shared.domain.model.users import Status
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.domain_factories import a_member
from tests.factories import ACCOUNT, BLOCK, DEACTIVATE, REMOVE, REVOKE, USER, a_user, invited
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, wrong_fields
from tests.functions.faults import meanwhile
from tests.functions.team_editing import create_team, delete_team, edit_team, read_team, teams_of
from tests.table_edits import put_users, user_row


def test_only_active_and_invited_people_of_the_account_come_in() -> None:
    ann, zoe = two_accounts()
    lee, gone = a_user(ann), a_user(ann, "gone@example.org")
    waiting = invited(ann, "waiting@example.org")["user_id"]
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=gone.user_id, body={})

    with nothing_changes():
        answers = [create_team(ann, users=[person.user_id]) for person in (zoe, gone)]

    assert [wrong_fields(answer) for answer in answers] == [{"users"}] * 2
    assert create_team(ann, managers=[lee.user_id], users=[waiting]).status == 201


@pytest.mark.parametrize("route", [DEACTIVATE, REMOVE])
def test_someone_who_leaves_the_account_leaves_all_teams(route: str) -> None:
    ann = an_account()
    lee = a_user(ann)
    team_ids = [
        create_team(ann, managers=[manager.user_id], users=[user.user_id]).body["team_id"]
        for manager, user in ((lee, ann), (ann, lee))
    ]

    call(route, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    left = [read_team(ann, team_id).body for team_id in team_ids]
    assert [(team["managers"], team["users"], team["version"]) for team in left] == [
        ([], [ann.user_id], 2),
        ([ann.user_id], [], 2),
    ]
    assert teams_of(lee.user_id) == ([], [])
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] in {"user.deactivated", "user.removed"}]
    assert entry["after"]["left_teams"] == sorted(team_ids)


def test_a_revoked_invitee_leaves_and_a_blocked_user_stays() -> None:
    ann = an_account()
    lee = a_user(ann)
    waiting = invited(ann, "waiting@example.org")["user_id"]
    team_id = create_team(ann, users=[lee.user_id, waiting]).body["team_id"]

    call(REVOKE, caller=ann.signed_in, account_id=ACCOUNT, user_id=waiting, body={})
    call(BLOCK, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={"reason": "other"})

    assert read_team(ann, team_id).body["users"] == [lee.user_id]


def test_someone_who_leaves_meanwhile_is_not_put_in() -> None:
    ann = an_account()
    lee = a_user(ann)
    team_id = create_team(ann).body["team_id"]

    def leave() -> None:
        call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    with meanwhile("dynamodb", "TransactWriteItems", leave):
        answer = edit_team(ann, team_id, users=[lee.user_id])

    assert wrong_fields(answer) == {"users"}
    assert teams_of(lee.user_id) == ([], [])


def test_someone_who_is_put_in_meanwhile_leaves_that_team_as_well() -> None:
    ann = an_account()
    lee = a_user(ann)
    team_id = create_team(ann).body["team_id"]

    with meanwhile("dynamodb", "TransactWriteItems", lambda: edit_team(ann, team_id, users=[lee.user_id])):
        call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    assert (read_team(ann, team_id).body["users"], teams_of(lee.user_id)) == ([], ([], []))


def test_an_edit_of_the_user_meanwhile_disturbs_nobody() -> None:
    ann = an_account()
    lee = a_user(ann)
    version = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body["version"]

    create_team(ann, users=[lee.user_id])

    after = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body["version"]
    assert after == version


def test_ninety_people_are_moved_in_one_transaction() -> None:
    ann = an_account()
    ids = [f"{'abc'[one // 26]}{chr(ord('a') + one % 26) * 25}" for one in range(78)]
    ids += [f"d{chr(ord('a') + one) * 25}" for one in range(12)]
    put_users(
        a_member(user_id=user_id, account_id=ACCOUNT, email=f"{user_id}@a.org", status=Status.ACTIVE) for user_id in ids
    )

    answer = create_team(ann, managers=ids[:5], users=ids[5:])

    assert (answer.status, len(answer.body["users"])) == (201, 85)
    assert all(user_row(user_id)["teams_version"] == 1 for user_id in ids)
    assert delete_team(ann, answer.body["team_id"]).status == 200
    assert all(teams_of(user_id) == ([], []) for user_id in ids)

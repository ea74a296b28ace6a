"""Races of changes to teams with each other and with people who leave."""

from collections.abc import Callable
from functools import partial

from tests.factories import (
    ACCOUNT,
    CREATE_TEAM,
    DEACTIVATE,
    DELETE_TEAM,
    EDIT_TEAM,
    ActiveUser,
    a_user,
    an_account,
)
from tests.functions.contract import comes_back, on_user
from tests.invoke import Answer, call
from tests.proofs.invariants import assert_whole
from tests.proofs.races import divided, race, rounds

BUSY = (409, "conflict")
GONE = (404, "not_found")
INACTIVE = (422, "invalid_request")
Calls = list[Callable[[], Answer]]


def _editing(by: ActiveUser, team_id: str, *users: ActiveUser) -> Answer:
    body = {"users": [user.user_id for user in users]}
    return call(EDIT_TEAM, caller=by.signed_in, account_id=ACCOUNT, team_id=team_id, body=body)


def _creating(by: ActiveUser, *users: ActiveUser) -> Answer:
    body = {"name": "Sales", "users": [user.user_id for user in users]}
    return call(CREATE_TEAM, caller=by.signed_in, account_id=ACCOUNT, body=body)


def test_people_who_leave_the_account_are_in_no_team_whatever_happens_meanwhile() -> None:
    ann = an_account()
    lee, kim = a_user(ann), a_user(ann, "kim@example.org")
    teams = [_creating(ann).body["team_id"] for _ in range(2)]
    edits: Calls = [partial(_editing, ann, team_id, *users) for team_id in teams for users in ((lee, kim), (kim,), ())]
    leaves = partial(on_user, DEACTIVATE, ann, lee.user_id)
    leaving: Calls = [leaves, partial(comes_back, ann, lee), leaves]

    for _ in rounds():
        outcome = race([*edits, *leaving])

        divided(outcome.answers[: len(edits)], won=200, lost={BUSY, INACTIVE})
        assert_whole()


def test_a_team_that_is_deleted_meanwhile_keeps_nobody() -> None:
    ann = an_account()
    lee, kim = a_user(ann), a_user(ann, "kim@example.org")
    team_id = _creating(ann, lee).body["team_id"]
    delete: Calls = [partial(call, DELETE_TEAM, caller=ann.signed_in, account_id=ACCOUNT, team_id=team_id)] * 2
    create: Calls = [partial(_creating, ann, lee, kim)]
    calls: Calls = [partial(_editing, ann, team_id, *users) for users in ((kim,), (lee, kim), ())]

    for _ in rounds(0.5):
        outcome = race([*calls, *delete, *create])

        divided(outcome.answers[:3], won=200, lost={BUSY, GONE})
        divided(outcome.answers[3:5], won=200, lost={BUSY})
        assert_whole()

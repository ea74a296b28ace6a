"""Create, edit, delete and read teams of the account; read which teams someone manages and is in."""

from typing import Any

from tests.factories import ACCOUNT, CREATE_TEAM, DELETE_TEAM, EDIT_TEAM, TEAM, ActiveUser
from tests.functions.contract import call
from tests.invoke import Answer
from tests.table_edits import user_row


def create_team(by: ActiveUser, name: str = "Sales", **people: list[str]) -> Answer:
    return call(CREATE_TEAM, caller=by.signed_in, account_id=ACCOUNT, body={"name": name, **people})


def edit_team(by: ActiveUser, team_id: str, *, seen: str | None = None, **changes: Any) -> Answer:
    headers = {"if-match": seen} if seen else {}
    return call(EDIT_TEAM, caller=by.signed_in, account_id=ACCOUNT, team_id=team_id, body=changes, headers=headers)


def delete_team(by: ActiveUser, team_id: str) -> Answer:
    return call(DELETE_TEAM, caller=by.signed_in, account_id=ACCOUNT, team_id=team_id)


def read_team(by: ActiveUser, team_id: str) -> Answer:
    return call(TEAM, caller=by.signed_in, account_id=ACCOUNT, team_id=team_id)


def teams_of(user_id: str) -> tuple[list[str], list[str]]:
    row = user_row(user_id)
    return row["manages_teams"], row["member_of_teams"]

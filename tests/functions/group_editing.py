"""Create, edit, delete and read groups of the account."""

from typing import Any

from tests.factories import ACCOUNT, CREATE_GROUP, DELETE_GROUP, EDIT_GROUP, GROUP, ActiveUser
from tests.functions.contract import call
from tests.invoke import Answer


def create_group(by: ActiveUser, **body: Any) -> Answer:
    return call(CREATE_GROUP, caller=by.signed_in, account_id=ACCOUNT, body={"name": "Sales"} | body)


def edit_group(by: ActiveUser, group_id: str, *, seen: str | None = None, **changes: Any) -> Answer:
    headers = {"if-match": seen} if seen else {}
    parts: dict[str, Any] = {"account_id": ACCOUNT, "group_id": group_id, "body": changes, "headers": headers}
    return call(EDIT_GROUP, caller=by.signed_in, **parts)


def delete_group(by: ActiveUser, group_id: str) -> Answer:
    return call(DELETE_GROUP, caller=by.signed_in, account_id=ACCOUNT, group_id=group_id)


def read_group(by: ActiveUser, group_id: str) -> Answer:
    return call(GROUP, caller=by.signed_in, account_id=ACCOUNT, group_id=group_id)

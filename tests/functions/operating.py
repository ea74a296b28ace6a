"""Open an account as staff, and invite its administrators."""

from typing import Any

from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    OPEN_ACCOUNT,
    an_operator,
)
from tests.functions.contract import call
from tests.invoke import Answer, SignedIn

ANN = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}


def open_account(caller: SignedIn | None = None, **fields: Any) -> Answer:
    body = {"account_id": ACCOUNT, "name": "Northwind", "seats": 3, "admin": ANN} | fields
    return call(OPEN_ACCOUNT, caller=caller or an_operator(), body=body)


def invite_administrator(email: str = "ann@example.org", **fields: Any) -> Answer:
    body = {"first_name": "Ann", "last_name": "Admin", "email": email} | fields
    return call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body)

"""Requests with an Idempotency-Key."""

from tests.factories import ACCOUNT
from tests.functions.contract import call
from tests.invoke import Answer, SignedIn

ANN = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
OPENED = {"account_id": ACCOUNT, "name": "Northwind", "seats": 3, "admin": ANN}


def keyed(route: str, caller: SignedIn | None, body: object, *, key: str = "key-1", **ids: str) -> Answer:
    return call(route, caller=caller, body=body, headers={"idempotency-key": key}, **ids)

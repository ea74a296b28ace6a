"""Request seats as an administrator, and decide on requests as staff or the host."""

from typing import Any

from tests.factories import ACCOUNT, REQUEST_SEATS, ActiveUser, an_operator
from tests.functions.contract import call
from tests.invoke import Answer, SignedIn


def request_seats(by: ActiveUser, kind: str = "complimentary", quantity: int = 2, **more: Any) -> Answer:
    return call(
        REQUEST_SEATS, caller=by.signed_in, account_id=ACCOUNT, body={"kind": kind, "quantity": quantity, **more}
    )


def decide_request(route: str, request: Answer, by: SignedIn | None = None) -> Answer:
    parts = {"account_id": ACCOUNT, "request_id": request.body["request_id"]}
    return call(route, caller=by or an_operator(), **parts)

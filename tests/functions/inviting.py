"""Lee is invited, but for what is given."""

from typing import Any

from tests.factories import ACCOUNT, INVITE, ActiveUser
from tests.functions.contract import call

LEE = {"first_name": "Lee", "last_name": "Sherron", "email": "lee@example.org", "groups": ["everyone"]}


def inviting(by: ActiveUser, **fields: Any) -> Any:
    body = {name: value for name, value in (LEE | fields).items() if value is not None}
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body)

"""Lee is invited, but for what is given."""

from typing import Any

from tests.factories import ACCOUNT, INVITE, LEE_BODY, ActiveUser
from tests.functions.contract import call


def inviting(by: ActiveUser, **fields: Any) -> Any:
    body = {name: value for name, value in (LEE_BODY | fields).items() if value is not None}
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body)

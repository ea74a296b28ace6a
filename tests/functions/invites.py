"""Invite Lee, or someone else by the fields that are given."""

from typing import Any

from tests.factories import ACCOUNT, INVITE, LEE_BODY, ActiveUser
from tests.functions.contract import call
from tests.invoke import Answer, Context


def invite_lee(by: ActiveUser, *, context: Context | None = None, **fields: Any) -> Answer:
    """Return the answer to an invitation of Lee; `fields` replace those of LEE_BODY, and None leaves one out."""
    body = {name: value for name, value in (LEE_BODY | fields).items() if value is not None}
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body, context=context)

"""An answer of `accept`, held against the OpenAPI document."""

from typing import Any

from tests.factories import ACCEPT, acceptance
from tests.functions.contract import call
from tests.invoke import Answer


def accept_link(token: str, **fields: Any) -> Answer:
    return call(ACCEPT, body=acceptance(token, **fields))

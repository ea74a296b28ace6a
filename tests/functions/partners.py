"""A partner's address, requests about someone of the account, and entries of the journal."""

from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import ACCOUNT, ActiveUser
from tests.functions.contract import call
from tests.invoke import Answer

PAT = "pia@example.org"


def about(route: str, user_id: str, *, by: ActiveUser, body: object = None) -> Answer:
    return call(route, caller=by.signed_in, account_id=ACCOUNT, user_id=user_id, body=body or {})


def times_journaled(entry: str) -> int:
    return [row["type"] for row in aws_fixture.items(JOURNAL)].count(entry)

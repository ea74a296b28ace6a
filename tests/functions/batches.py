"""Invite the rows of a batch; its verdicts, and what is stored then."""

from typing import Any

from shared.storage_schema import DIRECTORY, MAIL
from tests import aws_fixture
from tests.command_cases.case import KEYED
from tests.factories import ACCOUNT, INVITE_MANY, ActiveUser, invitation
from tests.functions.contract import call
from tests.invoke import Answer


def rows(number: int) -> list[dict[str, Any]]:
    return [invitation(f"p{each}@example.org", first_name=f"Person {each}") for each in range(number)]


def invite_rows(by: ActiveUser, *users: Any, keyed: bool = False, **body: Any) -> Answer:
    headers = KEYED if keyed else {}
    return call(
        INVITE_MANY, caller=by.signed_in, account_id=ACCOUNT, body={"users": list(users), **body}, headers=headers
    )


def verdicts(answer: Answer) -> list[tuple[str, str | None]]:
    assert answer.status == 200, answer.text
    results = answer.body["results"]
    assert [result["index"] for result in results] == list(range(len(results)))
    return [(result["outcome"], result["code"]) for result in results]


def account_row() -> dict[str, Any]:
    [found] = [item for item in aws_fixture.items(DIRECTORY) if item["sk"] == "account"]
    return found


def mails(kind: str) -> list[dict[str, Any]]:
    return [item for item in aws_fixture.items(MAIL) if item["kind"] == kind]

"""Lee chooses a new password by a link; identity and mails as stored."""

from typing import Any

from shared.storage_schema import IDENTITIES, MAIL
from tests import aws_fixture, clock
from tests.command_cases.effects import identity_of
from tests.factories import FINISH_RECOVERY
from tests.functions.contract import call
from tests.invoke import Answer

NEW, ANSWER = "Trombone52", "Rex the third"
NOON = clock.next_noon()


def finish(token: str, **changed: Any) -> Answer:
    return call(FINISH_RECOVERY, body={"token": token, "security_answer": ANSWER, "password": NEW} | changed)


def mails(kind: str) -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(MAIL) if row["kind"] == kind]


def block(address: str) -> None:
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(IDENTITIES),
        Key={"pk": {"S": identity_of(address)["pk"]}},
        UpdateExpression="SET blocked = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )

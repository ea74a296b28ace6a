"""What a batch of the most invitations that one request takes asks of DynamoDB: new, repeated and dry (rule 7)."""

from collections.abc import Iterator

from tests import aws_fixture, factories
from tests.bench import crowds
from tests.bench.figures import Figure
from tests.bench.metering import metered
from tests.invoke import call

ROWS = 200
_MOST = 20  # requests


def figures() -> Iterator[Figure]:
    aws_fixture.reset()
    ann = factories.an_account(seats=2 * ROWS)
    users = [
        {"first_name": "Lee", "last_name": "Sherron", "email": f"user{number:03}@example.org", "groups": ["everyone"]}
        for number in range(ROWS)
    ]
    for name, outcome, dry_run in (
        ("dry run", "ok", True),
        ("sent", "invited", False),
        ("sent again", "invited", False),
    ):
        body = {"users": users, "notify": ["lead@example.org"], "dry_run": dry_run}
        with crowds.patched(), metered() as calls:
            answer = call(
                factories.INVITE_MANY,
                caller=ann.signed_in,
                account_id=factories.ACCOUNT,
                body=body,
                headers={} if dry_run else {"idempotency-key": "the-batch"},
            )
        assert answer.status == 200, answer.text
        assert {result["outcome"] for result in answer.body["results"]} == {outcome}
        note = f"{sum(call.operation == 'TransactWriteItems' for call in calls.dynamodb)} transactions"
        yield Figure(f"{ROWS} rows, {name}: DynamoDB requests", len(calls.dynamodb), at_most=_MOST, note=note)

"""The stream of the journal."""

from typing import Any

from shared.adapters.dynamodb.codec import to_item
from shared.storage_schema import JOURNAL
from tests import aws_fixture


def journal_records() -> list[dict[str, Any]]:
    """What the journal's stream would say of everything that is in it."""
    rows = sorted(aws_fixture.items(JOURNAL), key=lambda row: str(row["sk"]))
    return [
        {
            "eventID": f"{number}",
            "eventName": "INSERT",
            "eventSource": "aws:dynamodb",
            "dynamodb": {
                "Keys": to_item({"pk": row["pk"], "sk": row["sk"]}),
                "NewImage": to_item(row),
                "SequenceNumber": f"{number}",
            },
        }
        for number, row in enumerate(rows, 1)
    ]

"""A partner's address, and entries of the journal."""

from shared.storage_schema import JOURNAL
from tests import aws_fixture

PAT = "pia@example.org"


def times_journaled(entry: str) -> int:
    return [row["type"] for row in aws_fixture.items(JOURNAL)].count(entry)

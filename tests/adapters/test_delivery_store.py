from shared.adapters.dynamodb.delivery_store import open_delivery_store
from shared.domain.model.base import iso
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.domain_factories import NOW, WEEK


def test_the_first_complaint_is_the_one_that_is_kept() -> None:
    for moment in (NOW, NOW + WEEK):
        open_delivery_store().suppress("lee@example.org", now=moment)

    [row] = aws_fixture.items(IDENTITIES)
    assert row["complained_at"] == iso(NOW)

from shared.adapters.deliveries import open_deliveries
from shared.domain.models import iso
from shared.tables import IDENTITIES
from tests import world
from tests.builders import NOW, WEEK


def test_the_first_complaint_is_the_one_that_is_kept() -> None:
    for moment in (NOW, NOW + WEEK):
        open_deliveries().suppress("lee@example.org", now=moment)

    [row] = world.items(IDENTITIES)
    assert row["complained_at"] == iso(NOW)

from datetime import UTC, datetime, timedelta, timezone

import pytest

from shared.domain.model.values import iso


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), "2026-11-21T12:00:00.000Z"),
        (datetime(2026, 11, 21, 12, 0, 0, 7_999, tzinfo=UTC), "2026-11-21T12:00:00.007Z"),
        (datetime(2026, 11, 21, 12, 0, tzinfo=timezone(timedelta(hours=1))), "2026-11-21T11:00:00.000Z"),
    ],
)
def test_a_moment_is_written_one_way_to_the_millisecond(moment: datetime, text: str) -> None:
    assert iso(moment) == text

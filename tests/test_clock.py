from shared.clock import utc_now


def test_the_time_is_as_fine_as_what_is_stored() -> None:
    assert all(utc_now().microsecond % 1000 == 0 for _ in range(100))

import pytest


@pytest.fixture(autouse=True)
def _empty_world() -> None:
    """The domain knows no tables: nothing is to be emptied."""

"""One AWS for the whole run, empty at the beginning of each test."""

from tests import world  # isort: skip (makes the environment that everything else reads)

import pytest


@pytest.fixture(autouse=True)
def _empty_world(request: pytest.FixtureRequest) -> None:
    if "journeys" not in request.keywords:
        world.begin_anew()

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.app import build
from shared.settings import settings
from tests.infra.stages import DEV, PROD
from tests.infra.templates import Templates


@pytest.hookimpl(tryfirst=True)  # xdist reads the mark in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in one worker, so that the templates are synthesised once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("templates"))


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """Fail for a test that leaves the settings of another stage to all later tests of this process."""
    yield
    left = {name: value for name, value in vars(settings()).items() if os.environ.get(name.upper()) != value}
    assert left == {}


@pytest.fixture(scope="session")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Synthesise with cdk-nag: a finding that is not acknowledged fails every test here."""
    folder = tmp_path_factory.mktemp("templates")
    build(PROD, outdir=str(folder)).synth()
    return Templates(folder, PROD.name)


@pytest.fixture(scope="session")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Synthesise the stage that keeps no data."""
    folder = tmp_path_factory.mktemp("templates-dev")
    build(DEV, outdir=str(folder)).synth()
    return Templates(folder, DEV.name)

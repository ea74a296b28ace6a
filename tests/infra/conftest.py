from pathlib import Path

import pytest

from infra.app import build
from infra.stages import PROD
from tests.infra.synthesised import Synthesised


@pytest.hookimpl(tryfirst=True)  # xdist reads the mark in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker makes the templates, and has them for all of these tests."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("templates"))


@pytest.fixture(scope="session")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Synthesised:
    """Synthesised with the security rules on: a finding that nobody acknowledged fails every test here."""
    folder = tmp_path_factory.mktemp("templates")
    build(PROD, outdir=str(folder)).synth()
    return Synthesised(folder, PROD.name)

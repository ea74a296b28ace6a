"""One AWS for the whole run, empty at the beginning of each test; and nothing secret comes out of any of them."""

from tests import aws_fixture, clock  # isort: skip (the date first, then the environment that everything else reads)

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.leak_detection import Watch, watching
from tests.proofs import moto_patches
from tests.proofs.promises import tried
from tests.stack_room import call_with_room

clock.move_process_clock()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    """Call the test as pytest does, from a frame that leaves room on the stack."""
    names = pyfuncitem._fixtureinfo.argnames  # noqa: SLF001 (pytest's own implementation reads it, too)
    call_with_room(lambda: pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(autouse=True, scope="session")
def _fast_when_repeated() -> Iterator[None]:
    """Patch the mock where the tests run once more on another date: they have run on the stock one before."""
    with moto_patches.active() if clock.is_moved() else nullcontext():
        yield


@pytest.fixture(autouse=True)
def _empty_world(request: pytest.FixtureRequest) -> None:
    if "journeys" not in request.keywords:
        aws_fixture.reset()


@pytest.fixture(autouse=True)
def watch(_empty_world: None) -> Iterator[Watch]:
    """Fails every test in which a secret, or someone's address, came out where it must not."""
    with watching() as heard:
        yield heard
    assert heard.leaks() == set()
    texts = sum(map(len, heard.texts.values()))
    if texts:
        tried("canaries", texts, {sink: len(found) for sink, found in heard.texts.items()})

"""The running product, and the clients that talk to it as people, programs and attackers do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import stack as stacks
from tests.journeys.api import ApiClient
from tests.journeys.browser import DESK, PHONE, Window, a_window, launched
from tests.journeys.emulator import Emulator
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People
from tests.journeys.stack import LocalStack, running_stack

HERE = Path(__file__).parent
PATIENCE_MS = 20_000  # of a machine that does many things at once


@pytest.hookimpl(trylast=True)  # after the order has been shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that wait for a schedule come late, since its minute passes meanwhile; the last one stops the stack."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journeys)
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
    late = ("test_in_the_end", "test_after_a_restart")
    items.sort(key=lambda item: late.index(item.path.stem) if item.path.stem in late else -1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.section("the stack's logs")
        terminalreporter.write_line(stacks.logs())


@pytest.fixture(scope="session")
def stack() -> Iterator[LocalStack]:
    yield from running_stack()


@pytest.fixture(scope="session")
def api(stack: LocalStack) -> ApiClient:
    return ApiClient(stack)


@pytest.fixture(scope="session")
def mailbox(stack: LocalStack) -> Mailbox:
    return Mailbox(stack)


@pytest.fixture(scope="session")
def emulator(stack: LocalStack) -> Emulator:
    return Emulator(stack)


@pytest.fixture(scope="session")
def people(stack: LocalStack, api: ApiClient, emulator: Emulator) -> People:
    return People(stack, api, emulator)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with launched() as browser:
        yield browser


@dataclass(frozen=True)
class Waiting:
    """What waits for a schedule while other tests run."""

    account: Member
    expired: dict[str, Any]
    unsent: dict[str, Any]
    seats: int


@pytest.fixture(scope="session", autouse=True)
def waiting(people: People, emulator: Emulator) -> Waiting:
    """An invitation whose time has come, and a mail of which no stream tells any more."""
    account = people.an_account()
    expired = people.invited(account, first_name="Exa", last_name="Pired")
    unsent = people.invited(account)
    for user in (expired, unsent):
        people.wait_until_sent(user)
    seats = people.seats_used(account)
    emulator.queue_again(*emulator.mails(unsent, "invitation"))
    emulator.let_time_pass(expired, days=8)
    return Waiting(account, expired, unsent, seats)


@pytest.fixture
def ann(people: People) -> Member:
    """The administrator of an account of the test's own."""
    return people.an_account(name="Northwind Traders")


@pytest.fixture
def phone(browser: Browser, stack: LocalStack, people: People) -> Iterator[Window]:
    with a_window(browser, width=PHONE, origin=stack.console_url) as window:
        window.wait_for_lists = people.wait_until_listed
        yield window


@pytest.fixture
def desk(browser: Browser, stack: LocalStack, people: People) -> Iterator[Window]:
    with a_window(browser, width=DESK, origin=stack.console_url) as window:
        window.wait_for_lists = people.wait_until_listed
        yield window


@pytest.fixture(params=[PHONE, DESK])
def window(request: pytest.FixtureRequest, browser: Browser, stack: LocalStack, people: People) -> Iterator[Window]:
    """Each test that asks for it runs on a phone and on a desktop."""
    with a_window(browser, width=request.param, origin=stack.console_url) as window:
        window.wait_for_lists = people.wait_until_listed
        yield window

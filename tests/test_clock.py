import re
from datetime import timedelta
from pathlib import Path

import time_machine

from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.storage_schema import JOURNAL
from tests import aws_fixture, clock
from tests.functions.cached_fixtures import an_account

TESTS = Path(__file__).parent
# These hand the time to pure functions, or travel to it before anything is written.
ON_A_CLOCK_OF_THEIR_OWN = {
    "tests/functions/mail_values.py",
    "tests/functions/test_mail_languages.py",
    "tests/functions/test_mail_sanitizing.py",
}


def test_the_time_is_as_fine_as_what_is_stored() -> None:
    assert all(utc_now().microsecond % 1000 == 0 for _ in range(100))


def test_a_test_that_moves_the_clock_is_seen_to_do_so() -> None:
    before = clock.is_travelling()
    with time_machine.travel(clock.next_noon(), tick=False):
        meanwhile = clock.is_travelling()

    assert (before, meanwhile, clock.is_travelling()) == (False, True, False)


def test_an_account_that_was_opened_on_another_day_is_not_put_back_later() -> None:
    with time_machine.travel(clock.next_noon() + timedelta(days=1), tick=False):
        an_account("dd444")
    aws_fixture.reset()

    an_account("dd444")

    assert {row["at"] < iso(clock.next_noon()) for row in aws_fixture.items(JOURNAL)} == {True}


def test_functions_and_adapters_are_tested_on_the_clock_that_they_ask() -> None:
    files = [file for folder in ("functions", "adapters") for file in sorted((TESTS / folder).glob("*.py"))]
    fixed = re.compile(r"datetime\(20\d\d|fromisoformat\(\"20|travel\(\"20|date\(20\d\d")

    found = {f"tests/{file.relative_to(TESTS)}" for file in files if fixed.search(file.read_text("utf-8"))}

    assert len(files) > 40
    assert found <= ON_A_CLOCK_OF_THEIR_OWN

import re
from pathlib import Path

from shared.clock import utc_now

TESTS = Path(__file__).parent
# These hand the time to pure functions, or travel to it before anything is written.
ON_A_CLOCK_OF_THEIR_OWN = {"tests/functions/mail_values.py", "tests/functions/test_mail_sanitizing.py"}


def test_the_time_is_as_fine_as_what_is_stored() -> None:
    assert all(utc_now().microsecond % 1000 == 0 for _ in range(100))


def test_functions_and_adapters_are_tested_on_the_clock_that_they_ask() -> None:
    files = [file for folder in ("functions", "adapters") for file in sorted((TESTS / folder).glob("*.py"))]
    fixed = re.compile(r"datetime\(20\d\d|fromisoformat\(\"20|travel\(\"20|date\(20\d\d")

    found = {f"tests/{file.relative_to(TESTS)}" for file in files if fixed.search(file.read_text("utf-8"))}

    assert len(files) > 40
    assert found <= ON_A_CLOCK_OF_THEIR_OWN

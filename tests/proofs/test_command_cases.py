from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.command_cases import BY_NAME, CASES, PLAIN
from tests.command_cases.case import CommandCase, RefusedCase, targets
from tests.leak_detection import Watch

PERSONAL_FIELDS = {"first_name", "last_name", "number", "message", "signature", "security_question"}
REFUSALS = [pytest.param(case, one, id=f"{case.name}-{one.name}") for case in CASES for one in case.refusals]


def test_every_route_and_woken_function_has_a_case() -> None:
    assert set(PLAIN) == targets()


def test_case_names_are_unique() -> None:
    assert [name for name, number in Counter(case.name for case in CASES).items() if number > 1] == []
    assert set(BY_NAME) == {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_succeeds_with_its_effect_and_leaks_nothing(case: CommandCase, watch: Watch) -> None:
    given = case.arrange()
    watch.canaries |= set(personal_texts(given.parts.get("body")))

    answer = case.run(given)

    assert answer.status == case.status, answer.text
    given.assert_effect()


@pytest.mark.parametrize(("case", "refusal"), REFUSALS)
def test_case_is_refused_with_status_and_code(case: CommandCase, refusal: RefusedCase, watch: Watch) -> None:
    given = (refusal.arrange or case.arrange)()
    watch.canaries |= set(personal_texts(given.parts.get("body")))
    if refusal.happens:
        refusal.happens(given)

    answer = case.run(given, **(refusal.changed(given) if refusal.changed else {}))

    assert (answer.status, answer.code) == (refusal.status, refusal.code)


def personal_texts(body: Any, field: str = "") -> Iterator[str]:
    """Every text of a body that is about a person and too long to be found by chance; `watch` looks for them."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from personal_texts(value, name)
    elif field in PERSONAL_FIELDS and len(str(body)) > 4:
        yield str(body)

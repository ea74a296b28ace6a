"""Questions as the AuthZEN Authorization API 1.0 lets them be asked, and their answers (rule 32)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import invoke
from tests.factories import (
    ACCOUNT,
    EVALUATION,
    EVALUATIONS,
    ActiveUser,
    a_user,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.evaluations import a_question, ask_evaluation
from tests.invoke import HOST

# What sections 5 to 7 of the AuthZEN Authorization API 1.0 let be asked, in the lengths that are taken here.
WORDS = st.text(min_size=1, max_size=200)
SIMPLE = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text()
NAMES = st.text().filter(lambda name: name not in {"properties", "context", "evaluations_semantic"})
OBJECTS = st.dictionaries(NAMES, SIMPLE | st.lists(SIMPLE) | st.dictionaries(NAMES, SIMPLE), max_size=4)


def objects_with(**required: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with these fields and any others."""
    known = st.fixed_dictionaries(required, optional={"properties": OBJECTS})
    return st.builds(lambda others, fields: others | fields, OBJECTS, known)


ENTITIES = {
    "subject": objects_with(type=WORDS | st.sampled_from(["user", "identity"]), id=WORDS),
    "action": objects_with(name=WORDS | st.just("users.view")),
    "resource": objects_with(type=WORDS | st.sampled_from(["account", "contact"]), id=WORDS),
}
PARTS = st.fixed_dictionaries({}, optional=ENTITIES | {"context": OBJECTS})


@given(one=objects_with(**ENTITIES, context=OBJECTS), parts=st.lists(PARTS, min_size=1, max_size=3), options=OBJECTS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("account_of_ann")
def test_whatever_the_standard_lets_ask_is_answered_in_its_shape(
    one: dict[str, Any], parts: list[dict[str, Any]], options: dict[str, Any]
) -> None:
    answer, answers = (
        ask_evaluation(one),
        ask_evaluation(one | {"evaluations": parts, "options": options}, route=EVALUATIONS),
    )

    assert (answer.status, answers.status) == (200, 200)
    assert len(answers.body["evaluations"]) == len(parts)
    for decision in (answer.body, *answers.body["evaluations"]):
        assert decision["decision"] is False  # Nobody has such an id.
        assert isinstance(decision["context"], dict)


@pytest.fixture
def account_of_ann() -> ActiveUser:
    return an_account()


def test_fields_that_the_standard_does_not_know_change_nothing() -> None:
    ann = an_account()
    question = a_question(ann, "users.invite")
    strange = {name: {**entity, "color": "red"} for name, entity in question.items()} | {"color": "red"}
    many = {**strange, "evaluations": [{"color": "red"}], "options": {"another_option": "value"}}

    answers = [
        ask_evaluation(question),
        ask_evaluation(strange),
        ask_evaluation({**question, "subject": {"type": "robot", "id": ann.user_id}}),
    ]
    among_many = ask_evaluation(many, route=EVALUATIONS).body["evaluations"]

    reasons = [answer.body["context"]["reason"] for answer in answers]
    assert reasons == ["admin", "admin", "subject_not_found"]
    assert among_many == [answers[0].body]


@pytest.mark.parametrize(("sent", "repeated"), [("bfe9eb29-ab87", "bfe9eb29-ab87"), ("two words", None), ("", None)])
def test_an_answer_repeats_the_id_that_its_caller_gave_the_request(sent: str, repeated: str | None) -> None:
    ann = an_account()
    headers = {"x-request-id": sent}

    answers = [
        invoke.call(EVALUATION, caller=HOST, account_id=ACCOUNT, body=body, headers=headers)
        for body in (a_question(ann), {})
    ]

    assert [answer.headers.get("x-request-id") for answer in answers] == [repeated] * 2


@pytest.mark.parametrize("owner_id", ["x" * 3_000, "\ud55c" * 700, " ", "", "nobody", None])
def test_what_belongs_to_nobody_who_can_be_is_not_reached(owner_id: str | None) -> None:
    question = a_question(a_user(an_account()), "contacts.view")
    question["resource"] = {"type": "contact", "id": "c-1", "properties": {"owner_id": owner_id}}

    answer = ask_evaluation(question)

    assert (answer.status, answer.body["decision"]) == (200, False)

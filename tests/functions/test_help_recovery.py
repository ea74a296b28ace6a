"""Rule 18: a new password and a new question with an operator's help."""

import pytest

from shared.domain.policy.rate_limits import MAX_RECOVERIES_PER_DAY, MIN_INTERVAL
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.command_cases.effects import identity_of
from tests.factories import (
    ACCOUNT,
    FINISH_RECOVERY,
    HELP_RECOVERY,
    LEE_ADDRESS,
    PREVIEW_RECOVERY,
    a_user,
    an_operator,
    recovery_token,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, refused, wrong_fields
from tests.functions.recovering import NEW, NOON, finish
from tests.proofs import movable_clock

pytestmark = pytest.mark.usefixtures("no_waiting")

QUESTION = {"security_question": "First car?", "security_answer": "A yellow one"}


def test_operators_help_takes_a_new_question_and_is_journaled() -> None:
    ann, operator = an_account(), an_operator()
    lee = a_user(ann)
    token = recovery_token(LEE_ADDRESS, by=operator)

    preview = call(PREVIEW_RECOVERY, body={"token": token})
    without = finish(token)
    answer = finish(token, **QUESTION)

    assert (preview.body["security_question"], preview.body["new_question"]) == (None, "ask")
    assert wrong_fields(without) == {"security_question"}
    assert answer.status == 200
    assert identity_of(LEE_ADDRESS)["security_question"] == "First car?"
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "identity.recovery_sent"]
    assert (entry["account_id"], entry["user_id"]) == (ACCOUNT, lee.user_id)
    assert entry["actor"].startswith("operator:")


@pytest.mark.usefixtures("movable_from_noon")
def test_answer_to_the_new_question_counts_from_then_on() -> None:
    a_user(an_account())
    finish(recovery_token(LEE_ADDRESS, by=an_operator()), **QUESTION)
    movable_clock.stand_at(NOON + MIN_INTERVAL)
    token = recovery_token(LEE_ADDRESS)

    assert refused(finish(token, password="Trombone54")) == (422, "wrong_answer")
    assert finish(token, password="Trombone54", security_answer="a YELLOW one").status == 200


@pytest.mark.usefixtures("movable_from_noon")
def test_asking_again_keeps_what_an_operator_has_allowed() -> None:
    a_user(an_account())
    recovery_token(LEE_ADDRESS, by=an_operator())
    movable_clock.forward(MIN_INTERVAL)

    assert finish(recovery_token(LEE_ADDRESS), **QUESTION).status == 200


def test_operators_help_has_the_limits_of_the_address_and_needs_an_id() -> None:
    a_user(an_account())
    operator = an_operator()
    recovery_token(LEE_ADDRESS)

    assert refused(call(HELP_RECOVERY, caller=operator, email=LEE_ADDRESS)) == (429, "rate_limited")
    for address in ("nobody@example.org", "no address"):
        assert refused(call(HELP_RECOVERY, caller=operator, email=address)) == (404, "not_found")


@pytest.mark.usefixtures("movable_from_noon")
def test_operators_help_however_often_a_link_was_asked_for_that_day() -> None:
    a_user(an_account())
    for _ in range(MAX_RECOVERIES_PER_DAY):
        recovery_token(LEE_ADDRESS)
        movable_clock.forward(MIN_INTERVAL)

    assert finish(recovery_token(LEE_ADDRESS, by=an_operator()), **QUESTION).status == 200


def test_only_operators_help() -> None:
    ann = an_account()

    assert refused(call(HELP_RECOVERY, caller=ann.signed_in, email=ann.address)) == (403, "not_allowed")


def test_id_without_a_question_is_given_one() -> None:
    an_operator()
    address = "operator@usher.example"
    token = recovery_token(address)

    answer = call(FINISH_RECOVERY, body={"token": token, "password": NEW, **QUESTION})

    assert answer.status == 200
    assert identity_of(address)["security_question"] == "First car?"
    assert "accounts" not in identity_of(address)

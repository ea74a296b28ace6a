"""What a deployment chooses about new passwords and the security question (rule 13)."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from functions.accept import handler as accept_handler
from functions.preview import handler as preview_handler
from shared.settings import settings
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.aws_fixture import USER_POOL_ID
from tests.factories import ACCEPT, PREVIEW, acceptance, invited, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, wrong_fields

CHOSEN = {"PASSWORD_MIN_LENGTH": "15", "PASSWORD_COMPOSITION": "any", "SECURITY_QUESTION": "off"}
NO_QUESTION = {"security_question": None, "security_answer": None}


@pytest.fixture
def token() -> Iterator[str]:
    """A link of a deployment whose functions then start again, with other choices."""
    token = token_for(invited(an_account()))
    with pytest.MonkeyPatch.context() as environment:
        for name, value in CHOSEN.items():
            environment.setenv(name, value)
        start_again()
        pool: Any = {"UserPoolId": USER_POOL_ID}
        rules = aws_fixture.cognito.describe_user_pool(**pool)["UserPool"]["Policies"]
        kinds = dict.fromkeys(("RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols"), False)
        aws_fixture.cognito.update_user_pool(**pool, Policies={"PasswordPolicy": {"MinimumLength": 15, **kinds}})
        yield token
        aws_fixture.cognito.update_user_pool(**pool, Policies=rules)
    start_again()


def start_again() -> None:
    settings.cache_clear()
    for handler in (accept_handler, preview_handler):
        importlib.reload(handler)


def test_preview_shows_the_rules_of_the_deployment(token: str) -> None:
    shown = call(PREVIEW, body={"token": token}).body

    rules = shown["password_policy"]
    assert (rules["min_length"], rules["max_length"], rules["no_outer_spaces"]) == (15, 256, True)
    assert (rules["uppercase"], rules["lowercase"], rules["number"]) == (False, False, False)
    assert shown["security_question"] == "off"


def test_length_alone_is_enough_and_no_answer_is_kept(token: str) -> None:
    answer = call(ACCEPT, body=acceptance(token, password="nine lamps of oak", **NO_QUESTION))

    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    assert answer.status == 200
    assert answer.body["session"]
    assert "security_question" not in identity
    assert "security_answer" not in identity


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"password": "Trombone7"}, {"password"}),
        ({"password": "qazwsxedcrfvtgb"}, {"password"}),
        ({"password": "stonestonestone"}, {"password"}),
        ({"security_question": "Pet?", "security_answer": "Rex"}, {"security_question", "security_answer"}),
    ],
)
def test_what_the_deployment_does_not_take_is_named(token: str, given: dict[str, Any], fields: set[str]) -> None:
    with nothing_changes():
        answer = call(ACCEPT, body=acceptance(token, **{"password": "nine lamps of oak", **NO_QUESTION, **given}))

    assert wrong_fields(answer) == fields

"""Rule 18: a new password by a mailed link and the security answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.recover import handler
from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.domain.model.recoveries import MAX_WRONG_ANSWERS, RECOVERY_VALID_FOR
from shared.settings import settings
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.command_cases.effects import identity_of
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    FINISH_RECOVERY,
    HELP_RECOVERY,
    LEE_ADDRESS,
    ME,
    PASSWORD,
    PREVIEW_RECOVERY,
    a_user,
    acceptance,
    accepted,
    an_operator,
    invited,
    recovery_token,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile, refusing
from tests.functions.recovering import NEW, NOON, block, finish, mails
from tests.invoke import SignedIn
from tests.proofs import movable_clock

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_new_password_signs_in_and_ends_every_older_session() -> None:
    lee = a_user(an_account())
    before = identity_of(LEE_ADDRESS)
    refresh = aws_fixture.cognito.initiate_auth(
        ClientId=aws_fixture.USER_POOL_CLIENT_ID,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": LEE_ADDRESS, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["RefreshToken"]

    answer = finish(recovery_token(LEE_ADDRESS), security_answer=" rex THE third ")

    assert (answer.status, answer.body) == (200, {})
    assert open_cognito().sign_in(LEE_ADDRESS, NEW)
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD) is None
    since = identity_of(LEE_ADDRESS)["sessions_since"]
    assert since.endswith(".000Z")
    for session in ("", "some session"):
        old = SignedIn(LEE_ADDRESS, lee.signed_in.sub, signed_in_at=1, session=session)
        assert refused(call(ME, caller=old)) == (401, "unauthorized")
        assert refused(call(ACCESS, caller=old, account_id=ACCOUNT)) == (401, "unauthorized")
    assert call(ME, caller=SignedIn(LEE_ADDRESS, lee.signed_in.sub, signed_in_at=_seconds(since))).status == 200
    assert refused(call(ME, caller=SignedIn(LEE_ADDRESS, lee.signed_in.sub, signed_in_at=_seconds(since) - 1))) == (
        401,
        "unauthorized",
    )
    with pytest.raises(aws_fixture.cognito.exceptions.NotAuthorizedException):
        aws_fixture.cognito.initiate_auth(
            ClientId=aws_fixture.USER_POOL_CLIENT_ID,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": refresh},
        )
    assert before["security_answer"] == identity_of(LEE_ADDRESS)["security_answer"]


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def test_wrong_answer_counts_down_and_the_fifth_kills_the_link() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)

    answers = [finish(token, security_answer=f"Not {number}") for number in range(MAX_WRONG_ANSWERS)]
    dead = finish(token)

    assert [refused(answer) for answer in answers] == [(422, "wrong_answer")] * 5
    assert [answer.body["attempts_left"] for answer in answers] == [4, 3, 2, 1, 0]
    assert refused(dead) == (410, "recovery_expired")
    assert refused(call(PREVIEW_RECOVERY, body={"token": token})) == (410, "recovery_expired")
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD)
    assert "sign_in_lock" not in identity_of(LEE_ADDRESS)


def test_a_right_answer_is_taken_again_after_an_interruption_even_beside_four_wrong_ones() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)
    for number in range(MAX_WRONG_ANSWERS - 1):
        finish(token, security_answer=f"Not {number}")

    with refusing("cognito-idp", "AdminSetUserPassword", "TooManyRequestsException"):
        throttled = finish(token)
    answer = finish(token)

    assert refused(throttled) == (503, "busy")
    assert answer.status == 200
    assert open_cognito().sign_in(LEE_ADDRESS, NEW)
    assert len(mails("password_changed")) == 1


@pytest.mark.usefixtures("movable_from_noon")
def test_a_newer_link_that_is_asked_for_meanwhile_hinders_no_new_password() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)
    movable_clock.stand_at(NOON + timedelta(minutes=1))
    newer: list[str] = []

    def ask_again() -> None:
        newer.append(recovery_token(LEE_ADDRESS, by=an_operator()))

    with meanwhile("cognito-idp", "AdminSetUserPassword", ask_again):
        answer = finish(token)

    assert answer.status == 200
    assert open_cognito().sign_in(LEE_ADDRESS, NEW)
    assert identity_of(LEE_ADDRESS)["sessions_since"]
    assert len(mails("password_changed")) == 1
    assert call(PREVIEW_RECOVERY, body={"token": newer[0]}).status == 200


def test_an_operators_link_that_is_used_meanwhile_works_no_second_time() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS, by=an_operator())
    question = {"security_question": "First pet?", "security_answer": "Rex"}

    with meanwhile("dynamodb", "UpdateItem", lambda: finish(token, **question)):
        answer = finish(token, password="Trombone53", **question)

    assert refused(answer) == (410, "recovery_expired")
    assert open_cognito().sign_in(LEE_ADDRESS, NEW)


def test_link_works_once() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)
    finish(token)

    with nothing_changes():
        again = [finish(token, password=password) for password in (NEW, "Trombone53")]

    assert [refused(answer) for answer in again] == [(410, "recovery_expired")] * 2


@pytest.mark.usefixtures("movable_from_noon")
@pytest.mark.parametrize(
    ("after", "code"), [(RECOVERY_VALID_FOR - timedelta(seconds=1), None), (RECOVERY_VALID_FOR, "recovery_expired")]
)
def test_link_works_for_half_an_hour(after: timedelta, code: str | None) -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)

    movable_clock.stand_at(NOON + after)

    assert call(PREVIEW_RECOVERY, body={"token": token}).code == code
    assert finish(token).code == code


def test_preview_tells_what_the_link_asks_for_and_changes_nothing() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)

    with nothing_changes():
        answer = call(PREVIEW_RECOVERY, body={"token": token})

    asked = {name: answer.body[name] for name in ("email", "locale", "security_question", "new_question")}
    assert asked == {"email": LEE_ADDRESS, "locale": "en", "security_question": "First pet?", "new_question": "off"}
    assert answer.body["password_policy"]["min_length"] == 7


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"password": "short"}, {"password"}),
        ({"password": "Password1"}, {"password"}),
        ({"password": "Sherron11"}, {"password"}),
        ({"password": " Trombone52"}, {"password"}),
        ({"security_answer": None}, {"security_answer"}),
        ({"security_question": "Another?"}, {"security_question"}),
    ],
)
def test_bad_request_uses_no_answer_up(changed: dict[str, Any], fields: set[str]) -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)

    with nothing_changes():
        assert wrong_fields(finish(token, **changed)) == fields


@pytest.mark.parametrize("body", [{}, {"password": 7}, {"password": NEW, "zebra": 1}])
def test_a_dead_link_is_told_before_what_is_wrong_with_the_request(body: dict[str, Any]) -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)

    def refusals() -> list[tuple[int, str | None]]:
        with nothing_changes():
            return [refused(call(FINISH_RECOVERY, body={"token": each, **body})) for each in (token, f"{token}x")]

    while_live = refusals()
    finish(token)

    assert while_live == [(422, "invalid_request"), (404, "recovery_not_found")]
    assert refusals() == [(410, "recovery_expired"), (404, "recovery_not_found")]


def test_recovery_proves_the_mailbox_of_an_id_that_came_by_a_copied_link() -> None:
    accepted(token_for(invited(an_account()), channel=Channel.COPIED))
    assert identity_of(LEE_ADDRESS)["proven"] is False

    assert finish(recovery_token(LEE_ADDRESS)).status == 200

    assert identity_of(LEE_ADDRESS)["proven"] is True
    assert "home_account" not in identity_of(LEE_ADDRESS)
    in_pool = aws_fixture.cognito.admin_get_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=LEE_ADDRESS)
    assert {"Name": "email_verified", "Value": "true"} in in_pool["UserAttributes"]


def test_blocked_identity_recovers_nothing() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)
    block(LEE_ADDRESS)

    assert refused(finish(token)) == (410, "recovery_expired")
    assert refused(call(HELP_RECOVERY, caller=an_operator(), email=LEE_ADDRESS)) == (409, "identity_blocked")
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD)


def test_without_security_questions_the_mailed_link_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    a_user(an_account())
    monkeypatch.setattr(handler, "_RULES", settings().id_rules._replace(asks_question=False))
    token = recovery_token(LEE_ADDRESS)

    preview = call(PREVIEW_RECOVERY, body={"token": token})
    with_answer = finish(token)
    answer = call(FINISH_RECOVERY, body={"token": token, "password": NEW})

    assert (preview.body["security_question"], preview.body["new_question"]) == (None, "off")
    assert wrong_fields(with_answer) == {"security_answer"}
    assert answer.status == 200


def test_invitation_token_is_no_recovery_token() -> None:
    ann = an_account()
    user = invited(ann)
    kim = a_user(ann, "kim@example.org")

    for body in ({"token": token_for(user)}, {"token": recovery_token(kim.address).replace("recovery", "mailed")}):
        assert refused(call(PREVIEW_RECOVERY, body=body)) == (404, "recovery_not_found")
    assert refused(call(ACCEPT, body=acceptance(recovery_token(LEE_ADDRESS)))) == (404, "invitation_not_found")


def test_a_link_whose_recovery_is_forgotten_is_expired() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)
    [row] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "recovery"]
    key = {name: {"S": row[name]} for name in ("pk", "sk")}
    aws_fixture.dynamodb.delete_item(TableName=aws_fixture.physical(DIRECTORY), Key=key)

    assert refused(call(PREVIEW_RECOVERY, body={"token": token})) == (410, "recovery_expired")
    assert refused(finish(token)) == (410, "recovery_expired")

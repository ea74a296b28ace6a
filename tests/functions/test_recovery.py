"""Rule 18: a new password by a mailed link and the security answer, or with an operator's help."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.domain.model.recoveries import MAX_ANSWERS, VALID_FOR
from shared.domain.policy.rate_limits import MAX_RECOVERIES_PER_DAY, MIN_INTERVAL
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture, clock
from tests.aws_recorder import Exchange, listening
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    FINISH_RECOVERY,
    HELP_RECOVERY,
    ME,
    PASSWORD,
    PREVIEW_RECOVERY,
    START_RECOVERY,
    a_user,
    acceptance,
    accepted,
    an_operator,
    delivered,
    invited,
    recovery_token,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.invoke import Answer, SignedIn
from tests.proofs import movable_clock

LEE = "lee@example.org"
NEW, ANSWER = "Trombone52", "Rex the third"
NOON = clock.next_noon()
QUESTION = {"security_question": "First car?", "security_answer": "A yellow one"}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.clock.time.sleep", lambda _: None)


def finish(token: str, **changed: Any) -> Answer:
    return call(FINISH_RECOVERY, body={"token": token, "security_answer": ANSWER, "password": NEW} | changed)


def the_identity(address: str = LEE) -> dict[str, Any]:
    [found] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == address]
    return found


def mails(kind: str) -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(MAIL) if row["kind"] == kind]


@pytest.fixture
def _movable() -> Iterator[None]:
    movable_clock.install()
    movable_clock.stand_at(NOON)
    yield
    movable_clock.uninstall()


def test_new_password_signs_in_and_ends_every_older_session() -> None:
    lee = a_user(an_account())
    before = the_identity()
    refresh = aws_fixture.cognito.initiate_auth(
        ClientId=aws_fixture.USER_POOL_CLIENT_ID,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": LEE, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["RefreshToken"]

    answer = finish(recovery_token(LEE), security_answer=" rex THE third ")

    assert (answer.status, answer.body) == (200, {})
    assert open_cognito().sign_in(LEE, NEW)
    assert open_cognito().sign_in(LEE, PASSWORD) is None
    since = the_identity()["sessions_since"]
    assert since.endswith(".000Z")
    for session in ("", "some session"):
        old = SignedIn(LEE, lee.signed_in.sub, signed_in_at=1, session=session)
        assert refused(call(ME, caller=old)) == (401, "unauthorized")
        assert refused(call(ACCESS, caller=old, account_id=ACCOUNT)) == (401, "unauthorized")
    assert call(ME, caller=SignedIn(LEE, lee.signed_in.sub, signed_in_at=_seconds(since))).status == 200
    assert refused(call(ME, caller=SignedIn(LEE, lee.signed_in.sub, signed_in_at=_seconds(since) - 1))) == (
        401,
        "unauthorized",
    )
    with pytest.raises(aws_fixture.cognito.exceptions.NotAuthorizedException):
        aws_fixture.cognito.initiate_auth(
            ClientId=aws_fixture.USER_POOL_CLIENT_ID,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": refresh},
        )
    assert before["security_answer"] == the_identity()["security_answer"]


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def test_person_is_mailed_the_link_and_then_that_the_password_was_changed() -> None:
    a_user(an_account())
    call(START_RECOVERY, body={"email": LEE.upper()})

    [link] = [mail for mail in delivered() if "new password" in mail["Subject"]]
    [text] = [part.get_content() for part in link.walk() if part.get_content_type() == "text/plain"]
    token = text.partition("/console/recovery#")[2].split()[0]
    assert finish(token).status == 200

    subjects = [mail["Subject"] for mail in delivered() if mail["To"] == "Lee Sherron <lee@example.org>"]
    assert {"Choose a new password for Usher", "Your password for Usher was changed"} <= set(subjects)


@pytest.mark.parametrize("address", [LEE, "nobody@example.org", "blocked@example.org"])
def test_start_asks_the_same_of_aws_for_every_address(address: str) -> None:
    ann = an_account()
    a_user(ann)
    a_user(ann, "blocked@example.org")
    block("blocked@example.org")
    asked: list[Exchange] = []

    with listening(asked.append):
        answer = call(START_RECOVERY, body={"email": address})

    assert (answer.status, answer.body) == (202, {})
    assert [exchange.operation for exchange in asked] == ["BatchGetItem", "TransactWriteItems"]
    assert aws_fixture.physical(IDENTITIES) not in str([exchange.text for exchange in asked])
    delivered()
    [mail] = mails("recovery")
    assert mail["state"] == ("sent" if address == LEE else "skipped")


def block(address: str) -> None:
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(IDENTITIES),
        Key={"pk": {"S": the_identity(address)["pk"]}},
        UpdateExpression="SET blocked = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )


@pytest.mark.usefixtures("_movable")
def test_address_gets_a_link_a_minute_and_five_a_day_and_the_answer_never_tells() -> None:
    a_user(an_account())
    sent, now = [], NOON

    for wait in [timedelta(0), MIN_INTERVAL - timedelta(seconds=1), timedelta(seconds=1), *[MIN_INTERVAL] * 5]:
        now += wait
        movable_clock.stand_at(now)
        assert (call(START_RECOVERY, body={"email": LEE}).status, wait) == (202, wait)
        sent.append(len(mails("recovery")))
    movable_clock.stand_at(NOON + timedelta(hours=13))
    call(START_RECOVERY, body={"email": LEE})

    assert sent == [1, 1, 2, 3, 4, 5, 5, 5]
    assert MAX_RECOVERIES_PER_DAY == 5
    assert len(mails("recovery")) == 6


def test_wrong_answer_counts_down_and_the_fifth_kills_the_link() -> None:
    a_user(an_account())
    token = recovery_token(LEE)

    answers = [finish(token, security_answer=f"Not {number}") for number in range(MAX_ANSWERS)]
    dead = finish(token)

    assert [refused(answer) for answer in answers] == [(422, "wrong_answer")] * 5
    assert [answer.body["attempts_left"] for answer in answers] == [4, 3, 2, 1, 0]
    assert refused(dead) == (410, "recovery_expired")
    assert refused(call(PREVIEW_RECOVERY, body={"token": token})) == (410, "recovery_expired")
    assert open_cognito().sign_in(LEE, PASSWORD)
    assert "sign_in_lock" not in the_identity()


def test_link_works_once() -> None:
    a_user(an_account())
    token = recovery_token(LEE)
    finish(token)

    with nothing_changes():
        again = [finish(token, password=password) for password in (NEW, "Trombone53")]

    assert [refused(answer) for answer in again] == [(410, "recovery_expired")] * 2


@pytest.mark.usefixtures("_movable")
@pytest.mark.parametrize(("after", "code"), [(VALID_FOR - timedelta(seconds=1), None), (VALID_FOR, "recovery_expired")])
def test_link_works_for_half_an_hour(after: timedelta, code: str | None) -> None:
    a_user(an_account())
    token = recovery_token(LEE)

    movable_clock.stand_at(NOON + after)

    assert call(PREVIEW_RECOVERY, body={"token": token}).code == code
    assert finish(token).code == code


@pytest.mark.usefixtures("_movable")
def test_newer_link_makes_the_one_before_worthless() -> None:
    a_user(an_account())
    first = recovery_token(LEE)
    movable_clock.stand_at(NOON + MIN_INTERVAL)
    second = recovery_token(LEE)

    assert first != second
    assert refused(finish(first)) == (410, "recovery_expired")
    assert finish(second).status == 200


def test_preview_tells_what_the_link_asks_for_and_changes_nothing() -> None:
    a_user(an_account())
    token = recovery_token(LEE)

    with nothing_changes():
        answer = call(PREVIEW_RECOVERY, body={"token": token})

    asked = {name: answer.body[name] for name in ("email", "locale", "security_question", "new_question")}
    assert asked == {"email": LEE, "locale": "en", "security_question": "First pet?", "new_question": "off"}
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
    token = recovery_token(LEE)

    with nothing_changes():
        assert wrong_fields(finish(token, **changed)) == fields


def test_recovery_proves_the_mailbox_of_an_id_that_came_by_a_copied_link() -> None:
    accepted(token_for(invited(an_account()), channel=Channel.COPIED))
    assert the_identity()["proven"] is False

    assert finish(recovery_token(LEE)).status == 200

    assert the_identity()["proven"] is True
    assert "home_account" not in the_identity()
    pool = aws_fixture.cognito.admin_get_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=LEE)["UserAttributes"]
    assert {"Name": "email_verified", "Value": "true"} in pool


def test_blocked_identity_recovers_nothing() -> None:
    a_user(an_account())
    token = recovery_token(LEE)
    block(LEE)

    assert refused(finish(token)) == (410, "recovery_expired")
    assert refused(call(HELP_RECOVERY, caller=an_operator(), email=LEE)) == (409, "identity_blocked")
    assert open_cognito().sign_in(LEE, PASSWORD)


def test_operators_help_takes_a_new_question_and_is_journaled() -> None:
    ann, operator = an_account(), an_operator()
    lee = a_user(ann)
    token = recovery_token(LEE, by=operator)

    preview = call(PREVIEW_RECOVERY, body={"token": token})
    without = finish(token)
    answer = finish(token, **QUESTION)

    assert (preview.body["security_question"], preview.body["new_question"]) == (None, "ask")
    assert wrong_fields(without) == {"security_question"}
    assert answer.status == 200
    assert the_identity()["security_question"] == "First car?"
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "identity.recovery_sent"]
    assert (entry["account_id"], entry["user_id"]) == (ACCOUNT, lee.user_id)
    assert entry["actor"].startswith("operator:")


@pytest.mark.usefixtures("_movable")
def test_answer_to_the_new_question_counts_from_then_on() -> None:
    a_user(an_account())
    finish(recovery_token(LEE, by=an_operator()), **QUESTION)
    movable_clock.stand_at(NOON + MIN_INTERVAL)
    token = recovery_token(LEE)

    assert refused(finish(token, password="Trombone54")) == (422, "wrong_answer")
    assert finish(token, password="Trombone54", security_answer="a YELLOW one").status == 200


@pytest.mark.usefixtures("_movable")
def test_asking_again_keeps_what_an_operator_has_allowed() -> None:
    a_user(an_account())
    recovery_token(LEE, by=an_operator())
    movable_clock.forward(MIN_INTERVAL)

    assert finish(recovery_token(LEE), **QUESTION).status == 200


def test_operators_help_has_the_limits_of_the_address_and_needs_an_id() -> None:
    a_user(an_account())
    operator = an_operator()
    recovery_token(LEE)

    assert refused(call(HELP_RECOVERY, caller=operator, email=LEE)) == (429, "rate_limited")
    for address in ("nobody@example.org", "no address"):
        assert refused(call(HELP_RECOVERY, caller=operator, email=address)) == (404, "not_found")


def test_only_operators_help() -> None:
    ann = an_account()

    assert refused(call(HELP_RECOVERY, caller=ann.signed_in, email=ann.address)) == (403, "not_allowed")


def test_without_security_questions_the_mailed_link_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    from functions.recover import handler  # noqa: PLC0415

    a_user(an_account())
    monkeypatch.setattr(handler, "_ASKS_QUESTION", False)
    token = recovery_token(LEE)

    preview = call(PREVIEW_RECOVERY, body={"token": token})
    with_answer = finish(token)
    answer = call(FINISH_RECOVERY, body={"token": token, "password": NEW})

    assert (preview.body["security_question"], preview.body["new_question"]) == (None, "off")
    assert wrong_fields(with_answer) == {"security_answer"}
    assert answer.status == 200


def test_id_without_a_question_is_given_one() -> None:
    an_operator()
    address = "operator@usher.example"
    token = recovery_token(address)

    answer = call(FINISH_RECOVERY, body={"token": token, "password": NEW, **QUESTION})

    assert answer.status == 200
    assert the_identity(address)["security_question"] == "First car?"
    assert "accounts" not in the_identity(address)


def test_recovery_and_what_is_stored_hold_no_token_and_no_address() -> None:
    a_user(an_account())
    token = recovery_token(LEE)

    stored = str([row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "recovery"] + mails("recovery"))

    assert token[-43:] not in stored
    assert LEE not in stored


def test_invitation_token_is_no_recovery_token() -> None:
    ann = an_account()
    user = invited(ann)
    kim = a_user(ann, "kim@example.org")

    for body in ({"token": token_for(user)}, {"token": recovery_token(kim.address).replace("recovery", "mailed")}):
        assert refused(call(PREVIEW_RECOVERY, body=body)) == (404, "recovery_not_found")
    assert refused(call(ACCEPT, body=acceptance(recovery_token(LEE)))) == (404, "invitation_not_found")

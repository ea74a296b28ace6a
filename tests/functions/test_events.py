"""The sample events: one for each function, replayed as they are but for ids and tokens."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.catalog import CATALOG, Function
from shared.storage_schema import DIRECTORY, MAIL
from tests import aws_fixture
from tests.factories import ACCOUNT, a_partner, a_user, an_operator, delivered, invited, recovery_token, token_for
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import require_described
from tests.invoke import Answer, Context, handler_of
from tests.table_edits import overdue, sent_before, user_row

EVENTS = Path(__file__).parents[2] / "events"


def replayed(function: Function, **words: str) -> Any:
    """What the function answers to its sample, with each `<word>` in it filled in."""
    text = (EVENTS / f"{function.name}.json").read_text("utf-8")
    for word, value in words.items():
        text = text.replace(f"<{word}>", value)
    event = json.loads(text)
    return handler_of(function.name)(event, Context(remaining=50_000)), event


def test_there_is_one_sample_for_each_function() -> None:
    samples = {file.name for file in EVENTS.iterdir()}

    assert samples == {f"{function.name}.json" for function in CATALOG}


@pytest.mark.parametrize("function", [each for each in CATALOG if each.routes], ids=lambda function: function.name)
def test_each_sample_of_a_route_is_answered_with_success(function: Function) -> None:
    ann, zoe = two_accounts()
    other = a_user(ann, "other@example.org")
    known = other if function.name == "join" else None
    user = invited(zoe, known.address if known else "new@example.org", account_id="zz999")
    caller = a_partner(ann) if function.name == "leave" else ann
    operator, waiting = an_operator(), sent_before(invited(ann, "waiting@example.org"))

    answer, event = replayed(
        function,
        caller=caller.address,
        sub=caller.signed_in.sub,
        invitee=other.address,
        invitee_sub=other.signed_in.sub,
        operator=operator.username,
        operator_sub=operator.sub,
        user_id=other.user_id,
        caller_id=ann.user_id,
        waiting_id=waiting["user_id"],
        expired_token=token_for(overdue(invited(zoe, "late@example.org", account_id="zz999"))),
        token=token_for(user),
        recovery_token=recovery_token(ann.address),
    )

    made = Answer(answer["statusCode"], answer["headers"], answer["body"])
    assert made.status in {200, 201, 202}, made.text
    assert event["routeKey"] in function.routes
    require_described(event["routeKey"], made)


def by_name(name: str) -> Function:
    return next(function for function in CATALOG if function.name == name)


def test_the_sample_of_the_sweep_expires_what_is_due() -> None:
    user = overdue(invited(an_account()))

    replayed(by_name("expire"))

    assert user_row(user["user_id"])["status"] == "expired"


def test_the_sample_of_the_outbox_sends_a_mail() -> None:
    user = invited(an_account())
    [mail] = [row for row in aws_fixture.items(MAIL) if row["user_id"] == user["user_id"]]

    answer, _ = replayed(by_name("send_mail"), mail_id=mail["pk"], user_id=user["user_id"])

    assert answer == {"batchItemFailures": []}
    assert [sent["To"] for sent in delivered() if "lee@" in sent["To"]] == ["Lee Sherron <lee@example.org>"]


def test_the_sample_of_ses_is_a_bounce() -> None:
    user = invited(an_account())
    [mail] = [row for row in aws_fixture.items(MAIL) if row["user_id"] == user["user_id"]]

    replayed(by_name("track_delivery"), mail_id=mail["pk"])

    assert user_row(user["user_id"])["invitation"]["delivery"] == "bounced"


def test_the_sample_of_the_journal_is_published() -> None:
    answer, _ = replayed(by_name("publish_events"))

    [message] = aws_fixture.sqs.receive_message(QueueUrl=aws_fixture.WATCHED)["Messages"]
    assert answer == {"batchItemFailures": []}
    assert json.loads(message["Body"])["detail-type"] == "user.joined"


def test_no_sample_holds_what_could_be_used() -> None:
    texts = {file.name: file.read_text("utf-8") for file in EVENTS.iterdir()}

    assert [name for name, text in texts.items() if "v1.ab" in text or "AKIA" in text] == []
    assert [row for row in aws_fixture.items(DIRECTORY) if row["pk"] == ACCOUNT] == []

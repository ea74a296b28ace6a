"""Rule 18: the password reset link is asked for, mailed and limited, and the answer never tells who has an ID."""

from datetime import timedelta

import pytest

from shared.domain.policy.rate_limits import MAX_RECOVERIES_PER_DAY, MIN_INTERVAL
from shared.storage_schema import DIRECTORY, IDENTITIES
from tests import aws_fixture
from tests.aws_recorder import Exchange, listening
from tests.factories import LEE_ADDRESS, START_RECOVERY, a_user, deliver_queued, delivered, recovery_token
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, refused
from tests.functions.recovering import NOON, block, finish, mails
from tests.proofs import movable_clock

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_person_is_mailed_the_link_and_then_that_the_password_was_changed() -> None:
    a_user(an_account())
    call(START_RECOVERY, body={"email": LEE_ADDRESS.upper()})

    [link] = [mail for mail in delivered() if "new password" in mail["Subject"]]
    [text] = [part.get_content() for part in link.walk() if part.get_content_type() == "text/plain"]
    token = text.partition("/console/recovery#")[2].split()[0]
    assert finish(token).status == 200

    subjects = [mail["Subject"] for mail in delivered() if mail["To"] == "Lee Sherron <lee@example.org>"]
    assert {"Choose a new password for Usher", "Your password for Usher was changed"} <= set(subjects)


@pytest.mark.parametrize("address", [LEE_ADDRESS, "nobody@example.org", "blocked@example.org"])
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
    assert mail["state"] == ("sent" if address == LEE_ADDRESS else "skipped")


@pytest.mark.usefixtures("movable_from_noon")
def test_address_gets_a_link_a_minute_and_five_a_day_and_the_answer_never_tells() -> None:
    a_user(an_account())
    sent, now = [], NOON

    for wait in [timedelta(0), MIN_INTERVAL - timedelta(seconds=1), timedelta(seconds=1), *[MIN_INTERVAL] * 5]:
        now += wait
        movable_clock.stand_at(now)
        assert (call(START_RECOVERY, body={"email": LEE_ADDRESS}).status, wait) == (202, wait)
        sent.append(len(mails("recovery")))
    movable_clock.stand_at(NOON + timedelta(hours=13))
    call(START_RECOVERY, body={"email": LEE_ADDRESS})

    assert sent == [1, 1, 2, 3, 4, 5, 5, 5]
    assert MAX_RECOVERIES_PER_DAY == 5
    assert len(mails("recovery")) == 6


@pytest.mark.usefixtures("movable_from_noon")
def test_newer_link_makes_the_one_before_worthless() -> None:
    a_user(an_account())
    first = recovery_token(LEE_ADDRESS)
    movable_clock.stand_at(NOON + MIN_INTERVAL)
    second = recovery_token(LEE_ADDRESS)

    assert first != second
    assert refused(finish(first)) == (410, "recovery_expired")
    assert finish(second).status == 200


@pytest.mark.usefixtures("movable_from_noon")
def test_link_that_was_replaced_or_used_before_its_mail_went_out_is_not_mailed() -> None:
    a_user(an_account())
    recovery_token(LEE_ADDRESS)
    movable_clock.stand_at(NOON + MIN_INTERVAL)
    second = recovery_token(LEE_ADDRESS)
    deliver_queued()
    after_a_newer_one = sorted(mail["state"] for mail in mails("recovery"))

    movable_clock.stand_at(NOON + 2 * MIN_INTERVAL)
    third = recovery_token(LEE_ADDRESS)
    assert finish(third).status == 200
    deliver_queued()

    assert second != third
    assert after_a_newer_one == ["sent", "skipped"]
    assert sorted(mail["state"] for mail in mails("recovery")) == ["sent", "skipped", "skipped"]


def test_recovery_and_what_is_stored_hold_no_token_and_no_address() -> None:
    a_user(an_account())
    token = recovery_token(LEE_ADDRESS)

    stored = str([row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "recovery"] + mails("recovery"))

    assert token[-43:] not in stored
    assert LEE_ADDRESS not in stored

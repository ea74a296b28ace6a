"""Delivery events of a mail that are written again after a failure, or come while something else changes the user."""

import pytest
from botocore.exceptions import ClientError

from shared.storage_schema import DIRECTORY, MAIL
from tests import aws_fixture, factories
from tests.delivery_events import delivery_event
from tests.factories import ACCOUNT, accepted, invited, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call
from tests.functions.deliveries import a_sent_invitation, delivery_of, entries, mail_id_of, subjects
from tests.functions.faults import losing_answers, meanwhile, refusing
from tests.invoke import wake
from tests.table_edits import remind_now, sent_before, set_user, user_row


def test_an_event_that_could_not_be_written_is_written_when_it_comes_again() -> None:
    _, user, mail_id = a_sent_invitation()

    with refusing("dynamodb", "TransactWriteItems", "AccessDeniedException"), pytest.raises(ClientError):
        wake("track_delivery", delivery_event(mail_id, "Complaint"))
    wake("track_delivery", delivery_event(mail_id, "Complaint"))

    assert delivery_of(user) == "complained"
    assert len(entries()) == 1


def test_an_answer_that_was_lost_is_no_failure() -> None:
    _, user, mail_id = a_sent_invitation()

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        wake("track_delivery", delivery_event(mail_id, "Bounce"))

    assert lost
    assert delivery_of(user) == "bounced"
    assert sum(row["kind"] == "bounced" for row in aws_fixture.items(MAIL)) == 1


def test_two_at_once_leave_the_later_event() -> None:
    _, user, mail_id = a_sent_invitation()

    def bounce() -> None:
        wake("track_delivery", delivery_event(mail_id, "Bounce"))

    with meanwhile("dynamodb", "TransactWriteItems", bounce):
        wake("track_delivery", delivery_event(mail_id, "Delivery"))

    assert delivery_of(user) == "bounced"
    assert [row["after"]["delivery"] for row in entries()] == ["bounced"]


def test_an_event_about_someone_who_joins_in_the_same_moment_changes_nothing() -> None:
    _, user, mail_id = a_sent_invitation()

    with meanwhile("dynamodb", "TransactWriteItems", lambda: accepted(token_for(user))):
        wake("track_delivery", delivery_event(mail_id, "Bounce"))

    assert user_row(user["user_id"])["status"] == "active"
    assert entries() == []
    assert not any(row["kind"] == "bounced" for row in aws_fixture.items(MAIL))


def test_an_event_does_not_disturb_a_command_that_goes_on_meanwhile() -> None:
    _, user, mail_id = a_sent_invitation()

    def bounce() -> None:
        wake("track_delivery", delivery_event(mail_id, "Bounce"))

    with meanwhile("dynamodb", "TransactWriteItems", bounce):
        answer = accepted(token_for(user))

    assert answer.status == 200
    assert answer.body["user"]["status"] == "active"


def test_an_event_is_not_written_over_by_a_reminder_that_was_decided_before() -> None:
    _, user, mail_id = a_sent_invitation()
    remind_now(user)

    def bounce() -> None:
        wake("track_delivery", delivery_event(mail_id, "Bounce"))

    with meanwhile("dynamodb", "TransactWriteItems", bounce):
        wake("expire")

    invitation = user_row(user["user_id"])["invitation"]
    assert (invitation["delivery"], invitation["reminded"]) == ("bounced", True)


def test_a_new_link_begins_anew_whatever_is_heard_of_the_old_one_meanwhile() -> None:
    ann = an_account()
    user = sent_before(invited(ann))
    mail_id = mail_id_of(user)

    with meanwhile(
        "dynamodb", "TransactWriteItems", lambda: wake("track_delivery", delivery_event(mail_id, "Delivery"))
    ):
        call(factories.RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])

    invitation = user_row(user["user_id"])["invitation"]
    assert (invitation["generation"], invitation["delivery"]) == (2, "queued")


def test_a_bounced_mail_is_not_told_of_someone_who_has_joined_meanwhile() -> None:
    _, user, mail_id = a_sent_invitation()
    wake("track_delivery", delivery_event(mail_id, "Bounce"))
    set_user(user, status="active")

    assert "couldn’t deliver" not in " ".join(subjects("ann@example.org"))
    assert [
        row["user_id"]
        for row in aws_fixture.items(DIRECTORY)
        if row["sk"].startswith("user#") and row["status"] == "active"
    ]

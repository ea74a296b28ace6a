from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture, factories
from tests.domain_factories import overdue, remind_now, sent_before, set_in, set_user, user_row
from tests.factories import (
    ACCOUNT,
    ActiveUser,
    accepted,
    an_operator,
    deliver_queued,
    delivered,
    invited,
    news_of,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes
from tests.functions.faults import losing_answers, meanwhile, refusing
from tests.invoke import wake


def a_sent_invitation(**fields: Any) -> tuple[ActiveUser, dict[str, Any], str]:
    """An administrator, whom they invited, and the id of the mail that has gone out."""
    ann = an_account()
    user = invited(ann, **fields)
    deliver_queued()
    return ann, user, mail_id_of(user)


def mail_id_of(user: dict[str, Any], kind: str = "invitation") -> str:
    [mail] = [row for row in aws_fixture.items(MAIL) if row["user_id"] == user["user_id"] and row["kind"] == kind]
    return str(mail["pk"])


def delivery_of(user: dict[str, Any]) -> str:
    return str(user_row(user["user_id"])["invitation"]["delivery"])


def entries() -> list[dict[str, Any]]:
    return [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.delivery_changed"]


def subjects(address: str) -> Iterator[str]:
    return (mail["Subject"] for mail in delivered() if address in mail["To"])


@pytest.mark.parametrize(
    ("event", "shown"),
    [("Delivery", "delivered"), ("Bounce", "bounced"), ("Complaint", "complained"), ("Reject", "failed")],
)
def test_what_ses_tells_is_shown_on_the_invitation_and_in_the_journal(event: str, shown: str) -> None:
    ann, user, mail_id = a_sent_invitation()
    before = user_row(user["user_id"])

    wake("track_delivery", news_of(mail_id, event))

    seen = call(factories.USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body
    listed = call(factories.JOURNAL, caller=ann.signed_in, account_id=ACCOUNT).body["data"]
    assert (seen["invitation"]["delivery"], seen["status"], seen["version"]) == (shown, "invited", 1)
    assert user_row(user["user_id"]) | {"invitation": 0} == before | {"invitation": 0}
    assert listed[0]["type"] == "invitation.delivery_changed"
    assert (listed[0]["before"], listed[0]["after"]) == ({"delivery": "sent"}, {"delivery": shown})


def test_a_mail_whose_sender_died_is_shown_as_sent_once_ses_says_so() -> None:
    user = invited(an_account())

    wake("track_delivery", news_of(mail_id_of(user), "Send"))

    assert delivery_of(user) == "sent"
    assert entries() == []


def test_a_bounce_keeps_the_seat_and_the_inviter_is_told() -> None:
    _, user, mail_id = a_sent_invitation()

    wake("track_delivery", news_of(mail_id, "Bounce"))

    assert user_row(user["user_id"])["holds_seat"] is True
    assert list(subjects("ann@example.org"))[-1] == "We couldn’t deliver Lee Sherron’s invitation to Account ab123"


@pytest.mark.parametrize("kind", ["Transient", "Undetermined"])
def test_a_bounce_that_may_pass_is_no_bounce(kind: str) -> None:
    _, _, mail_id = a_sent_invitation()

    with nothing_changes():
        wake("track_delivery", news_of(mail_id, "Bounce", bounceType=kind))


@pytest.mark.parametrize("order", [*permutations(["Send", "Delivery", "Bounce"])])
def test_news_in_any_order_and_twice_leave_the_same_and_tell_the_inviter_once(order: tuple[str, ...]) -> None:
    _, user, mail_id = a_sent_invitation()

    for event in (*order, *order):
        wake("track_delivery", news_of(mail_id, event))

    assert delivery_of(user) == "bounced"
    assert [row["after"]["delivery"] for row in entries()].count("bounced") == 1
    assert sum(row["kind"] == "bounced" for row in aws_fixture.items(MAIL)) == 1


def test_after_a_complaint_no_mail_goes_to_that_address_in_any_account() -> None:
    _, _, mail_id = a_sent_invitation()
    zoe = an_account("zz999", admin="zoe@example.org")
    deliver_queued()

    wake("track_delivery", news_of(mail_id, "Complaint"))
    again = invited(zoe, account_id="zz999")
    before = len(delivered())
    deliver_queued()

    [waiting] = [row for row in aws_fixture.items(MAIL) if row["user_id"] == again["user_id"]]
    assert waiting["state"] == "suppressed"
    assert [row["after"]["delivery"] for row in entries()] == ["complained"]
    assert (again["invitation"]["delivery"], delivery_of(again)) == ("failed", "failed")
    assert len(delivered()) == before


def test_resending_to_a_mailbox_that_complained_says_at_once_that_no_mail_will_arrive() -> None:
    ann, user, mail_id = a_sent_invitation()
    wake("track_delivery", news_of(mail_id, "Complaint"))

    answer = call(factories.RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=sent_before(user)["user_id"])

    assert (answer.status, answer.body["invitation"]["delivery"]) == (200, "failed")
    assert len(list(subjects("lee@example.org"))) == 1


@pytest.mark.parametrize("has_identity", [True, False])
def test_who_comes_in_by_a_mailed_link_gets_mail_again(has_identity: object) -> None:
    ann, user, mail_id = a_sent_invitation()
    if has_identity:
        zoe = an_account("zz999", admin="zoe@example.org")
        factories.a_user(zoe, account_id="zz999")
    wake("track_delivery", news_of(mail_id, "Complaint"))

    lee = factories.joined(ACCOUNT, user)
    call(factories.DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    assert "complained_at" not in identity
    assert [subject for subject in subjects("lee@example.org") if "access" in subject.casefold()]


def test_someone_who_was_only_notified_may_complain_too() -> None:
    ann, _, _ = a_sent_invitation(notify=["boss@example.org"])
    [mail] = [row["pk"] for row in aws_fixture.items(MAIL) if row["kind"] == "notify"]

    complained = news_of(mail, "Complaint")
    complained["detail"]["complaint"]["complainedRecipients"] = [{"emailAddress": "Boss@example.org"}]
    wake("track_delivery", complained)
    invited(ann, "kim@example.org", notify=["boss@example.org"])

    assert len(list(subjects("boss@example.org"))) == 1
    assert entries() == []


@pytest.mark.parametrize("event", ["Bounce", "Delivery"])
def test_the_delivery_of_a_mail_about_an_account_is_shown_nowhere(event: str) -> None:
    _, _, mail_id = a_sent_invitation()
    set_in(MAIL, {"pk": mail_id}, subject_type="account")

    with nothing_changes():
        wake("track_delivery", news_of(mail_id, event))


def test_who_complained_and_accepts_by_a_copied_link_is_still_left_in_peace() -> None:
    _, user, mail_id = a_sent_invitation()
    wake("track_delivery", news_of(mail_id, "Complaint"))

    answer = accepted(token_for(user, channel=Channel.COPIED))

    assert answer.status == 200
    assert len(list(subjects("lee@example.org"))) == 1
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    assert identity["complained_at"]


def test_who_says_that_the_mail_is_no_junk_has_not_complained() -> None:
    _, _, mail_id = a_sent_invitation()

    with nothing_changes():
        wake("track_delivery", news_of(mail_id, "Complaint", complaintFeedbackType="not-spam"))


def test_news_of_nothing_that_we_know_change_nothing() -> None:
    _, _, mail_id = a_sent_invitation()
    untagged = news_of(mail_id, "Bounce")
    del untagged["detail"]["mail"]["tags"]["mail_id"]

    with nothing_changes():
        wake("track_delivery", news_of("unknown", "Complaint"))
        wake("track_delivery", news_of(mail_id, "DeliveryDelay"))
        wake("track_delivery", untagged)


def test_news_of_an_older_link_are_not_the_new_ones() -> None:
    an_account()
    operator, names = an_operator(), {"first_name": "Lee", "last_name": "Sherron", "email": "lee@example.org"}
    user = call(factories.ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=names).body
    first = mail_id_of(sent_before(user))
    call(factories.ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=names)

    wake("track_delivery", news_of(first, "Bounce"))

    assert delivery_of(user) == "queued"


def test_a_late_bounce_is_still_shown_on_an_expired_invitation_but_not_on_an_accepted_one() -> None:
    ann, user, mail_id = a_sent_invitation()
    overdue(user)
    wake("expire")
    joined = invited(ann, "kim@example.org")
    deliver_queued()
    accepted(token_for(joined))

    wake("track_delivery", news_of(mail_id, "Bounce"))
    with nothing_changes():
        wake("track_delivery", news_of(mail_id_of(joined), "Bounce"))

    assert delivery_of(user) == "bounced"
    assert user_row(user["user_id"])["status"] == "expired"


def test_news_that_could_not_be_written_are_written_when_they_come_again() -> None:
    _, user, mail_id = a_sent_invitation()

    with refusing("dynamodb", "TransactWriteItems", "AccessDeniedException"), pytest.raises(ClientError):
        wake("track_delivery", news_of(mail_id, "Complaint"))
    wake("track_delivery", news_of(mail_id, "Complaint"))

    assert delivery_of(user) == "complained"
    assert len(entries()) == 1


def test_an_answer_that_was_lost_is_no_failure() -> None:
    _, user, mail_id = a_sent_invitation()

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        wake("track_delivery", news_of(mail_id, "Bounce"))

    assert lost
    assert delivery_of(user) == "bounced"
    assert sum(row["kind"] == "bounced" for row in aws_fixture.items(MAIL)) == 1


def test_two_at_once_leave_the_later_news() -> None:
    _, user, mail_id = a_sent_invitation()

    def bounce() -> None:
        wake("track_delivery", news_of(mail_id, "Bounce"))

    with meanwhile("dynamodb", "TransactWriteItems", bounce):
        wake("track_delivery", news_of(mail_id, "Delivery"))

    assert delivery_of(user) == "bounced"
    assert [row["after"]["delivery"] for row in entries()] == ["bounced"]


def test_news_of_someone_who_joins_in_the_same_moment_are_nobodys() -> None:
    _, user, mail_id = a_sent_invitation()

    with meanwhile("dynamodb", "TransactWriteItems", lambda: accepted(token_for(user))):
        wake("track_delivery", news_of(mail_id, "Bounce"))

    assert user_row(user["user_id"])["status"] == "active"
    assert entries() == []
    assert not any(row["kind"] == "bounced" for row in aws_fixture.items(MAIL))


def test_news_do_not_disturb_a_command_that_goes_on_meanwhile() -> None:
    _, user, mail_id = a_sent_invitation()

    def bounce() -> None:
        wake("track_delivery", news_of(mail_id, "Bounce"))

    with meanwhile("dynamodb", "TransactWriteItems", bounce):
        answer = accepted(token_for(user))

    assert answer.status == 200
    assert answer.body["user"]["status"] == "active"


def test_news_are_not_written_over_by_a_reminder_that_was_decided_before() -> None:
    _, user, mail_id = a_sent_invitation()
    remind_now(user)

    def bounce() -> None:
        wake("track_delivery", news_of(mail_id, "Bounce"))

    with meanwhile("dynamodb", "TransactWriteItems", bounce):
        wake("expire")

    invitation = user_row(user["user_id"])["invitation"]
    assert (invitation["delivery"], invitation["reminded"]) == ("bounced", True)


def test_a_new_link_begins_anew_whatever_is_heard_of_the_old_one_meanwhile() -> None:
    ann = an_account()
    user = sent_before(invited(ann))
    mail_id = mail_id_of(user)

    with meanwhile("dynamodb", "TransactWriteItems", lambda: wake("track_delivery", news_of(mail_id, "Delivery"))):
        call(factories.RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])

    invitation = user_row(user["user_id"])["invitation"]
    assert (invitation["generation"], invitation["delivery"]) == (2, "queued")


def test_a_bounced_mail_is_not_told_of_someone_who_has_joined_meanwhile() -> None:
    _, user, mail_id = a_sent_invitation()
    wake("track_delivery", news_of(mail_id, "Bounce"))
    set_user(user, status="active")

    assert "couldn’t deliver" not in " ".join(subjects("ann@example.org"))
    assert [
        row["user_id"]
        for row in aws_fixture.items(DIRECTORY)
        if row["sk"].startswith("user#") and row["status"] == "active"
    ]

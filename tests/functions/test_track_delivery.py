"""What SES tells of an invitation's mail is shown on the invitation, and the inviter is told of a bounce."""

from itertools import permutations

import pytest

from shared.storage_schema import MAIL
from tests import aws_fixture, factories
from tests.delivery_events import delivery_event
from tests.factories import ACCOUNT, accepted, an_operator, deliver_queued, invited, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes
from tests.functions.deliveries import a_sent_invitation, delivery_of, entries, mail_id_of, subjects
from tests.invoke import wake
from tests.table_edits import overdue, sent_before, set_in, user_row


@pytest.mark.parametrize(
    ("event", "shown"),
    [("Delivery", "delivered"), ("Bounce", "bounced"), ("Complaint", "complained"), ("Reject", "failed")],
)
def test_what_ses_tells_is_shown_on_the_invitation_and_in_the_journal(event: str, shown: str) -> None:
    ann, user, mail_id = a_sent_invitation()
    before = user_row(user["user_id"])

    wake("track_delivery", delivery_event(mail_id, event))

    seen = call(factories.USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body
    listed = call(factories.JOURNAL, caller=ann.signed_in, account_id=ACCOUNT).body["data"]
    assert (seen["invitation"]["delivery"], seen["status"], seen["version"]) == (shown, "invited", 1)
    assert user_row(user["user_id"]) | {"invitation": 0} == before | {"invitation": 0}
    assert listed[0]["type"] == "invitation.delivery_changed"
    assert (listed[0]["before"], listed[0]["after"]) == ({"delivery": "sent"}, {"delivery": shown})


def test_a_mail_whose_sender_died_is_shown_as_sent_once_ses_says_so() -> None:
    user = invited(an_account())

    wake("track_delivery", delivery_event(mail_id_of(user), "Send"))

    assert delivery_of(user) == "sent"
    assert entries() == []


def test_a_bounce_keeps_the_seat_and_the_inviter_is_told() -> None:
    _, user, mail_id = a_sent_invitation()

    wake("track_delivery", delivery_event(mail_id, "Bounce"))

    assert user_row(user["user_id"])["holds_seat"] is True
    assert list(subjects("ann@example.org"))[-1] == "We couldn’t deliver Lee Sherron’s invitation to Account ab123"


@pytest.mark.parametrize("kind", ["Transient", "Undetermined"])
def test_a_bounce_that_may_pass_is_no_bounce(kind: str) -> None:
    _, _, mail_id = a_sent_invitation()

    with nothing_changes():
        wake("track_delivery", delivery_event(mail_id, "Bounce", bounceType=kind))


@pytest.mark.parametrize("order", [*permutations(["Send", "Delivery", "Bounce"])])
def test_events_in_any_order_and_twice_leave_the_same_and_tell_the_inviter_once(order: tuple[str, ...]) -> None:
    _, user, mail_id = a_sent_invitation()

    for event in (*order, *order):
        wake("track_delivery", delivery_event(mail_id, event))

    assert delivery_of(user) == "bounced"
    assert [row["after"]["delivery"] for row in entries()].count("bounced") == 1
    assert sum(row["kind"] == "bounced" for row in aws_fixture.items(MAIL)) == 1


@pytest.mark.parametrize("event", ["Bounce", "Delivery"])
def test_the_delivery_of_a_mail_about_an_account_is_shown_nowhere(event: str) -> None:
    _, _, mail_id = a_sent_invitation()
    set_in(MAIL, {"pk": mail_id}, subject_type="account")

    with nothing_changes():
        wake("track_delivery", delivery_event(mail_id, event))


def test_events_about_nothing_that_we_know_change_nothing() -> None:
    _, _, mail_id = a_sent_invitation()
    untagged = delivery_event(mail_id, "Bounce")
    del untagged["detail"]["mail"]["tags"]["mail_id"]

    with nothing_changes():
        wake("track_delivery", delivery_event("unknown", "Complaint"))
        wake("track_delivery", delivery_event(mail_id, "DeliveryDelay"))
        wake("track_delivery", untagged)


def test_an_event_about_an_older_link_is_none_about_the_new_one() -> None:
    an_account()
    operator, names = an_operator(), {"first_name": "Lee", "last_name": "Sherron", "email": "lee@example.org"}
    user = call(factories.ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=names).body
    first = mail_id_of(sent_before(user))
    call(factories.ADMINISTRATORS, caller=operator, account_id=ACCOUNT, body=names)

    wake("track_delivery", delivery_event(first, "Bounce"))

    assert delivery_of(user) == "queued"


def test_a_late_bounce_is_shown_on_an_expired_invitation_not_on_an_accepted_one() -> None:
    ann, user, mail_id = a_sent_invitation()
    overdue(user)
    wake("expire")
    joined = invited(ann, "kim@example.org")
    deliver_queued()
    accepted(token_for(joined))

    wake("track_delivery", delivery_event(mail_id, "Bounce"))
    with nothing_changes():
        wake("track_delivery", delivery_event(mail_id_of(joined), "Bounce"))

    assert delivery_of(user) == "bounced"
    assert user_row(user["user_id"])["status"] == "expired"

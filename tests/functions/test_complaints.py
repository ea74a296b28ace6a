"""Who complains of a mail gets none any more, until they come in by a mailed link."""

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES, MAIL
from tests import aws_fixture, factories
from tests.delivery_events import delivery_event
from tests.factories import (
    ACCOUNT,
    accepted,
    an_operator,
    deliver_queued,
    delivered,
    invited,
    recovery_token,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes
from tests.functions.deliveries import a_sent_invitation, delivery_of, entries, subjects
from tests.functions.faults import meanwhile
from tests.invoke import wake
from tests.table_edits import sent_before


def test_after_a_complaint_no_mail_goes_to_that_address_in_any_account() -> None:
    _, _, mail_id = a_sent_invitation()
    zoe = an_account("zz999", admin="zoe@example.org")
    deliver_queued()

    wake("track_delivery", delivery_event(mail_id, "Complaint"))
    again = invited(zoe, account_id="zz999")
    before = len(delivered())
    deliver_queued()

    [waiting] = [row for row in aws_fixture.items(MAIL) if row["user_id"] == again["user_id"]]
    assert waiting["state"] == "suppressed"
    assert [row["after"]["delivery"] for row in entries()] == ["complained"]
    assert (again["invitation"]["delivery"], delivery_of(again)) == ("failed", "failed")
    assert len(delivered()) == before


def test_resending_after_a_complaint_reports_a_failed_delivery_at_once() -> None:
    ann, user, mail_id = a_sent_invitation()
    wake("track_delivery", delivery_event(mail_id, "Complaint"))

    answer = call(factories.RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=sent_before(user)["user_id"])

    assert (answer.status, answer.body["invitation"]["delivery"]) == (200, "failed")
    assert len(list(subjects("lee@example.org"))) == 1


@pytest.mark.parametrize("has_identity", [True, False])
def test_who_comes_in_by_a_mailed_link_gets_mail_again(has_identity: bool) -> None:
    ann, user, mail_id = a_sent_invitation()
    if has_identity:
        zoe = an_account("zz999", admin="zoe@example.org")
        factories.a_user(zoe, account_id="zz999")
    wake("track_delivery", delivery_event(mail_id, "Complaint"))

    lee = factories.joined(ACCOUNT, user)
    call(factories.DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    assert "complained_at" not in identity
    assert [subject for subject in subjects("lee@example.org") if "access" in subject.casefold()]


def test_someone_who_was_only_notified_may_complain_too() -> None:
    ann, _, _ = a_sent_invitation(notify=["boss@example.org"])
    [mail] = [row["pk"] for row in aws_fixture.items(MAIL) if row["kind"] == "notify"]

    complained = delivery_event(mail, "Complaint")
    complained["detail"]["complaint"]["complainedRecipients"] = [{"emailAddress": "Boss@example.org"}]
    wake("track_delivery", complained)
    invited(ann, "kim@example.org", notify=["boss@example.org"])

    assert len(list(subjects("boss@example.org"))) == 1
    assert entries() == []


def test_who_complained_and_accepts_by_a_copied_link_still_gets_no_mail() -> None:
    _, user, mail_id = a_sent_invitation()
    wake("track_delivery", delivery_event(mail_id, "Complaint"))

    answer = accepted(token_for(user, channel=Channel.COPIED))

    assert answer.status == 200
    assert len(list(subjects("lee@example.org"))) == 1
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    assert identity["complained_at"]


def test_a_complaint_while_a_copied_link_is_accepted_is_kept() -> None:
    _, user, mail_id = a_sent_invitation()

    with meanwhile(
        "cognito-idp", "AdminCreateUser", lambda: wake("track_delivery", delivery_event(mail_id, "Complaint"))
    ):
        answer = accepted(token_for(user, channel=Channel.COPIED))

    assert answer.status == 200
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    assert identity["complained_at"]


def test_who_says_that_the_mail_is_no_junk_has_not_complained() -> None:
    _, _, mail_id = a_sent_invitation()

    with nothing_changes():
        wake("track_delivery", delivery_event(mail_id, "Complaint", complaintFeedbackType="not-spam"))


@pytest.mark.parametrize("by_operator", [False, True])
def test_who_complained_and_forgets_the_password_is_helped(*, by_operator: bool) -> None:
    ann, user, mail_id = a_sent_invitation()
    by = an_operator() if by_operator else None
    factories.joined(ACCOUNT, user)
    wake("track_delivery", delivery_event(mail_id, "Complaint"))
    token = recovery_token("lee@example.org", by=by)
    deliver_queued()

    answer = call(
        factories.FINISH_RECOVERY,
        body={
            "token": token,
            "password": "Trombone52",
            **({"security_question": "Which dog?"} if by else {}),
            "security_answer": "Rex the third",
        },
    )
    deliver_queued()
    call(factories.DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"], body={})
    deliver_queued()

    assert answer.status == 200
    sent = [row["kind"] for row in aws_fixture.items(MAIL) if row["state"] == "sent"]
    assert {"recovery_help" if by else "recovery", "password_changed", "deactivated"} <= set(sent)


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize(("channel", "state"), [(Channel.COPIED, "suppressed"), (Channel.MAILED, "sent")])
def test_who_complained_hears_of_a_new_password_only_if_the_mailbox_was_proven(channel: Channel, state: str) -> None:
    """Who came by a copied link may be a stranger to the mailbox."""
    _, user, mail_id = a_sent_invitation()
    accepted(token_for(user, channel=channel))
    wake("track_delivery", delivery_event(mail_id, "Complaint"))
    body = {"current_password": factories.PASSWORD, "password": "Trombone52"}

    answer = call(factories.CHANGE_PASSWORD, caller=factories.signed_in("lee@example.org"), body=body)
    deliver_queued()

    assert answer.status == 200
    assert [row["state"] for row in aws_fixture.items(MAIL) if row["kind"] == "password_changed"] == [state]

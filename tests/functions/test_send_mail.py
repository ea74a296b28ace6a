from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.model.mails import MAX_ATTEMPTS
from shared.domain.model.values import iso
from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.factories import ACCOUNT, INVITE, LEE_BODY, deliver_queued, delivered, invited, stream_of
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import nothing_changes
from tests.functions.faults import captured_logs, log_lines, losing_answers, meanwhile, refusing
from tests.functions.mailing import PAST, a_queued_mail, mail_of, send_mail, to_lee
from tests.invoke import Context, call, handler_of, wake
from tests.table_edits import set_in, set_user, user_row


def test_a_queued_mail_is_sent_and_settled() -> None:
    _, user, mail = a_queued_mail()

    answer = send_mail(mail)

    settled = mail_of(user)
    assert answer == {"batchItemFailures": []}
    assert (settled["state"], settled["attempts"]) == ("sent", 1)
    assert not {"due", "due_at"} & set(settled)
    kept = datetime.fromtimestamp(settled["forget_at"], UTC) - datetime.now(UTC)
    assert timedelta(days=89) < kept < timedelta(days=91)
    assert len(to_lee()) == 1


def test_sending_sets_the_delivery_status_and_keeps_the_version() -> None:
    _, user, mail = a_queued_mail()
    before = user_row(user["user_id"])

    send_mail(mail)

    after = user_row(user["user_id"])
    assert (before["invitation"]["delivery"], after["invitation"]["delivery"]) == ("queued", "sent")
    assert after | {"invitation": 0} == before | {"invitation": 0}


def test_a_mail_names_the_request_that_queued_it() -> None:
    ann, context = an_account(), Context()

    call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=LEE_BODY, context=context)

    [invitation] = [mail for mail in delivered() if "lee@" in mail["To"]]
    assert invitation["X-Request-Id"] == context.aws_request_id


# ---- never twice ----


def test_a_repeated_record_sends_once() -> None:
    _, _, mail = a_queued_mail()

    send_mail(mail, times=3)
    send_mail(mail)
    wake("send_mail")

    assert len(to_lee()) == 1


def test_a_repeated_record_sends_once_even_if_nothing_can_be_settled() -> None:
    _, user, mail = a_queued_mail()

    with refusing("dynamodb", "TransactWriteItems", "InternalServerError", status=500):
        answer = send_mail(mail, times=3)
    meanwhile_state = mail_of(user)["state"]

    assert len(answer["batchItemFailures"]) == 1
    assert (meanwhile_state, len(to_lee())) == ("claimed", 1)


def test_a_mail_leased_by_another_sender_is_left_alone() -> None:
    _, _, mail = a_queued_mail()
    due_at = iso(datetime.now(UTC) + timedelta(seconds=60))
    set_in(MAIL, {"pk": mail["pk"]}, state="claimed", claimed_by="another", due_at=due_at)

    with nothing_changes():
        send_mail(mail)
        wake("send_mail")


def test_a_lost_response_to_the_claim_still_sends() -> None:
    _, user, mail = a_queued_mail()

    with losing_answers("dynamodb", "UpdateItem") as lost:
        send_mail(mail)

    assert lost
    assert (mail_of(user)["state"], len(to_lee())) == ("sent", 1)


# ---- never lost ----


def test_the_sweep_sends_a_due_mail_that_the_stream_dropped() -> None:
    _, user, mail = a_queued_mail()

    wake("send_mail")
    too_early = mail_of(user)["state"]
    set_in(MAIL, {"pk": mail["pk"]}, due_at=PAST)
    wake("send_mail")

    assert (too_early, mail_of(user)["state"], len(to_lee())) == ("queued", "sent", 1)


def test_the_sweep_takes_over_an_ended_lease() -> None:
    _, user, mail = a_queued_mail()
    set_in(MAIL, {"pk": mail["pk"]}, state="claimed", claimed_by="dead", due_at=PAST, attempts=1)

    wake("send_mail")

    assert (mail_of(user)["state"], mail_of(user)["attempts"], len(to_lee())) == ("sent", 2, 1)


def test_a_refused_mail_is_retried_with_backoff() -> None:
    _, user, mail = a_queued_mail()

    waits = []
    for _ in range(5):
        with refusing("sesv2", "SendEmail", "TooManyRequestsException", status=429, attempts=1):
            send_mail(mail)
        settled = mail_of(user)
        assert settled["state"] == "retry"
        waits.append((datetime.fromisoformat(settled["due_at"]) - datetime.now(UTC)).total_seconds() / 60)
        set_in(MAIL, {"pk": mail["pk"]}, due_at=PAST)
    wake("send_mail")

    assert [round(wait) for wait in waits] == [1, 2, 4, 8, 16]
    assert (mail_of(user)["state"], mail_of(user)["attempts"], len(to_lee())) == ("sent", 6, 1)
    assert user_row(user["user_id"])["invitation"]["delivery"] == "sent"


def test_a_mail_is_not_retried_before_it_is_due() -> None:
    _, _, mail = a_queued_mail()
    with refusing("sesv2", "SendEmail", "TooManyRequestsException", status=429, attempts=1):
        send_mail(mail)

    with nothing_changes():
        send_mail(mail)
        wake("send_mail")


def test_after_the_last_attempt_a_mail_fails() -> None:
    _, user, mail = a_queued_mail()
    set_in(MAIL, {"pk": mail["pk"]}, attempts=MAX_ATTEMPTS - 1, due_at=PAST)

    with refusing("sesv2", "SendEmail", "InternalFailure", status=500, attempts=1) as refused:
        wake("send_mail")
        wake("send_mail")

    assert refused == ["SendEmail"]
    assert (mail_of(user)["state"], "due" in mail_of(user)) == ("failed", False)
    assert user_row(user["user_id"])["invitation"]["delivery"] == "failed"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("BadRequestException", "Illegal address"),
        ("MessageRejected", "Message contains a virus."),
    ],
)
def test_a_mail_that_is_itself_at_fault_fails_at_once(code: str, message: str) -> None:
    _, user, mail = a_queued_mail()

    with refusing("sesv2", "SendEmail", code, message=message, attempts=1):
        send_mail(mail)

    assert (mail_of(user)["state"], mail_of(user)["attempts"]) == ("failed", 1)
    assert user_row(user["user_id"])["invitation"]["delivery"] == "failed"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("MessageRejected", "Email address is not verified. The following identities failed the check in region US"),
        ("MessageRejected", "Sending suspended for this account."),
        ("MailFromDomainNotVerifiedException", "The MAIL FROM domain is not verified"),
        ("SendingPausedException", "Sending is paused for configuration set"),
        ("AccountSuspendedException", "Your account is suspended"),
        ("AccessDeniedException", "User is not authorized to perform ses:SendEmail"),
        ("NotFoundException", "Configuration set does not exist"),
    ],
)
def test_a_refusal_that_an_operator_can_mend_loses_no_mail(code: str, message: str) -> None:
    _, user, mail = a_queued_mail()

    with refusing("sesv2", "SendEmail", code, message=message, attempts=1), captured_logs() as logs:
        send_mail(mail)
    refused = mail_of(user)
    set_in(MAIL, {"pk": mail["pk"]}, due_at=PAST)
    wake("send_mail")

    assert refused["state"] == "retry"
    assert (mail_of(user)["state"], len(to_lee())) == ("sent", 1)
    [line] = log_lines(logs, "mail not sent")
    assert (line["aws_code"], line["aws_operation"]) == (code, "SendEmail")


def test_a_failure_is_logged_without_an_address() -> None:
    _, _, mail = a_queued_mail()

    with refusing("sesv2", "SendEmail", "MessageRejected", attempts=1), captured_logs() as logs:
        send_mail(mail)

    assert "MessageRejected" in logs.getvalue()
    assert "example.org" not in logs.getvalue()


def test_the_log_names_the_request_that_queued_the_mail() -> None:
    ann = an_account()
    deliver_queued()
    with captured_logs() as logs:
        user = invited(ann)
    [answered] = log_lines(logs, "answered")

    with captured_logs() as logs:
        send_mail(mail_of(user))

    [mail] = log_lines(logs, "mail")
    assert mail["request_id"] == answered["request_id"]


def test_each_attempt_logs_how_long_the_mail_has_waited() -> None:
    _, _, mail = a_queued_mail()
    set_in(MAIL, {"pk": mail["pk"]}, queued_at=iso(datetime.now(UTC) - timedelta(minutes=12)))

    with refusing("sesv2", "SendEmail", "TooManyRequestsException", attempts=1), captured_logs() as logs:
        wake("send_mail", stream_of([mail["pk"]]))

    [logged] = log_lines(logs, "mail")
    assert (logged["state"], logged["paused"]) == ("retry", False)
    assert 720 <= logged["waited_seconds"] < 730


def test_a_mail_that_is_first_tried_late_logs_how_long_it_has_waited() -> None:
    _, _, mail = a_queued_mail()
    set_in(MAIL, {"pk": mail["pk"]}, queued_at=iso(datetime.now(UTC) - timedelta(minutes=12)))

    with captured_logs() as logs:
        send_mail(mail)

    [logged] = log_lines(logs, "mail")
    assert logged["state"] == "sent"
    assert 720 <= logged["waited_seconds"] < 730


def test_a_failed_claim_is_reported_and_other_records_are_sent() -> None:
    ann, user, mail = a_queued_mail()
    other = mail_of(invited(ann, "other@example.org"))

    with refusing("dynamodb", "UpdateItem", "InternalServerError", times=1):
        answer = wake("send_mail", stream_of([mail["pk"], other["pk"]]))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert mail_of(user)["state"] == "queued"
    assert [sent["To"] for sent in delivered() if "other@" in sent["To"]]


def test_a_mail_that_cannot_be_read_holds_up_no_other() -> None:
    ann, _, unreadable = a_queued_mail()
    good = mail_of(invited(ann, "other@example.org"))
    set_in(MAIL, {"pk": unreadable["pk"]}, due_at=PAST, kind="unheard_of")
    set_in(MAIL, {"pk": good["pk"]}, due_at="2026-01-02T00:00:00.000Z")

    with pytest.raises(RuntimeError, match="could not be processed"):
        wake("send_mail")

    assert [row["state"] for row in aws_fixture.items(MAIL) if row["pk"] == good["pk"]] == ["sent"]


def test_the_sweep_stops_before_the_timeout() -> None:
    _, _, mail = a_queued_mail()
    set_in(MAIL, {"pk": mail["pk"]}, due_at=PAST)

    with nothing_changes():
        wake("send_mail", context=Context(remaining=9_999))


def test_a_newer_generation_keeps_its_own_delivery_status() -> None:
    _, user, mail = a_queued_mail()

    with meanwhile("sesv2", "SendEmail", lambda: set_user(user, invitation__generation=2), attempts=1):
        send_mail(mail)

    assert mail_of(user)["state"] == "sent"
    assert user_row(user["user_id"])["invitation"]["delivery"] == "queued"


@pytest.mark.parametrize("event", [{}, {"every": "hour"}, {"Records": [{"eventName": "INSERT"}]}, {"routeKey": "x"}])
def test_an_unknown_event_raises(event: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r".+"):
        handler_of("send_mail")(event, Context())

"""Mails whose end is stored while the invitation cannot be written."""

import pytest

from shared.storage_schema import MAIL
from tests.functions.faults import refusing, unreachable
from tests.functions.mailing import PAST, a_queued_mail, mail_of, send_mail, to_lee
from tests.invoke import wake
from tests.table_edits import set_in, user_row


def test_a_mail_whose_invitation_cannot_be_written_for_now_is_settled_alone() -> None:
    _, user, mail = a_queued_mail()

    with refusing("dynamodb", "TransactWriteItems", "ThrottlingException", times=1):
        send_mail(mail)

    assert (mail_of(user)["state"], len(to_lee())) == ("sent", 1)


def test_a_mail_is_settled_alone_when_nothing_answers_for_now() -> None:
    _, user, mail = a_queued_mail()

    with unreachable("dynamodb", "TransactWriteItems", times=3) as failed:
        send_mail(mail)

    assert (len(failed), mail_of(user)["state"], len(to_lee())) == (3, "sent", 1)


@pytest.mark.parametrize(
    ("code", "times"),
    [("ThrottlingException", 1), ("TransactionInProgressException", 9)],
    ids=["throttled", "contended"],
)
def test_a_failure_that_the_invitation_cannot_show_for_now_is_shown_later(code: str, times: int) -> None:
    _, user, mail = a_queued_mail()

    with refusing("sesv2", "SendEmail", "BadRequestException", attempts=1):
        with refusing("dynamodb", "TransactWriteItems", code, times=times):
            send_mail(mail, times=2)
        claimed = mail_of(user)["state"]
        set_in(MAIL, {"pk": mail["pk"]}, due_at=PAST)
        wake("send_mail")

    assert (claimed, mail_of(user)["state"]) == ("claimed", "failed")
    assert user_row(user["user_id"])["invitation"]["delivery"] == "failed"

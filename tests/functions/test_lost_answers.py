from botocore.exceptions import ReadTimeoutError

from shared.logging import described
from shared.storage_schema import MAIL
from tests import invoke
from tests.domain_factories import set_in
from tests.factories import GET_ACCOUNT, an_account, link_in, token_for
from tests.functions.faults import losing_answers
from tests.functions.mailing import PAST, a_queued_mail, mail_of, sending, to_lee
from tests.invoke import wake


def test_error_without_an_answer_is_described() -> None:
    told = described(ReadTimeoutError(endpoint_url="https://aws.example"))

    assert (told["error"], told["aws_code"]) == ("ReadTimeoutError", None)


def test_aws_without_answer_is_an_internal_error() -> None:
    ann = an_account()

    with losing_answers("dynamodb", "BatchGetItem", times=10):
        answer = invoke.call(GET_ACCOUNT, caller=ann.signed_in, account_id="ab123")

    assert (answer.status, answer.code) == (500, "internal_error")


def test_lost_answer_of_ses_repeats_a_mail_at_most_once_with_its_link() -> None:
    _, user, mail = a_queued_mail()

    with losing_answers("sesv2", "SendEmail", attempts=1) as lost:
        sending(mail)
    waiting = mail_of(user)
    set_in(MAIL, {"pk": mail["pk"]}, due_at=PAST)
    wake("send_mail")

    assert lost == ["SendEmail"]
    assert waiting["state"] == "retry"
    assert mail_of(user)["state"] == "sent"
    assert [link_in(sent) for sent in to_lee()] == [token_for(user)] * 2

from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from shared.adapters import clients
from shared.logging import error_fields
from shared.storage_schema import MAIL
from tests import invoke
from tests.factories import ACCEPT, GET_ACCOUNT, acceptance, accepted, an_account, invited, link_in, token_for
from tests.functions.contract import call, refused
from tests.functions.faults import losing_answers, refusing
from tests.functions.mailing import PAST, a_queued_mail, mail_of, send_mail, to_lee
from tests.invoke import wake
from tests.table_edits import set_in


def test_error_without_an_answer_is_described() -> None:
    told = error_fields(ReadTimeoutError(endpoint_url="https://aws.example"))

    assert (told["error"], told["aws_code"]) == ("ReadTimeoutError", None)


def test_aws_without_answer_is_an_internal_error() -> None:
    ann = an_account()

    with losing_answers("dynamodb", "BatchGetItem", times=10):
        answer = invoke.call(GET_ACCOUNT, caller=ann.signed_in, account_id="ab123")

    assert (answer.status, answer.code) == (500, "internal_error")


@pytest.mark.parametrize(
    ("service", "operation", "code"),
    [
        ("dynamodb", "BatchGetItem", "ProvisionedThroughputExceededException"),
        ("dynamodb", "TransactWriteItems", "ThrottlingException"),
        ("dynamodb", "UpdateItem", "RequestLimitExceeded"),
        ("kms", "VerifyMac", "ThrottlingException"),
        ("kms", "VerifyMac", "LimitExceededException"),
        ("kms", "VerifyMac", "Throttling"),
        ("cognito-idp", "AdminCreateUser", "TooManyRequestsException"),
        ("cognito-idp", "AdminSetUserPassword", "LimitExceededException"),
    ],
)
def test_request_that_aws_throttles_for_good_is_busy(service: str, operation: str, code: str) -> None:
    token = token_for(invited(an_account()))

    with refusing(service, operation, code):
        answer = call(ACCEPT, body=acceptance(token))

    assert refused(answer) == (503, "busy")
    assert answer.headers["retry-after"] == "5"
    assert accepted(token).status == 200


def test_read_that_is_never_processed_whole_is_busy() -> None:
    ann = an_account()
    dynamodb = clients.client("dynamodb")

    def postpone(parsed: dict[str, Any], **_: Any) -> None:
        table = next(iter(parsed["Responses"]))
        parsed["UnprocessedKeys"] = {table: {"Keys": [{"pk": {"S": "ab123"}, "sk": {"S": "account"}}]}}

    dynamodb.meta.events.register("after-call.*.BatchGetItem", postpone)
    try:
        answer = call(GET_ACCOUNT, caller=ann.signed_in, account_id="ab123")
    finally:
        dynamodb.meta.events.unregister("after-call.*.BatchGetItem", postpone)

    assert refused(answer) == (503, "busy")


def test_lost_answer_of_ses_repeats_a_mail_at_most_once_with_its_link() -> None:
    _, user, mail = a_queued_mail()

    with losing_answers("sesv2", "SendEmail", attempts=1) as lost:
        send_mail(mail)
    waiting = mail_of(user)
    set_in(MAIL, {"pk": mail["pk"]}, due_at=PAST)
    wake("send_mail")

    assert lost == ["SendEmail"]
    assert waiting["state"] == "retry"
    assert mail_of(user)["state"] == "sent"
    assert [link_in(sent) for sent in to_lee()] == [token_for(user)] * 2

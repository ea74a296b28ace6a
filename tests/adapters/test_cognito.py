from typing import Any

from botocore.awsrequest import AWSResponse

from tests.factories import accepted, an_account, invited, token_for
from tests.proofs.faults import Call, Perform, injected


class Listener:
    """Keeps what Cognito is asked."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        self.asked[call.operation] = call.body
        return perform()


def test_cognito_sends_no_mail_of_its_own() -> None:
    listener, token = Listener(), token_for(invited(an_account()))

    with injected(listener):
        accepted(token)

    assert listener.asked["AdminCreateUser"]["MessageAction"] == "SUPPRESS"

from typing import Any

from botocore.awsrequest import AWSResponse

from shared.adapters.cognito import open_cognito
from tests.proofs.faults import Call, Perform, injected


class Listener:
    """Keeps what Cognito is asked."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        self.asked[call.operation] = call.body
        return perform()


def test_cognito_sends_no_mail_of_its_own() -> None:
    listener = Listener()

    with injected(listener):
        open_cognito().create_sign_in("lee@example.org", "Secret77", proven=True)

    assert listener.asked["AdminCreateUser"]["MessageAction"] == "SUPPRESS"

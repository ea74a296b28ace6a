"""POST /v1/operator/identities/{email}/erase: staff erase a person everywhere, for good."""

from shared.adapters.dynamodb.erasures import open_erasures
from shared.api import Api
from shared.api.authentication import OperatorCaller
from shared.views.identities import ErasedIdentityView

api = Api()
erasures = open_erasures()


@api.route("POST /v1/operator/identities/{email}/erase")
def erase_identity(operator: OperatorCaller, email: str) -> ErasedIdentityView:
    """Replace everything that is known of a person by tombstones; repeating it changes nothing."""
    found = erasures.load(operator, email)
    erasures.erase(found)
    return ErasedIdentityView(identity_id=found.identity_id)


lambda_handler = api.handler
